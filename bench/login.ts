import { randomBytes } from "node:crypto";
import type { Resident } from "../core/voting/roll-keeping.ts";
import { type Database, openDatabase } from "../prisma/client.ts";
import { openStores, type Stores } from "../prisma/stores.ts";
import { createServerDatabase, openTestDatabase } from "../test/support/database.ts";
import { newSecrets } from "../test/support/stores.ts";
import { taxCodes } from "../test/support/tax-code.ts";
import { percentiles, print } from "./print.ts";

const SERVER = process.env["DATABASE_URL"] || "postgresql://postgres@127.0.0.1:5432/test";
const BORN = "1970-01-01";
const PEOPLE = 2000;

/**
 * Whether the time that an answer takes tells who is on the roll: one-time codes asked for and guessed
 * at, one at a time and in a mixed order, by who is on it and who is not. `slower` is how often
 * somebody on it waited longer than somebody who is not, taken at random: 0.5 tells nothing.
 */
export async function loginBench(): Promise<void> {
  const { url, drop } = await createServerDatabase(SERVER);
  const server = await openDatabase({ url, dataDirectory: "" });
  await measure("PostgreSQL", server);
  await server.close();
  await drop();
  const embedded = await openTestDatabase();
  await measure("embedded", embedded);
  await embedded.close();
}

interface Person {
  readonly taxCode: string;
  readonly onRoll: boolean;
}

async function measure(name: string, database: Database): Promise<void> {
  const report = ({ error }: { readonly error: Error }) => {
    throw error;
  };
  const stores = await openStores(database, { secrets: newSecrets(), edition: "bench", report });
  const people = taxCodes(2 * PEOPLE, BORN).map((taxCode, index) => ({ taxCode, onRoll: index % 2 === 0 }));
  const residents = people.filter(({ onRoll }) => onRoll).map(({ taxCode }, line) => resident(taxCode, line));
  await stores.desk.roll.bringUpToDate(residents, { removeAbsent: false, dry: false });
  const mixed = people
    .map((person) => ({ person, lot: randomBytes(8).toString("hex") }))
    .sort((a, b) => (a.lot < b.lot ? -1 : 1))
    .map(({ person }) => person);
  for (const person of mixed.slice(0, 200)) await ask(stores, person); // warm
  const asked = new Map<Person, string>();
  await compare(name, "asking", mixed, async (person) => {
    asked.set(person, await ask(stores, person));
  });
  // So few that the brake is not set.
  await compare(name, "guessing", mixed.slice(0, PEOPLE * 0.8), async (person) => {
    await stores.voting.codes.verify(
      { handle: asked.get(person) ?? "", code: "x", session: SESSION },
      new Date(),
    );
  });
}

const SESSION = randomBytes(32);
const NAME = { name: "Mario", surname: "Rossi" };

const resident = (taxCode: string, line: number): Resident => ({
  ...{ line, codes: [taxCode], ...NAME, birth: BORN, comune: "podenzano" },
  ...{ email: `${taxCode}@example.org`, phone: null },
});

async function ask({ voting }: Stores, { taxCode }: Person): Promise<string> {
  const requested = await voting.codes.request(
    {
      claim: { ...NAME, taxCode, email: "mario@example.org", phone: "+393331234567" },
      ...{ selfDeclared: false, channels: ["mail"], session: SESSION, source: taxCode },
      write: (_channel, code) => ({ text: `Il codice è ${code}.`, choices: [] }),
    },
    new Date(),
  );
  if (requested.kind !== "sent") throw new Error(requested.kind);
  return requested.handle;
}

async function compare(
  name: string,
  what: string,
  people: readonly Person[],
  does: (person: Person) => Promise<void>,
): Promise<void> {
  const times = { on: [] as number[], off: [] as number[] };
  for (const person of people) {
    const began = performance.now();
    await does(person);
    times[person.onRoll ? "on" : "off"].push(performance.now() - began);
  }
  print("login", `${what}, ${name}`, {
    people: people.length,
    onRoll: percentiles(times.on),
    notOnRoll: percentiles(times.off),
    slower: Math.round(slower(times.on, times.off) * 1000) / 1000,
  });
}

/** How often one of the first is longer than one of the others (Mann and Whitney's U, as a share). */
function slower(these: readonly number[], those: readonly number[]): number {
  const sorted = [...those].sort((a, b) => a - b);
  const below = (time: number): number => {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sorted[middle] ?? 0) < time) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return these.reduce((sum, time) => sum + below(time), 0) / (these.length * those.length);
}
