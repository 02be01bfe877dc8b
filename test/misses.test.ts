import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { createAssistant, officeOf } from "../assistant.ts";
import { addUtterance } from "../commands/utterances.ts";
import type { Database } from "../prisma/client.ts";
import { openTestDatabase } from "./support/database.ts";
import { openTestHouse } from "./support/house.ts";
import { createRecorder } from "./support/recorder.ts";

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

const misses = z.array(z.object({ id: z.string(), text: z.string(), count: z.number() }));
const DAY_MS = 24 * 60 * 60 * 1000;

/** Chats with an assistant in an edition of its own, and what its office sees. */
async function open(seed: string, edition = "demo") {
  const house = await openTestHouse(database, { seed, edition });
  const chat = createRecorder("chat");
  const assistant = createAssistant(house, () => [chat]);
  const office = officeOf(house, () => undefined);
  assistant.start();
  let order = 0;
  return {
    house,
    assistant,
    office,
    async says(text: string, by = "Rosa") {
      const address = `${seed} ${by}`;
      const id = `${seed} ${order}`;
      const incoming = { kind: "text", text } as const;
      await assistant.inbox.receive([{ channel: "chat", address, id, order: order++, incoming }]);
      return chat.next(address);
    },
    rows: () =>
      database.prisma.miss.findMany({ where: { edition: house.edition.id }, orderBy: { text: "asc" } }),
  };
}

const BUS = "quando passa la corriera per Bettola domani mattina?";
const BUS_LEFT = "quando passa la … per … domani mattina?";

describe("What was not understood", () => {
  it("is kept without anything of a person, equal ones as one, of a day", async () => {
    const { says, rows, house, assistant } = await open("kept");
    for (const by of ["Rosa", "Piero"]) await says(BUS, by);
    await says("quando passa la filovia per Travo domani mattina?", "Anna");
    await assistant.stop();
    expect(await rows()).toEqual([
      {
        edition: house.edition.id,
        id: expect.stringMatching(/^[0-9a-f]{8}$/),
        language: "it",
        text: BUS_LEFT,
        guess: expect.any(String),
        count: 3,
        day: new Date(new Date().toISOString().slice(0, 10)),
      },
    ]);
  });

  it("holds none of the things of a person that were in it", async () => {
    const { says, rows, assistant } = await open("canaries");
    for (const text of [
      "mi chiamo Mario Zangrandi e mi piace molto la pasta con i fagioli",
      "il numero di mia zia Ermenegilda è 333 1234567 ma non risponde mai di sera",
      "mi scrivete a mario.rossi@posta.it quando la piscina è aperta?",
      "RSSMRA50A01D150X è il codice di mio zio, che tempo fa domani?",
      "abito in via Garibaldi 12 e il lampione davanti a casa non si accende",
      "ho comprato la bicicletta il 12/03/2019 per 450 € da Cesarino, mi fa male il ginocchio",
      "l'IBAN del mio vicino è IT60X0542811101000000123456, che ore sono adesso?",
    ])
      await says(text);
    await assistant.stop();
    const kept = await rows();
    expect(kept.length).toBeGreaterThanOrEqual(4);
    expect(kept.map(({ text }) => text).join("\n")).not.toMatch(
      /\d|@|mario|zangrandi|ermenegilda|rossi|rssmra|garibaldi|cesarino|it60/i,
    );
  });

  it("is kept where «Nessuna di queste» is pressed, and where a question in between was not understood", async () => {
    const { says, rows, assistant } = await open("none");
    const asked = await says("panchine con ricarica a Vigolzone 5000 euro da Cesarino Zangrandi");
    expect(asked.choices.map(({ label }) => label)).toContain("Nessuna di queste");
    expect(await rows()).toEqual([]);
    await says("Nessuna di queste");
    await says("proposta", "Piero");
    await says(BUS, "Piero");
    await says("boh", "Piero");
    await assistant.stop();
    expect((await rows()).map(({ text, count }) => [text, count])).toEqual([
      [BUS_LEFT, 1],
      ["… con … a vigolzone # euro da …", 1],
    ]);
  });

  it("is kept of no danger, of no secret, of nothing that was understood", async () => {
    const { says, rows, assistant } = await open("never");
    expect((await says("mio marito mi picchia, aiuto, dove posso andare questa sera?")).text).toContain(
      "112",
    );
    await says("la mia password è Pippo1950! e non mi piace la pasta con i fagioli");
    await says("dove si vota?");
    await says("Mario Zangrandi");
    await assistant.stop();
    expect(await rows()).toEqual([]);
  });

  it("is not kept where the edition does not say so, and what was kept before goes", async () => {
    const first = await open("off", "val-d-enza");
    const { edition } = first.house;
    expect(edition.privacy.misses).toBeUndefined();
    expect((await first.says("privacy")).text).not.toContain("non capisco");
    await first.says(BUS);
    await first.assistant.stop();
    expect(await first.rows()).toEqual([]);
    await database.prisma.miss.create({
      data: {
        edition: edition.id,
        id: "0badcafe",
        language: "it",
        text: "x",
        guess: "help",
        day: new Date(),
      },
    });
    // Its jobs, which are due again, run as soon as it starts, and end before it stops.
    await database.prisma.jobTurn.deleteMany({ where: { name: { startsWith: edition.id } } });
    const second = await open("off", "val-d-enza");
    await second.assistant.stop();
    expect(await second.rows()).toEqual([]);
  });

  it("is told of, cleared after its days, and no part of what is erased", async () => {
    const { says, rows, house, assistant } = await open("cleared");
    expect((await says("privacy")).text).toContain("Se non capisco una frase");
    await says(BUS);
    const heard = await says("cancella i miei dati");
    expect(heard.choices[0]?.label).toBe("Sì, cancella tutto");
    await says("1");
    const { misses } = house.stores.desk;
    const inDays = (days: number) => new Date(Date.now() + days * DAY_MS);
    expect([await misses.clear(90, inDays(89)), (await rows()).length]).toEqual([0, 1]);
    expect([await misses.clear(90, inDays(92)), (await rows()).length]).toEqual([1, 0]);
    await assistant.stop();
  });

  it("shares no transaction with anything of a person once the job has been", async () => {
    const { says, house, assistant } = await open("apart");
    await says(BUS);
    await says("chi ha vinto la partita ieri sera?");
    await house.stores.desk.misses.clear(90, new Date());
    await assistant.stop();
    const writers = async (table: string) => {
      const { rows } = await database.pool.query<{ xmin: string }>(`SELECT xmin::text FROM "${table}"`);
      return rows.map(({ xmin }) => xmin);
    };
    const others = await Promise.all(["Contact", "Inbox", "Outbox", "Address"].map(writers));
    const { rows } = await database.pool.query<{ xmin: string }>(
      `SELECT DISTINCT xmin::text FROM "Miss" WHERE edition = $1`,
      [house.edition.id],
    );
    expect(rows).toHaveLength(1);
    expect(others.flat()).not.toContain(rows[0]?.xmin);
  });
});

describe("The office", () => {
  it("lists what was said most often first, by language, and drops what is done with", async () => {
    const { says, office, assistant } = await open("office");
    await says("chi ha vinto la partita ieri sera?");
    for (const by of ["Rosa", "Piero"]) await says(BUS, by);
    await assistant.stop();
    const list = async (query = "") => misses.parse(await (await office.request(`/misses${query}`)).json());
    const all = await list();
    expect(all).toMatchObject([{ text: BUS_LEFT, count: 2 }, { text: "chi ha vinto la … ieri sera?" }]);
    expect(await list("?language=en")).toEqual([]);
    const drop = () => office.request(`/misses/${all[0]?.id}/drop`, { method: "POST" });
    expect([(await drop()).status, (await drop()).status]).toEqual([200, 404]);
    expect(await list()).toHaveLength(1);
  });

  it("labels a sentence into its intent's file, once, under a style of its own, and touches no other line", () => {
    const root = mkdtempSync(join(tmpdir(), "utterances-"));
    try {
      const file = "locales/it/utterances/dates.yaml".replace("dates", "phases_dates");
      mkdirSync(join(root, "locales/it/utterances"), { recursive: true });
      const before = `# Kept as it is.\nplain:\n  - Quando   si vota?\nlast:\n  - "x"\n`;
      writeFileSync(join(root, file), before);
      const text = `è "…" domani: # euro?`;
      for (const one of [text, text.toUpperCase(), "e poi?", "quando si vota"])
        expect(addUtterance(root, "it", "phases_dates", one)).toBe(file);
      const after = readFileSync(join(root, file), "utf8");
      expect(after.startsWith(before)).toBe(true);
      expect(parse(after)).toEqual({ ...parse(before), misses: [text, "e poi?"] });
      expect(() => addUtterance(root, "it", "help", text)).toThrow(
        "There is no locales/it/utterances/help.yaml",
      );
    } finally {
      rmSync(root, { recursive: true });
    }
  });
});
