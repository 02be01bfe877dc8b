import { type Database, openDatabase } from "../prisma/client.ts";
import { createServerDatabase, openTestDatabase } from "../test/support/database.ts";
import { newSecrets, openTestStores } from "../test/support/stores.ts";
import { castBy, enrol, newEnvelope, openBox, tally } from "../test/support/voting.ts";
import { type BareFigures, bareInserts, bareInsertsBy } from "./bare.ts";
import { percentiles, print } from "./print.ts";

const SERVER = process.env["DATABASE_URL"] || "postgresql://postgres@127.0.0.1:5432/test";

/** A turnout of 25,000: so many people vote, so many of them at a time. */
const TURNOUT = [
  { people: 1, votes: 1_000 },
  { people: 16, votes: 8_000 },
  { people: 64, votes: 16_000 },
];
/** Much more often than in a vote, so that it is among what is measured. */
const MIX_MS = 1_000;

/**
 * Votes a second and how long one takes, from the envelope to the signed receipt of a committed cast,
 * mixing meanwhile; beside bare committed inserts by as many at once in the same run.
 */
export async function castingBench(): Promise<void> {
  const { url, drop } = await createServerDatabase(SERVER);
  const server = await openDatabase({ url, dataDirectory: "" });
  await vote("PostgreSQL", server, (people) => bareInserts(url, people, people === 1 ? 1_000 : 6_000));
  await server.close();
  await drop();
  const embedded = await openTestDatabase();
  await vote("embedded", embedded, (people) => bareInsertsBy(embedded.pool, people, 2_000));
  await embedded.close();
}

async function vote(
  name: string,
  database: Database,
  bareBy: (people: number) => Promise<BareFigures>,
): Promise<void> {
  const secrets = newSecrets();
  const stores = await openTestStores(database, secrets);
  const { urns, casting } = stores.voting;
  await openBox(database);
  const total = TURNOUT.reduce((sum, { votes }) => sum + votes, 0);
  const roll = [...(await enrol(database, secrets, total))];
  await casting.receiptKey(); // made once
  for (const { people, votes } of TURNOUT) {
    const bare = await bareBy(people);
    print("casting", `bare insert, ${name}`, { people, ...bare });
    let mixing: Promise<unknown> = Promise.resolve();
    let moved = 0;
    const mixer = setInterval(() => {
      mixing = mixing.then(async () => {
        moved += await urns.mix({ channels: [], message: { text: "", choices: [] } });
      });
    }, MIX_MS);
    const figures = await castAll(stores, roll.splice(0, votes), people);
    clearInterval(mixer);
    await mixing;
    const shareOfBare = Math.round((figures.perSecond / bare.perSecond) * 100) / 100;
    print("casting", `cast, ${name}`, { people, votes, ...figures, mixedMeanwhile: moved, shareOfBare });
  }
  const { online, spool, urn } = await tally(database);
  if (online !== total || spool + urn !== total)
    throw new Error(`${online} marks, ${spool + urn} envelopes.`);
}

async function castAll(
  stores: Awaited<ReturnType<typeof openTestStores>>,
  voters: readonly string[],
  people: number,
) {
  const times: number[] = [];
  let next = 0;
  const began = performance.now();
  await Promise.all(
    Array.from({ length: people }, async () => {
      for (let voter = voters[next++]; voter !== undefined; voter = voters[next++]) {
        const envelope = newEnvelope();
        const sent = performance.now();
        const { kind } = await castBy(stores, voter, envelope);
        if (kind !== "cast") throw new Error(kind);
        times.push(performance.now() - sent);
      }
    }),
  );
  const perSecond = Math.round(voters.length / ((performance.now() - began) / 1000));
  return { perSecond, ...percentiles(times) };
}
