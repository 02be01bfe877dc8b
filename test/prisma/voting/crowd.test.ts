import { afterAll, beforeAll, expect, it } from "vitest";
import type { Cast } from "../../../core/voting/ports.ts";
import type { Database } from "../../../prisma/client.ts";
import type { Context } from "../../../prisma/context.ts";
import { createSealer } from "../../../prisma/seal.ts";
import type { Stores } from "../../../prisma/stores.ts";
import { markOnPaper } from "../../../prisma/voting/marks.ts";
import { openTestDatabase, serverUrl } from "../../support/database.ts";
import { newSecrets, openTestStores } from "../../support/stores.ts";
import { castBy, enrol, newEnvelope, openBox, tally } from "../../support/voting.ts";

/* One person, one vote, whatever is tried at the same time. */

const ATTEMPTS = serverUrl === undefined ? 120 : 10_000;
const TIMEOUT = 170_000;
/** Each gathers casts for itself, as processes do. */
const PROCESSES = 6;

const secrets = newSecrets();
const told = { channels: [], message: { text: "", choices: [] } };
let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

async function open(edition: string, people: number) {
  const processes = await Promise.all(
    Array.from({ length: PROCESSES }, () => openTestStores(database, secrets, undefined, edition)),
  );
  await openBox(database, edition);
  const ids = await enrol(database, secrets, people, { edition });
  const [first] = processes;
  if (first === undefined) throw new Error("There is no process.");
  return { ids, urns: first.voting.urns, process: (n: number): Stores => processes[n % PROCESSES] ?? first };
}

const times = <T>(count: number, make: (n: number) => T): T[] =>
  Array.from({ length: count }, (_, n) => make(n));
const count = (casts: readonly Cast[], kind: Cast["kind"]) =>
  casts.filter((cast) => cast.kind === kind).length;

it(
  `counts one of ${ATTEMPTS} envelopes that one person sends at once`,
  async () => {
    const box = await open("alone", 1);
    const [voterId = ""] = box.ids;
    const casts = await Promise.all(times(ATTEMPTS, (n) => castBy(box.process(n), voterId)));
    expect([count(casts, "cast"), count(casts, "voted")]).toEqual([1, ATTEMPTS - 1]);
    expect(await tally(database, "alone")).toEqual({ online: 1, paper: 0, spool: 1, urn: 0 });
  },
  TIMEOUT,
);

it(
  `counts one of ${ATTEMPTS} attempts on paper and online`,
  async () => {
    const box = await open("paper", 11);
    const context: Context = {
      database,
      sealer: createSealer(secrets),
      edition: "paper",
      report: ({ error }) => {
        throw error;
      },
    };
    for (const [nth, voterId] of box.ids.entries()) {
      // With few, now one is first and now the other.
      const each = (nth === 0 ? ATTEMPTS : 20) / 2;
      const online = Promise.all(times(each, (n) => castBy(box.process(n), voterId)));
      // As many at ten booths, one after the other at each.
      const booths = times(10, async () => {
        let marked = 0;
        for (let left = each / 10; left > 0; left -= 1) {
          if (await database.prisma.$transaction((tx) => markOnPaper(context, tx, voterId))) marked += 1;
        }
        return marked;
      });
      const marks = (await Promise.all(booths)).reduce((sum, one) => sum + one, 0);
      expect(count(await online, "cast") + marks).toBe(1);
    }
    const { online, paper, spool } = await tally(database, "paper");
    expect([online + paper, spool]).toEqual([11, online]);
  },
  TIMEOUT,
);

it(
  `gives one receipt for one envelope sent ${ATTEMPTS} times, mixing meanwhile`,
  async () => {
    const box = await open("same", 101);
    const [voterId = "", ...others] = box.ids;
    const envelope = newEnvelope();
    const own: Extract<Cast, { kind: "cast" }>[] = [];
    let moved = 0;
    while (others.length > 0) {
      const sent = times(ATTEMPTS / 4, (n) => castBy(box.process(n), voterId, envelope));
      const mixes = times(2, () => box.urns.mix(told));
      await Promise.all(others.splice(0, 25).map((other, n) => castBy(box.process(n), other)));
      for (const cast of await Promise.all(sent)) if (cast.kind === "cast") own.push(cast);
      for (const mixed of await Promise.all(mixes)) moved += mixed;
    }
    expect(own).toHaveLength(ATTEMPTS);
    expect(new Set(own.map(({ receipt }) => receipt.signature)).size).toBe(1);
    expect(own.filter(({ again }) => !again)).toHaveLength(1);
    expect(moved).toBeGreaterThan(0);
    const { online, spool, urn } = await tally(database, "same");
    expect([online, spool + urn]).toEqual([101, 101]);
  },
  TIMEOUT,
);

it(
  "refuses copies of an envelope by others before, while and after it is mixed",
  async () => {
    const thieves = ATTEMPTS / 10;
    const box = await open("copies", 1 + 60 + 3 * thieves);
    const [owner = "", ...people] = box.ids;
    const honest = people.splice(0, 60);
    const envelope = newEnvelope();
    const steal = () =>
      Promise.all(people.splice(0, thieves).map((thief, n) => castBy(box.process(n), thief, envelope)));
    expect(await castBy(box.process(0), owner, envelope)).toMatchObject({ kind: "cast", again: false });
    const before = await steal();
    await Promise.all(honest.map((one, n) => castBy(box.process(n), one)));
    const [during, moved] = await Promise.all([steal(), box.urns.mix(told)]);
    expect(moved).toBe(61);
    const after = await steal();
    for (const casts of [before, during, after]) expect(count(casts, "copied")).toBe(thieves);
    const { online, spool, urn } = await tally(database, "copies");
    expect([online, spool + urn]).toEqual([61, 61]);
  },
  TIMEOUT,
);
