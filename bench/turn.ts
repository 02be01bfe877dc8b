import { createAssistant } from "../assistant.ts";
import { type Database, openDatabase } from "../prisma/client.ts";
import { createServerDatabase, openTestDatabase } from "../test/support/database.ts";
import { openTestHouse, type TestHouse } from "../test/support/house.ts";
import { createRecorder } from "../test/support/recorder.ts";
import { bareInserts } from "./bare.ts";
import { coldStarts } from "./cold-start.ts";
import { percentiles, print } from "./print.ts";

const SERVER = process.env["DATABASE_URL"] || "postgresql://postgres@127.0.0.1:5432/test";

/** What each person writes, again and again: answers, a refusal, a question in between, a step back. */
const LINES = [
  "proposta",
  "1",
  "1",
  "Maria",
  "Rossi",
  "Non ho e-mail",
  "3",
  "Wifi",
  "Nonni in rete per tutti",
  "indietro",
  "Nonni in rete con i nipoti",
  "quanto costa?",
  "Molti anziani non sanno usare il telefono e restano soli in casa.",
  "menu",
];

/**
 * Turns a second and how long one takes, at 1, 16 and 64 people who each wait for their answer,
 * beside bare committed inserts by as many connections; then on the embedded database; then cold
 * starts. `answered` ends when the reply is committed to the outbox, `delivered` when it was sent.
 */
export async function turnBench(): Promise<void> {
  const { url, drop } = await createServerDatabase(SERVER);
  const server = await openDatabase({ url, dataDirectory: "" });
  await measure(server, "delivered", 16, 1000); // warm
  for (const people of [1, 16, 64]) {
    const total = people === 1 ? 1000 : 6000;
    const { perSecond: bare } = await bareInserts(url, people, total);
    print("turn", "bare insert, PostgreSQL", { people, perSecond: bare });
    for (const until of ["answered", "delivered"] as const) {
      const figures = await measure(server, until, people, total);
      const shareOfBare = Math.round((figures.perSecond / bare) * 100) / 100;
      print("turn", `${until}, PostgreSQL`, { ...figures, shareOfBare });
    }
  }
  await server.close();
  await drop();
  const embedded = await openTestDatabase();
  await measure(embedded, "delivered", 1, 200); // warm
  for (const people of [1, 16])
    print("turn", "delivered, embedded", await measure(embedded, "delivered", people, 1000));
  await embedded.close();
  await coldStarts(SERVER);
}

async function measure(database: Database, until: "answered" | "delivered", people: number, total: number) {
  const house = await openTestHouse(database, { seed: `${until} ${people} ${process.hrtime.bigint()}` });
  const chat = createRecorder("chat");
  const answers = answersOf(house);
  const assistant = createAssistant(house, () => [chat]);
  if (until === "delivered") assistant.start();
  else assistant.worker.start();
  const times: number[] = [];
  let left = total;
  async function talk(person: number): Promise<void> {
    const address = `${house.edition.id} ${person}`;
    for (let turn = 0; left-- > 0; turn++) {
      const text = LINES[turn % LINES.length] ?? "";
      const arrival = { channel: "chat", address, id: `${address} ${turn}`, order: turn };
      // Whoever writes faster than people do is not answered: for the assistant it is a second later.
      house.pass(1000);
      const began = performance.now();
      const answered = until === "delivered" ? chat.next(address) : answers.next(address);
      await assistant.inbox.receive([{ ...arrival, incoming: { kind: "text", text } }]);
      await answered;
      times.push(performance.now() - began);
    }
  }
  const began = performance.now();
  await Promise.all(Array.from({ length: people }, (_, person) => talk(person)));
  const perSecond = Math.round(times.length / ((performance.now() - began) / 1000));
  await assistant.stop();
  return { people, perSecond, ...percentiles(times) };
}

/** Tells when an answer was committed, by watching what the store saves. */
function answersOf({ stores }: TestHouse): { next(address: string): Promise<void> } {
  const waiting = new Map<string, () => void>();
  const { save } = stores.conversations;
  Object.assign(stores.conversations, {
    async save(answered: Parameters<typeof save>[0]) {
      const saved = await save(answered);
      for (const { contactId, sends } of answered)
        if (saved.has(contactId)) for (const { address } of sends) waiting.get(address)?.();
      return saved;
    },
  });
  return { next: (address) => new Promise((resolve) => waiting.set(address, resolve)) };
}
