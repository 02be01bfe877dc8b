import { afterAll, beforeAll, expect, test } from "vitest";
import type { Effect } from "../../core/effects.ts";
import { session } from "../../core/engine/session.ts";
import type { Database } from "../../prisma/client.ts";
import { sessionOf } from "../../prisma/places.ts";
import { createSealer } from "../../prisma/seal.ts";
import type { Stores } from "../../prisma/stores.ts";
import { openTestDatabase } from "../support/database.ts";
import { greet, newSecrets, newSession, openTestStores, turn } from "../support/stores.ts";

/** Two processes on one server: of those who reach for the same thing at once, one has it. */

let database: Database;
let one: Stores;
let other: Stores;
const secrets = newSecrets();
beforeAll(async () => {
  database = await openTestDatabase();
  [one, other] = [await openTestStores(database, secrets), await openTestStores(database, secrets)];
});
afterAll(() => database.close());

const tomorrow = () => new Date(Date.now() + 24 * 60 * 60 * 1000);
const notice = () => ({ text: "…", choices: [] });
const does = (stores: Stores, who: string, effect: Effect) => turn(stores, who, { effects: [effect] });
const offering = (code: string): Effect => ({
  ...{ kind: "offerAccompaniment", code, task: "proposal", language: "it" },
  until: tomorrow().toISOString(),
});
const accepting = (code: string): Effect => ({ kind: "acceptAccompaniment", code, notice });

async function facilitator(who: string): Promise<string> {
  await greet(one, who);
  const { id } = await one.desk.facilitators.invite({ name: "Anna" }, `invites ${who}`, tomorrow());
  await does(one, who, { kind: "joinFacilitators", code: `invites ${who}` });
  return id;
}

test("an invitation and a link are used once, by whichever of two is first", async () => {
  await facilitator("anna");
  for (let at = 0; at < 20; at += 1) {
    const people = [`rosa ${at}`, `ugo ${at}`];
    for (const who of people) await greet(one, who);
    await does(one, "anna", offering(`link ${at}`));
    await one.desk.facilitators.invite({ name: "Bruno" }, `bruno ${at}`, tomorrow());
    const race = (effect: Effect) =>
      Promise.all(people.map((who, i) => does(i === 0 ? one : other, who, effect)));
    expect((await race(accepting(`link ${at}`))).filter(Boolean)).toHaveLength(1);
    expect((await race({ kind: "joinFacilitators", code: `bruno ${at}` })).filter(Boolean)).toHaveLength(1);
  }
});

test("whoever is stopped while people write leaves none of them accompanied, and no turn of theirs undone", async () => {
  const id = await facilitator("clara");
  const people: { who: string; contactId: string; accompaniment: string }[] = [];
  for (let at = 0; at < 12; at += 1) {
    const who = `person ${at}`;
    const contactId = await greet(one, who);
    await does(one, "clara", offering(`clara ${at}`));
    const link = await one.conversations.find(contactId, { kind: "accompaniment", code: `clara ${at}` });
    if (link.kind !== "good") throw new Error("There is no link.");
    const accompanied = { id: link.id, by: "Anna", task: "proposal" };
    const effects = [accepting(`clara ${at}`)];
    await turn(one, who, { effects, session: newSession({ accompanied }) });
    people.push({ who, contactId, accompaniment: link.id });
  }
  const asking = people.map(({ who, accompaniment }) =>
    does(other, who, {
      ...{ kind: "handOver", id: accompaniment, flow: "proposal", step: "title", frame: "1" },
      notice: () => notice,
    }),
  );
  const [stopped] = await Promise.all([one.desk.facilitators.stop(id, notice, () => notice), ...asking]);
  expect(stopped).toBe("stopped");
  const sealer = createSealer(secrets);
  for (const { contactId } of people) {
    const contact = await database.prisma.contact.findUniqueOrThrow({ where: { id: contactId } });
    const kept = contact.session && sealer.open(sessionOf(contactId), contact.session, session);
    expect(kept && "accompanied" in kept).toBe(false);
    expect(await one.conversations.find(contactId, { kind: "ownAccompaniment" })).toBeNull();
  }
  expect(await database.prisma.handOver.count({ where: { closedAt: null } })).toBe(0);
  expect((await one.desk.facilitators.list()).find((row) => row.id === id)).toMatchObject({ goingOn: 0 });
});
