import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createAssistant } from "../assistant.ts";
import type { Database } from "../prisma/client.ts";
import { dropDraftsSilentSince, forgetSilentSince } from "../prisma/retention.ts";
import { openTestDatabase } from "./support/database.ts";
import { openTestHouse } from "./support/house.ts";
import { createRecorder } from "./support/recorder.ts";

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

const DAY_MS = 24 * 60 * 60 * 1000;
const BODY = [
  "3",
  "Nonni in rete per tutti",
  "Molti anziani non sanno usare il telefono e restano soli in casa.",
  "Due pomeriggi a settimana in biblioteca, con ragazzi che insegnano.",
  "Ogni settimana in un Comune diverso.",
  "I volontari della biblioteca.",
  "Le biblioteche comunali.",
  "4000",
  "salta",
];

/** Several chats with one assistant, each by its address. */
async function open(seed: string) {
  const house = await openTestHouse(database, { seed });
  const chat = createRecorder("chat");
  const mail = createRecorder("mail");
  const assistant = createAssistant(house, () => [chat, mail]);
  assistant.start();
  let order = 0;
  /** E-mail goes its own way, and may come after the reply. */
  async function mailedCode(): Promise<string> {
    for (;;) {
      const code = /\b\d{6}\b/.exec((await mail.next("canary@example.org")).text)?.[0];
      if (code) return code;
    }
  }
  async function says(address: string, ...texts: readonly string[]) {
    let heard = { text: "", choices: [] as readonly { label: string }[] } as Awaited<
      ReturnType<typeof chat.next>
    >;
    for (const text of texts) {
      const typed = text === "{code}" ? await mailedCode() : text;
      const id = `${seed} ${order}`;
      const incoming = { kind: "text" as const, text: typed };
      await assistant.inbox.receive([{ channel: "chat", address, id, order: order++, incoming }]);
      heard = await chat.next(address);
    }
    return heard;
  }
  const proposes = (address: string, name: string, surname: string) =>
    says(
      address,
      "proposta",
      "1",
      "2",
      "Circolo Canarino",
      name,
      surname,
      "canary@example.org",
      "{code}",
      ...BODY,
      "1",
    );
  return {
    house,
    assistant,
    chat,
    says,
    proposes,
    labels: (heard: { choices: readonly { label: string }[] }) => heard.choices.map(({ label }) => label),
  };
}

/** Every value of every row of every table, as text. */
async function everything(): Promise<string> {
  const { rows: tables } = await database.pool.query<{ name: string }>(
    `SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public'`,
  );
  const contents = await Promise.all(
    tables.map(async ({ name }) => {
      const { rows } = await database.pool.query<{ row: string }>(
        `SELECT row_to_json(t)::text AS row FROM ${name} t`,
      );
      return rows.map(({ row }) => row);
    }),
  );
  return contents.flat().join("\n");
}

describe("what is kept of a person", () => {
  it("can be had as a file with all of it, and erased; of what was sent only the text stays", async () => {
    const { assistant, says, proposes } = await open("erasure");
    await proposes("+39000canary", "Canaria", "Canarini");
    // A draft, a reminder and a withdrawn proposal besides.
    await says("+39000canary", "proposta", "1", "1", "Canaria", "menu", "promemoria", "1");
    const own = await database.prisma.contact.findFirstOrThrow({ orderBy: { createdAt: "desc" } });

    const { document } = await says("+39000canary", "privacy", "1");
    const file = JSON.stringify(document);
    for (const kept of [
      "+39000canary",
      "Canaria",
      "Canarini",
      "canary@example.org",
      "Circolo Canarino",
      "Nonni in rete per tutti",
      '"value":"news"',
    ])
      expect(file).toContain(kept);

    const asked = await says("+39000canary", "privacy", "2");
    expect(asked.text).toContain("Una cosa resta");
    expect((await says("+39000canary", "1")).text).toContain("Ho cancellato tutto");
    await assistant.stop();

    expect(await database.prisma.contact.findUnique({ where: { id: own.id } })).toBeNull();
    const contactId = own.id;
    const left = await Promise.all([
      database.prisma.address.count({ where: { contactId } }),
      database.prisma.inbox.count({ where: { contactId } }),
      database.prisma.outbox.count({ where: { contactId } }),
      database.prisma.outbox.count({ where: { sealed: { not: null } } }),
      database.prisma.reminder.count({ where: { contactId } }),
      database.prisma.proposal.count({ where: { contactId } }),
      database.prisma.proposal.count({ where: { proponent: { not: null } } }),
    ]);
    expect(left).toEqual([0, 0, 0, 0, 0, 0, 0]);
    const all = await everything();
    expect(all).toContain("Nonni in rete per tutti");
    expect(all).not.toMatch(/canar|39000/i);
    expect(all).not.toContain(contactId);
  });

  it("is not there for who comes back after: they are met anew", async () => {
    const { assistant, says } = await open("anew");
    await says("back", "ciao", "privacy", "2", "1");
    expect((await says("back", "ciao")).text).toContain("assistente automatico");
    await assistant.stop();
  });

  it("goes by itself after months of silence, and drafts once proposals are long closed", async () => {
    const { assistant, says } = await open("retention");
    await says("quiet", "proposta", "1", "1", "Canaria");
    await says("talkative", "ciao");
    await assistant.stop();
    const { prisma } = database;
    const [quiet] = await prisma.contact.findMany({ orderBy: { createdAt: "desc" }, skip: 1, take: 1 });
    const id = quiet?.id ?? "";
    await prisma.contact.update({ where: { id }, data: { lastSeenAt: new Date(Date.now() - 60 * DAY_MS) } });
    await dropDraftsSilentSince(database, new Date(Date.now() - 30 * DAY_MS));
    expect((await prisma.contact.findUniqueOrThrow({ where: { id } })).session).toBeNull();
    expect(await forgetSilentSince(database, new Date(Date.now() - 90 * DAY_MS))).toBe(0);
    expect(await forgetSilentSince(database, new Date(Date.now() - 30 * DAY_MS))).toBe(1);
    expect(await prisma.contact.findUnique({ where: { id } })).toBeNull();
  });
});

describe("a number that has been silent for half a year", () => {
  const write = ["proposta", "1", "1", "Maria", "Rossi", "Non ho e-mail"];

  it("shows what was written only to who knows the surname", async () => {
    const { house, assistant, says, labels } = await open("silence");
    await says("old", ...write);
    house.pass(200 * DAY_MS);
    const asked = await says("old", "ciao");
    expect(asked.text).toContain("cognome");
    expect(asked.text + labels(asked).join()).not.toMatch(/Maria|Rossi|sfida/);
    expect((await says("old", "Bianchi")).text).toContain("cognome");
    const awake = await says("old", "  ROSSI ");
    expect(awake.text).toContain("sfide");
    await assistant.stop();
  });

  it("is a new contact's once two answers were wrong, and nothing of the former is seen", async () => {
    const { house, assistant, says, labels } = await open("reassigned");
    await says("passed", ...write);
    house.pass(200 * DAY_MS);
    await says("passed", "ciao", "Bianchi");
    expect((await says("passed", "Verdi")).text).toContain("ricominciamo");
    const anew = await says("passed", "ciao");
    expect(anew.text).toContain("assistente automatico");
    expect(labels(anew)).not.toContain("Continua la proposta");
    expect((await says("passed", "le mie proposte")).text).toContain("nessuna proposta");
    await assistant.stop();
  });

  it("is not asked anything where nothing was kept", async () => {
    const { house, assistant, says } = await open("nothing");
    await says("empty", "ciao");
    house.pass(200 * DAY_MS);
    expect((await says("empty", "ciao")).text).not.toContain("cognome");
    await assistant.stop();
  });
});

describe("a phone of several people", () => {
  it("asks who is writing, and shows each only their own", async () => {
    const { assistant, says, proposes, labels } = await open("shared");
    await proposes("family", "Maria", "Rossi");
    await says("family", "proposta", "1", "1", "Piero", "Rossi", "menu");
    const asked = await says("family", "le mie proposte");
    expect(labels(asked)).toEqual(["Maria", "Piero", "Menu"]);
    expect((await says("family", "Piero")).text).not.toContain("Nonni in rete");
    await says("family", "le mie proposte");
    expect((await says("family", "Maria")).text).toContain("Nonni in rete");
    const unfinished = await says("family", "proposta");
    expect(unfinished.text).toContain("di Piero");
    await assistant.stop();
  });
});
