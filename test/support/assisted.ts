import { createAssistant } from "../../assistant.ts";
import type { Message } from "../../core/engine/message.ts";
import { session } from "../../core/engine/session.ts";
import type { Arrival } from "../../core/ports.ts";
import { assistedJobs } from "../../jobs/assisted.ts";
import type { Database } from "../../prisma/client.ts";
import { sessionOf } from "../../prisma/places.ts";
import { createSealer } from "../../prisma/seal.ts";
import type { Secrets } from "../../prisma/secrets.ts";
import { openTestHouse } from "./house.ts";
import { createRecorder } from "./recorder.ts";

/** One facilitator, on one chat that the platform may know by a lasting id beside the number. */
export async function openFacilitator(
  database: Database,
  secrets: Secrets,
  seed: string,
  channel = "telegram",
) {
  const house = await openTestHouse(database, { seed, secrets });
  const chat = createRecorder(channel);
  const mail = createRecorder("mail");
  const assistant = createAssistant(house, () => [chat, mail]);
  const address = `${seed} facilitator`;
  const ids: Partial<Arrival> = channel === "whatsapp" ? { aliases: [`${seed} lasting`] } : {};
  let order = 0;
  assistant.start();

  /** `code of ADDRESS` stands for the digits in the next e-mail to that address. */
  async function send(said: string): Promise<void> {
    const to = /^code of (\S+)$/.exec(said)?.[1];
    const text = to === undefined ? said : (/\d{6}/.exec((await mail.next(to)).text)?.[0] ?? "");
    const id = `${seed} ${order}`;
    const incoming = { kind: "text" as const, text };
    await assistant.inbox.receive([{ channel, address, id, order: order++, incoming, ...ids }]);
  }

  /** What is heard at the end, with all that is ahead where it is said in portions. */
  async function says(...texts: readonly string[]): Promise<Message> {
    const [text = "", ...rest] = texts;
    await send(text);
    let heard = await chat.next(address);
    while (heard.choices.length === 1 && heard.choices[0]?.label === "Avanti") {
      await send("Avanti");
      const more = await chat.next(address);
      heard = { ...heard, ...more, text: `${heard.text}\n\n${more.text}` };
    }
    return rest.length > 0 ? says(...rest) : heard;
  }

  await says("ciao");
  const owner = await database.prisma.contact.findFirstOrThrow({ orderBy: { createdAt: "desc" } });
  const { facilitators } = house.stores.desk;
  const { id } = await facilitators.invite({ name: "Biblioteca" }, `CODE${seed}`, new Date(Date.now() + 1e9));
  const joined = { contactId: owner.id, joinedAt: new Date() };
  await database.prisma.facilitator.update({ where: { id }, data: joined });
  const begin = () => says("sessione assistita", "1");
  const job = assistedJobs(house, () => assistant.dispatcher.notify())[0];
  return {
    ...{ house, chat, mail, assistant, address, says, send, begin, owner, facilitatorId: id },
    endForgotten: () => job?.run(),
    next: () => chat.next(address),
    rows: () =>
      database.prisma.assistedSession.findMany({
        where: { facilitatorId: id },
        orderBy: { startedAt: "asc" },
      }),
    ownSession: async () => {
      const { session: sealed } = await database.prisma.contact.findUniqueOrThrow({
        where: { id: owner.id },
      });
      return sealed && createSealer(secrets).open(sessionOf(owner.id), sealed, session);
    },
  };
}

/** Unlike enough that nobody is asked whether they mean the same. */
export const NEEDS = [
  "Molti anziani non sanno usare il telefono e restano soli in casa.",
  "Dalla fermata della corriera non si vede quando passa la prossima.",
  "Chi coltiva l'orto comunale non riesce a sapere quanta acqua serve.",
];

/** All that somebody writes to send a proposal. */
export const proposal = (name: string, need = "") => [
  ...["proposta", "1", "1", name, `${name}ini`, `${name}@example.org`, `code of ${name}@example.org`, "3"],
  `Idea di ${name}`,
  need,
  `${need} Con un pannello costruito dai ragazzi.`,
  ...["Ogni settimana in un Comune diverso.", "I volontari.", "Le biblioteche.", "4000", "salta", "1"],
];

/** Every value of every row of every table, as text, with sessions opened. */
export async function everything(database: Database, secrets: Secrets): Promise<string> {
  const { rows: tables } = await database.pool.query<{ name: string }>(
    "SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public'",
  );
  const kept: string[] = [];
  for (const { name } of tables) {
    const { rows } = await database.pool.query<{ row: string }>(
      `SELECT row_to_json(t)::text AS row FROM ${name} t`,
    );
    kept.push(...rows.map(({ row }) => row));
  }
  const sealer = createSealer(secrets);
  for (const { id, session: sealed } of await database.prisma.contact.findMany())
    if (sealed) kept.push(JSON.stringify(sealer.open(sessionOf(id), sealed, session)));
  return kept.join("\n");
}
