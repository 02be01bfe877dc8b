import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Effect } from "../../core/effects.ts";
import type { Database } from "../../prisma/client.ts";
import type { Stores } from "../../prisma/stores.ts";
import { openTestDatabase } from "../support/database.ts";
import { answer, arrival, greet, newSecrets, openTestStores, pendingOf, turn } from "../support/stores.ts";

let database: Database;
let stores: Stores;
beforeAll(async () => {
  database = await openTestDatabase();
  stores = await openTestStores(database, newSecrets());
});
afterAll(() => database.close());

const answering = (
  questionnaire: string,
  anonymous: boolean,
  answers: Readonly<Record<string, unknown>>,
): Effect => ({
  ...{ kind: "answerQuestionnaire", questionnaire, anonymous, answers },
  ...{ on: "2026-10-25", until: "2027-10-31" },
});

const held = async (contactId: string) =>
  (await stores.conversations.find(contactId, { kind: "held" })).questionnaires;

describe("What is not anonymous", () => {
  it("is sealed, its contact's to read, and gone with them", async () => {
    const contactId = await greet(stores, "named", {
      effects: [answering("bus", false, { why: "Canarino" })],
    });
    expect(await held(contactId)).toEqual([{ id: "bus", on: "2026-10-25", answers: { why: "Canarino" } }]);
    expect(await stores.desk.questionnaires.given("bus")).toEqual({
      anonymous: [],
      named: [{ why: "Canarino" }],
    });
    const [row] = await database.prisma.questionnaireAnswer.findMany({ where: { contactId } });
    expect(Buffer.from(row?.sealed ?? []).toString("latin1")).not.toContain("Canarino");
    await turn(stores, "named", { effects: [{ kind: "eraseContact" }] });
    expect(await stores.desk.questionnaires.given("bus")).toEqual({ anonymous: [], named: [] });
  });

  it("stays whose it is where two contacts turn out to be one, and one answer is kept of two", async () => {
    const writes = async (address: string, aliases: readonly string[], effects: readonly Effect[] = []) => {
      await stores.inbox.receive([arrival(address, "ciao", { channel: "whatsapp", aliases })]);
      const pending = await pendingOf(stores, address);
      await stores.conversations.save([answer(pending, { effects })]);
      return pending.contactId;
    };
    const named = (answers: Readonly<Record<string, unknown>>) => answering("merged", false, answers);
    await writes("39001", ["39001"], [named({ why: "prima" }), answering("hall", true, { why: "x" })]);
    await writes("IT.1", ["IT.1"], [named({ why: "dopo" })]);
    const one = await writes("39001", ["39001", "IT.1"]);
    expect(await held(one)).toMatchObject([{ id: "hall" }, { id: "merged", answers: { why: "dopo" } }]);
  });
});

describe("What is anonymous", () => {
  it("is taken once, and stays where its contact is erased", async () => {
    const contactId = await greet(stores, "once", {
      effects: [answering("pool", true, { why: "Canarino" })],
    });
    expect(await held(contactId)).toEqual([{ id: "pool", on: "2026-10-25" }]);
    expect(await stores.conversations.find(contactId, { kind: "answeredQuestionnaires" })).toEqual(["pool"]);
    expect(await turn(stores, "once", { effects: [answering("pool", true, { why: "Di nuovo" })] })).toBe(
      false,
    );
    const [row] = await database.prisma.anonymousAnswer.findMany({ where: { questionnaire: "pool" } });
    expect(Buffer.from(row?.sealed ?? []).toString("latin1")).not.toContain("Canarino");
    await database.prisma.contact.delete({ where: { id: contactId } });
    expect(await stores.desk.questionnaires.given("pool")).toEqual({
      anonymous: [{ why: "Canarino" }],
      named: [],
    });
  });

  it("is kept to its last day, and no longer", async () => {
    await greet(stores, "kept", { effects: [answering("kept", true, {}), answering("kept-too", false, {})] });
    const count = async () => (await stores.desk.questionnaires.given("kept")).anonymous.length;
    await stores.desk.questionnaires.clear("2027-10-31");
    expect(await count()).toBe(1);
    expect(await stores.desk.questionnaires.clear("2027-11-01")).toBeGreaterThanOrEqual(3);
    expect(await count()).toBe(0);
    expect(await database.prisma.questionnaireAnswer.count()).toBe(0);
  });
});

/*
 * What somebody can tell who holds one copy of the whole database: by which transaction wrote a row, by where
 * it stands, by the order of ids, by what the columns hold. Whose answer is whose.
 */
describe("Once it is mixed, an anonymous answer", () => {
  const PEOPLE = 40;
  const contactOf = new Map<string, string>();

  /** How many pairs one gets right who lays both lists side by side. */
  async function attack({ by, order }: { by: string; order: string }): Promise<number> {
    const numbered = (name: string, rows: string) =>
      `SELECT ${name} AS name, ${by} AS by, row_number() OVER (PARTITION BY ${by} ORDER BY ${order}) AS n FROM ${rows}`;
    const { rows } = await database.pool.query<{ one: string; other: string }>(
      `SELECT one.name AS one, other.name AS other
       FROM (${numbered('"contactId"::text', `(SELECT xmin, ctid, "contactId" AS id, "contactId" FROM "QuestionnaireAnswer" WHERE questionnaire = 'secret') AS a`)}) AS one
       JOIN (${numbered("id::text", `(SELECT xmin, ctid, id FROM "AnonymousAnswer" WHERE questionnaire = 'secret') AS b`)}) AS other
       USING (by, n)`,
    );
    return rows.filter(({ one, other }) => contactOf.get(other) === one).length;
  }
  const WAYS = {
    transaction: { by: "xmin::text", order: "ctid" },
    order: { by: "''", order: "age(xmin) DESC, ctid" },
    place: { by: "''", order: "ctid" },
    ids: { by: "''", order: "id" },
  };

  it("cannot be joined to who gave it, nor to any turn", async () => {
    const known = new Set<string>();
    const answers = async (at: number) => {
      const effects = [answering("secret", true, { n: at })];
      const contactId = await greet(stores, `secret ${createHash("sha256").update(`${at}`).digest("hex")}`, {
        effects,
      });
      for (const { id } of await database.prisma.anonymousAnswer.findMany({
        where: { questionnaire: "secret" },
      })) {
        if (!known.has(id)) contactOf.set(id, contactId);
        known.add(id);
      }
    };
    for (let at = 0; at < PEOPLE; at += 1) await answers(at);
    // The attack is a good one: before they are mixed, everybody is found.
    expect(await attack(WAYS.transaction)).toBe(PEOPLE);
    expect(await attack(WAYS.place)).toBe(PEOPLE);

    await stores.desk.questionnaires.mix();
    await answers(PEOPLE);
    await stores.desk.questionnaires.mix();
    expect(await stores.desk.questionnaires.given("secret")).toMatchObject({
      anonymous: { length: PEOPLE + 1 },
    });
    // Of lists that have nothing to do with each other one pair is right on average.
    for (const [way, how] of Object.entries(WAYS)) {
      const pairs = await attack(how);
      expect({ way, pairs, isChance: pairs < 9 }).toEqual({ way, pairs, isChance: true });
    }
    const { rows: writers } = await database.pool.query(`SELECT DISTINCT xmin::text FROM "AnonymousAnswer"`);
    expect(writers).toHaveLength(1);
    const { rows: turns } = await database.pool.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM (
         SELECT xmin FROM "Contact" UNION ALL SELECT xmin FROM "Inbox" UNION ALL SELECT xmin FROM "QuestionnaireAnswer"
       ) AS turns WHERE xmin::text IN (SELECT xmin::text FROM "AnonymousAnswer")`,
    );
    expect(turns).toEqual([{ n: 0 }]);
    // And nothing else in a row differs from one to the next.
    const { rows: columns } = await database.pool.query(
      `SELECT DISTINCT edition, questionnaire, until, fresh FROM "AnonymousAnswer" WHERE questionnaire = 'secret'`,
    );
    expect(columns).toHaveLength(1);
  });
});
