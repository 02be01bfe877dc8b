import { existsSync, readFileSync } from "node:fs";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { findPhase } from "../../../core/edition/calendar.ts";
import type { Database } from "../../../prisma/client.ts";
import { templateEvent } from "../../fakes/whatsapp/templates.ts";
import { FakeWhatsApp } from "../../fakes/whatsapp.ts";
import { openTestDatabase } from "../../support/database.ts";
import { openTestHouse, type TestHouse } from "../../support/house.ts";
import { approvedTemplates } from "../../support/templates.ts";
import { openWhatsAppHouse } from "../../support/whatsapp-house.ts";

/** The assistant as a whole, on the embedded database, at the other end of the fake Cloud API. */

let database: Database;
let house: TestHouse;
let fake: FakeWhatsApp;
let open: ReturnType<typeof openWhatsAppHouse>;
let seed = 0;

beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

beforeEach(async () => {
  house = await openTestHouse(database, { seed: `whatsapp ${seed++}` });
  fake = await new FakeWhatsApp({ templates: approvedTemplates(), series: seed }).listen();
  open = openWhatsAppHouse(fake, house);
});
afterEach(() => open.close());

const contacts = () => database.prisma.contact.count();
const answeredAll = () =>
  fake.until("all to be answered and sent", async () => {
    const waiting = await database.prisma.inbox.count({ where: { state: "PENDING" } });
    const sending = await database.prisma.outbox.count({ where: { state: { in: ["READY", "SENDING"] } } });
    return fake.deliveries.untaken === 0 && waiting === 0 && sending === 0;
  });

const FILE = new URL(
  "../../../../shared/conformance/meta-openapi/examples/webhooks.post.examples.json",
  import.meta.url,
);
const examples = existsSync(FILE)
  ? z.record(z.string(), z.object({ value: z.unknown() })).parse(JSON.parse(readFileSync(FILE, "utf8")))
  : {};

/** What each of Meta's examples brings about. */
const EFFECTS: Readonly<Record<string, "an answer" | "silence" | "a new number">> = {
  "Text Message": "an answer",
  "Text Message with Context (Product Inquiry)": "an answer",
  "Text Message from Click to WhatsApp Ad": "an answer",
  "Reaction Message": "silence",
  "Image Message": "an answer",
  "Location Message": "an answer",
  "Contact Sharing Message": "an answer",
  "Unsupported Message": "an answer",
  "Button Message": "an answer",
  "Interactive List Reply Message": "an answer",
  "Interactive Button Reply Message": "an answer",
  "Order Message": "an answer",
  "System Message": "a new number",
  "Group Create Message": "silence",
  "Group Settings Update": "silence",
  "Group Remove Participants": "silence",
};

describe.skipIf(Object.keys(examples).length === 0)(
  "Meta's own examples (skipped where they do not lie beside the repository)",
  () => {
    test.each(Object.entries(examples))("%s", async (name, { value }) => {
      const sheena = fake.person("Sheena");
      sheena.says("Buongiorno");
      await sheena.hears();
      const before = [await database.prisma.inbox.count(), await contacts()];
      // Some examples have one and the same id: a message is met once.
      const body = JSON.stringify(value)
        .replaceAll("16505551234", sheena.number)
        .replaceAll("12195555358", `${sheena.number}9`)
        .replaceAll('"wamid.', `"wamid.${seed}.`);
      const headers = { "x-hub-signature-256": fake.deliveries.sign(body) };
      const response = await open.channel.app.request("/webhooks/whatsapp", {
        method: "POST",
        headers,
        body,
      });
      expect(response.status).toBe(200);
      await answeredAll();
      const came = EFFECTS[name] === "an answer" ? 1 : 0;
      expect([await database.prisma.inbox.count(), await contacts()]).toEqual([
        (before[0] ?? 0) + came,
        before[1],
      ]);
      expect(sheena.transcript).toHaveLength(1 + came);
      if (EFFECTS[name] !== "a new number") return;
      sheena.number = `${sheena.number}9`;
      sheena.says("menu");
      await sheena.hears();
      expect(await contacts()).toBe(before[1]);
    });
  },
);

test("who shows no number is answered by their user id, and stays the same person when the number shows", async () => {
  const ada = fake.person("Ada");
  ada.hidden = true;
  ada.says("proposta");
  const question = await ada.hears();
  expect(fake.asked.at(-1)).toMatchObject({ recipient: ada.userId });
  expect(fake.asked.at(-1)).not.toHaveProperty("to");
  const before = await contacts();
  ada.hidden = false;
  ada.says("ripeti");
  expect((await ada.hears()).text).toContain(question.text.split("\n").at(-1));
  expect(fake.asked.at(-1)).toMatchObject({ to: ada.number });
  expect(await contacts()).toBe(before);
});

test.each([
  ["is told before the first message from the new number", true],
  ["and gets a new user id, told only afterwards", false],
])("whoever changes their number %s goes on where they were", async (_, first) => {
  const ada = fake.person("Ada");
  ada.says("proposta");
  const question = await ada.hears();
  const [number, userId, before] = [ada.number, ada.userId, await contacts()];
  ada.changesNumber(`${number}7`, `${userId}7`, first);
  if (!first) {
    ada.says("buongiorno");
    await ada.hears();
    const system = {
      type: "user_changed_user_id",
      wa_id: ada.number,
      user_id: ada.userId,
      previous_user_id: userId,
    };
    fake.deliver({
      messages: [{ from: number, id: `wamid.s${seed}`, timestamp: "1", type: "system", system }],
    });
    await answeredAll();
  }
  ada.says(first ? "ripeti" : "menu");
  const next = await ada.hears();
  if (first) expect(next.text).toContain(question.text.split("\n").at(-1));
  expect(await contacts()).toBe(before);
  expect(fake.asked.at(-1)).toMatchObject({ to: ada.number });
});

test("of ten people in one delivery, one of them poisoned, nine are answered", async () => {
  const people = Array.from({ length: 10 }, (_, n) => fake.person(`Persona ${n}`));
  fake.deliveries.hold();
  for (const person of people) person.says("ciao");
  fake.deliveries.release((changes) =>
    changes.map((change, n) =>
      n === 4
        ? { ...change, value: { contacts: 7, messages: [{ id: [], from: {}, type: "text", text: 5 }, null] } }
        : change,
    ),
  );
  await Promise.all(people.filter((_, n) => n !== 4).map((person) => person.hears()));
  expect(fake.deliveries.answers).toEqual([200]);
  expect(people[4]?.transcript).toEqual([]);
});

test("what comes twice is answered once, and unknown kinds of it are met with courtesy or silence", async () => {
  const ada = fake.person("Ada");
  fake.deliveries.duplicate = true;
  ada.says("ciao");
  await ada.hears();
  fake.deliver({ something: [{ id: "new" }] });
  fake.deliver({ messages: [{ id: "wamid.x" }] }, "account_update");
  ada.sends({ type: "hologram", hologram: { id: "1" } });
  await ada.hears();
  fake.deliveries.redeliver();
  await answeredAll();
  expect(ada.transcript).toHaveLength(2);
  expect(new Set(fake.deliveries.answers)).toEqual(new Set([200]));
});

test("statuses go forward in whatever order they come", async () => {
  const ada = fake.person("Ada");
  ada.says("ciao");
  const { id } = await ada.hears();
  await answeredAll();
  for (const status of ["read", "sent", "failed", "delivered"])
    fake.tell(id, status, { errors: [{ code: 131000 }] });
  await answeredAll();
  const row = await database.prisma.outbox.findFirst({
    where: { channel: "whatsapp" },
    orderBy: { id: "desc" },
  });
  expect(row).toMatchObject({ state: "SENT", delivery: "READ" });
});

test("who has no WhatsApp any more is left alone until they write again", async () => {
  const ada = fake.person("Ada");
  ada.says("ciao");
  const { id } = await ada.hears();
  await answeredAll();
  fake.tell(id, "failed", { errors: [{ code: 131026, title: "Message undeliverable" }] });
  await answeredAll();
  const unreachable = () =>
    database.prisma.address.count({ where: { channel: "whatsapp", unreachableAt: { not: null } } });
  expect(await unreachable()).toBe(1);
  ada.says("eccomi");
  await ada.hears();
  expect(await unreachable()).toBe(0);
});

describe("a reminder", () => {
  const approve = async () => {
    fake.deliveries.add(templateEvent("phase_begins", "it", "APPROVED"));
    const { templates } = house.stores;
    await fake.until("the approval", async () => (await templates.approved())("phase_begins", "it"));
  };
  const wishes = () => database.prisma.reminder.count({ where: { edition: house.edition.id, sentAt: null } });

  /** Somebody who wants to be told when the vote begins, and last wrote so many hours ago. */
  async function wishing(hours: number) {
    const ada = fake.person("Ada");
    ada.says("voto");
    await ada.hears();
    ada.presses("Avvisami: voto");
    await ada.hears();
    await answeredAll();
    const heardAt = new Date(Date.now() - hours * 3600_000);
    ada.wroteAt = heardAt.getTime();
    await database.prisma.address.updateMany({ where: { channel: "whatsapp" }, data: { heardAt } });
    return ada;
  }

  async function begins() {
    house.moveTo(findPhase(house.edition, "vote")?.from ?? "");
    await open.assistant.jobs.remind();
    await answeredAll();
  }

  beforeEach(() => database.prisma.templateStatus.deleteMany());
  afterEach(() => expect(fake.violations).toEqual([]));

  test("within a day of what they wrote is a message with its buttons", async () => {
    const ada = await wishing(0);
    await begins();
    const { template, pressable } = await ada.hears();
    expect(template).toBeUndefined();
    expect(pressable.map(({ id }) => id)).toContain("go.now");
  });

  test("later is the approved template, whose button opens what is open today", async () => {
    await approve();
    const ada = await wishing(25);
    await begins();
    const told = await ada.hears();
    expect(told.template).toMatchObject({ name: "phase_begins", language: "it" });
    expect(told.text).toContain("È cominciata la fase «votazione»");
    ada.presses("Cosa posso fare ora");
    const opened = await ada.hears();
    expect(opened.template).toBeUndefined();
    expect(opened.text).toMatch(/vot/);
  });

  test("later is nothing where the template is not known to be approved", async () => {
    const ada = await wishing(25);
    await begins();
    expect(ada.unheard).toEqual([]);
    expect(fake.asked.at(-1)).not.toHaveProperty("template");
  });

  test("is stopped by the template's own button", async () => {
    await approve();
    const ada = await wishing(25);
    await begins();
    await ada.hears();
    ada.presses("Niente più messaggi");
    expect((await ada.hears()).text).toContain("non ti mando più avvisi");
    expect(await wishes()).toBe(0);
  });

  test("does not come to who stops offers in the app, nor once they take them up again", async () => {
    await approve();
    const ada = await wishing(25);
    ada.wantsOffers(false);
    await fake.until("nothing to be wished", async () => (await wishes()) === 0);
    ada.wantsOffers(true);
    await begins();
    expect(ada.unheard).toEqual([]);
    ada.says("menu");
    expect((await ada.hears()).text).not.toBe("");
  });
});
