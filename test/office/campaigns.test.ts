import { afterAll, beforeAll, expect, test } from "vitest";
import type { z } from "zod";
import { officeOf } from "../../assistant.ts";
import { listed, moved, previewed, status, tried, written } from "../../commands/campaign-answers.ts";
import { drawPreview } from "../../commands/campaign-preview.ts";
import { drawStatus } from "../../commands/campaign-status.ts";
import type { Database } from "../../prisma/client.ts";
import { type Made, populate } from "../support/campaigns.ts";
import { openTestDatabase } from "../support/database.ts";
import { openTestHouse, type TestHouse } from "../support/house.ts";
import { greet, newSecrets } from "../support/stores.ts";

const secrets = newSecrets();
let database: Database;
let house: TestHouse;
let office: ReturnType<typeof officeOf>;
let wrote = 0;
beforeAll(async () => {
  database = await openTestDatabase();
  house = await openTestHouse(database, { day: "2026-09-08", seed: "campaigns", secrets });
  const reminders = { ...house.edition.reminders, approvalAbove: 5 };
  office = officeOf({ ...house, edition: { ...house.edition, reminders } }, () => {
    wrote += 1;
  });
  const wa = { channel: "whatsapp", wishes: ["news"] };
  const crowd: readonly Made[] = [
    ...Array.from({ length: 3 }, (_, at) => ({ name: `t${at}`, wishes: ["news"] })),
    { name: "en", wishes: ["news"], session: { language: "en" } },
    { name: "w1", ...wa },
    { name: "w2", ...wa, session: { language: "en" } },
    { name: "evening", wishes: ["news"], hours: "EVENING" },
    { name: "nothing" },
    { name: "blocked", wishes: ["news"], unreachable: true },
  ];
  await populate(database, secrets, crowd, house.edition.id);
  await house.stores.templates.note([
    { name: "campaign_news", language: "en", state: "approved", at: new Date() },
    { name: "campaign_news", language: "it", state: "rejected", reason: "TAG_CONTENT", at: new Date() },
  ]);
});
afterAll(() => database.close());

async function ask<T>(schema: z.ZodType<T>, path: string, body?: object): Promise<T> {
  const sent = body && { method: "POST", body: JSON.stringify(body) };
  return schema.parse(await (await office.request(`/campaigns${path}`, sent)).json());
}

const text = {
  it: "La serata sui progetti è giovedì alle 20:30, in biblioteca.",
  en: "The evening about the projects is on Thursday at 20:30, in the library.",
};
const serata = { id: "serata", text, until: "2026-09-12 18:00" };

test("A campaign is written, with every mistake told by its place", async () => {
  const wrong = await ask(written, "", {
    ...{ id: "Serata!", wishes: ["notizie"], text: { it: "" }, doors: [{ opens: "erased", label: "Sì" }] },
    ...{ from: "domani", until: "2026-09-12 18:00" },
  });
  expect(wrong).toMatchObject({ kind: "mistakes" });
  const paths = (told: z.infer<typeof written>) =>
    told.kind === "mistakes" ? told.mistakes.map(({ path, message }) => `${path}: ${message}`) : [];
  expect(paths(wrong).join("\n")).toMatch(/^id: .*\ntext.*\nfrom: write a time/);
  const others = await ask(written, "", {
    ...{ ...serata, wishes: ["notizie"], text: { it: "a".repeat(1200) }, template: "mine" },
    doors: [
      { opens: "erased", label: { it: "Cancella", en: "Erase" } },
      { opens: "dates", label: { it: "Guarda tutte le date che ci sono", en: "Dates" } },
    ],
    audience: { comuni: ["roma"], channels: ["sms"] },
    ...{ from: "2026-09-13 09:00", until: "2026-09-12 18:00" },
  });
  expect(paths(others)).toEqual([
    expect.stringMatching(/^wishes.0: there is no notizie: use .*news/),
    expect.stringMatching(/^audience.comuni.0: there is no roma: use /),
    "audience.channels.0: there is no sms: use telegram, whatsapp, phone-telegram, phone-whatsapp",
    "text.en: is missing",
    "doors.0.opens: nothing is opened by erased",
    "doors.1.label.it: has 32 characters: 24 are seen everywhere",
    "template: there is no template mine: use campaign_news or none",
    "text.it: has 1200 characters: 900 are the most in a WhatsApp template",
    "until: comes before the beginning",
    expect.stringMatching(/^text.it: makes a message of 1\d\d\d characters: whatsapp carries 1024$/),
  ]);
  expect(await ask(written, "", { ...serata, until: "2026-09-08 11:00" })).toMatchObject({
    mistakes: [{ path: "until", message: "is over" }],
  });
  expect(await ask(written, "", serata)).toEqual({ kind: "written", id: "serata" });
  expect(await ask(written, "", serata)).toEqual({ kind: "written", id: "serata" });
});

test("A preview tells all that is to be known, and sends nothing", async () => {
  const told = await ask(previewed, "/serata/preview");
  expect(drawPreview(told).split("\n").slice(0, 21)).toEqual([
    "serata (draft)",
    "6 of 9 people get it.",
    "       4  telegram, it",
    "       1  telegram, en",
    "       1  whatsapp, en, by template",
    "From 2026-09-08 12:00 to 2026-09-08 18:00, if nobody writes or stops meanwhile.",
    "",
    "Do not get it:",
    "       1  did not ask for it, or want no more",
    "       1  cannot be reached: they blocked the assistant, or have no such account any more",
    "       1  wrote too long ago, and no template is approved in their language",
    "Get it later than the others, as they wait for:",
    "       1  at night, on quiet days, or at other hours than they chose",
    "",
    "1 go out by WhatsApp template. At 250 people a day that takes 1 day. WhatsApp bills about € 0.10 in all.",
    "  campaign_news (en): approved",
    "  campaign_news (it): rejected, TAG_CONTENT",
    "",
    "── telegram, it ──",
    "  La serata sui progetti è giovedì alle 20:30, in biblioteca.",
    "  ",
  ]);
  expect(drawPreview(told)).toMatch(
    /── whatsapp, en, template ──\n {2}Hello! [\s\S]*evening about the projects[\s\S]* {2}1\. Go on/,
  );
  expect(drawPreview(told)).toMatch(/\n {4}1\. Cosa posso fare ora\n/);
  expect(drawPreview(told)).toMatch(/5 people: somebody else has to approve it\. Nothing was sent\.$/);
  expect(await database.prisma.outbox.count()).toBe(0);
  expect(wrote).toBe(0);
});

test("It is tried in the chat of whoever has a code, and in no other", async () => {
  await greet(house.stores, "staff", {
    effects: [
      {
        ...{ kind: "offerTest", code: "K7QM4X", channel: "telegram", address: "staff" },
        until: new Date(Date.now() + 60_000).toISOString(),
      },
    ],
  });
  expect(await ask(tried, "/serata/test", { code: "AAAAAA" })).toEqual({ kind: "noChat" });
  expect(await ask(tried, "/serata/test", { code: " k7qm4x " })).toEqual({
    ...{ kind: "tried", channel: "telegram", language: "it" },
  });
  const rows = await database.prisma.outbox.findMany({ where: { kind: "NOTICE" } });
  expect(rows.map(({ campaign }) => campaign)).toEqual([null]);
  expect(wrote).toBe(1);
});

test("It is sent by one and approved by another, where it goes to many", async () => {
  expect(await ask(moved, "/serata/send", { by: "Anna Neri", at: "2026-09-13 09:00" })).toMatchObject({
    kind: "tooLate",
  });
  expect(await ask(moved, "/serata/send", { by: "Anna Neri" })).toEqual({
    ...{ kind: "moved", state: "waiting", gets: 6, approvalAbove: 5 },
  });
  expect(await ask(moved, "/serata/approve", { by: "ANNA NERI" })).toEqual({
    kind: "samePerson",
    by: "ANNA NERI",
  });
  expect(await ask(moved, "/serata/approve", { by: "Bea Rossi" })).toMatchObject({ state: "scheduled" });
  expect(await ask(moved, "/serata/send", { by: "Bea Rossi" })).toEqual({
    kind: "conflict",
    state: "scheduled",
  });
  expect(await ask(written, "", serata)).toEqual({ kind: "sent", id: "serata" });
  expect(drawStatus(await ask(status, "/serata"))).toBe(
    "serata is scheduled: sent by Anna Neri, approved by Bea Rossi, begins 2026-09-08 12:00, until 2026-09-12 18:00.",
  );
  expect(await ask(written, "", { ...serata, id: "piccola", audience: { languages: ["en"] } })).toMatchObject(
    {
      kind: "written",
    },
  );
  expect(await ask(moved, "/piccola/send", { by: "Anna Neri" })).toMatchObject({
    state: "scheduled",
    gets: 2,
  });
  expect(await ask(moved, "/piccola/stop", {})).toMatchObject({ state: "stopped" });
});

test("Those that the calendar makes are listed, previewed, and stopped before they begin", async () => {
  const all = await ask(listed, "");
  const [first] = all.filter(({ state }) => state === "calendar");
  const id = first?.id ?? "";
  expect(id).toMatch(/^auto\./);
  expect(drawPreview(await ask(previewed, `/${id}/preview`))).toContain("(made by the calendar)");
  expect(drawStatus(await ask(status, `/${id}`))).toContain("It has not begun.");
  expect(await ask(moved, `/${id}/stop`, {})).toMatchObject({ state: "stopped" });
  expect((await ask(listed, "")).find((one) => one.id === id)?.state).toBe("stopped");
  expect((await office.request("/campaigns/nothing")).status).toBe(404);
  expect((await office.request("/campaigns/nothing/stop", { method: "POST", body: "{}" })).status).toBe(404);
});
