import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadWords } from "../../locales/index.ts";
import type { Person } from "../fakes/telegram/person.ts";
import type { AssistantProcess } from "../support/assistant-process.ts";
import { serverUrl } from "../support/database.ts";
import { until } from "../support/until.ts";
import { type Installation, install } from "./installation.ts";

/* Whatever comes in by the real webhook: an answer or silence, never a crash, never a lost draft. */

let installation: Installation;
let assistant: AssistantProcess;
/** Updates that people's apps sent: all that may be stored. */
let sent = 0;

beforeAll(async () => {
  installation = await install({ server: serverUrl, patienceMs: 25_000 });
  assistant = installation.start("webhook");
  await assistant.ready();
});

afterAll(async () => {
  try {
    await assistant.stop();
    // Nothing of it was a defect, and nothing was stored that should not be.
    expect(assistant.output.filter((line) => /"level":"(error|fatal)"/.test(line))).toEqual([]);
    expect(assistant.errors()).toBe("");
    const { database } = await installation.open();
    const unanswered = { where: { state: { not: "DONE" } } } as const;
    const counts = [await database.prisma.inbox.count(), await database.prisma.inbox.count(unanswered)];
    await database.close();
    expect(counts).toEqual([sent, 0]);
  } finally {
    await installation.remove();
  }
});

const deliver = (body: string, headers: Record<string, string> = { [SECRET]: installation.secret }) =>
  fetch(`${assistant.url}/webhooks/telegram`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body,
  });
const SECRET = "x-telegram-bot-api-secret-token";

/** A message that would be answered, were it taken. */
const plausible = (id: number) =>
  JSON.stringify({
    update_id: id,
    message: {
      message_id: id,
      date: 1,
      chat: { id, type: "private" },
      from: { id, is_bot: false },
      text: "proposta",
    },
  });

describe("a delivery", () => {
  test.each([
    ["without the secret", {}],
    ["with another secret", { [SECRET]: "a-secret_of-the-webhooK" }],
    ["with an empty one", { [SECRET]: "" }],
    ["with part of it", { [SECRET]: "a-secret" }],
  ])("%s is refused, and nothing of it is stored", async (_, headers) => {
    const response = await deliver(plausible(1), headers);
    expect([response.status, await response.text()]).toEqual([401, ""]);
  });

  test.each([
    ["no JSON", "{"],
    ["nothing", ""],
    ["half a message", plausible(2).slice(0, -5)],
    ["bytes", "\u0000\u0001\u0002"],
  ])("of %s is refused as malformed", async (_, body) => {
    const response = await deliver(body);
    expect([response.status, await response.text()]).toEqual([400, ""]);
  });

  test("far larger than any update is refused unread", async () => {
    expect((await deliver(" ".repeat(5 * 1024 * 1024))).status).toBe(413);
  });

  test.each([
    ["null", "null"],
    ["a number", "7"],
    ["a list", "[]"],
    ["an empty update", "{}"],
    ["no id", plausible(3).replace("update_id", "update")],
    ["an id that is a word", plausible(3).replace(":3,", ':"tre",')],
    ["a message of nobody, nowhere", '{"update_id":3,"message":{"text":"ciao"}}'],
    ["a chat without an id", '{"update_id":3,"message":{"chat":{"type":"private"},"text":"ciao"}}'],
    ["fields of other types", '{"update_id":3,"message":{"chat":[],"from":"io","text":{"a":1}}}'],
    ["keys of JavaScript's own", '{"update_id":3,"__proto__":{"message":1},"constructor":null}'],
    ["depth", `{"update_id":3,"message":${"[".repeat(5000)}${"]".repeat(5000)}}`],
    ["a deletion", '{"update_id":3,"deleted_business_messages":{"chat":{"id":3},"message_ids":[1]}}'],
    ["a press on nothing", '{"update_id":3,"callback_query":{"id":"1","data":"x"}}'],
    ["a channel's post", '{"update_id":3,"channel_post":{"chat":{"id":-1,"type":"channel"},"text":"ciao"}}'],
  ])("with %s is taken and passed over in silence", async (_, body) => {
    expect((await deliver(body)).status).toBe(200);
  });

  test("to another place, or in another way, finds nothing", async () => {
    expect((await fetch(`${assistant.url}/webhooks/telegram`)).status).toBe(404);
    const response = await fetch(`${assistant.url}/webhooks`, { method: "POST", body: plausible(4) });
    expect(response.status).toBe(404);
  });
});

/** Brings somebody to the question of their name, with a draft begun. */
async function drafting(name: string): Promise<Person> {
  const person = installation.telegram.person(name);
  person.says("proposta");
  await person.hears();
  person.presses(say("proposal.eligible.option.yes"));
  await person.hears();
  person.presses(say("proposal.proposer.option.person"));
  expect((await person.hears()).text).toBe(NAME);
  sent += 3;
  return person;
}

const words = loadWords();
const say = (key: string) => words.say("it", { key });
const [NAME, SURNAME, EMAIL] = ["name", "surname", "email"].map((step) => say(`proposal.${step}.ask`));

/** What an answer must not have in it. */
const INSIDES = /\bat \w+.*:\d+|Error|undefined|\[object|null\b|NaN/;
const FAILED = words.say("it", { key: "engine.failed", params: { id: "" } }).slice(0, 20);

const inputs: readonly (readonly [string, (person: Person) => void])[] = [
  ["a megabyte of words", (person) => person.says("parola ".repeat(150_000))],
  ["a megabyte without a space", (person) => person.says("a".repeat(1_000_000))],
  ["emoji", (person) => person.says("👩🏽‍🦽👨‍👩‍👧‍👦🇮🇹🏴󠁧󠁢󠁥󠁮󠁧󠁿")],
  ["Arabic", (person) => person.says("\u202Eمرحبا بكم\u202C \u200Fفي المجلس\u200F، سؤال: ١٢٣؟")],
  ["control characters", (person) => person.says("\u0000\u0007\u001B[31m\u0085\u2028\u200B\uFEFF\u0000")],
  ["half a character", (person) => person.says("\uD83D e \uDE00")],
  ["marks without end", (person) => person.says(`Z${"\u0335\u0321\u0489".repeat(1200)}!`)],
  [
    "a program",
    (person) => person.says('<script>alert(1)</script>\'; DROP TABLE "Inbox"; -- {name} {{x}} $1'),
  ],
  ["a format's braces", (person) => person.says("{count, plural, one {#} other {#}} {")],
  ["spaces", (person) => person.says(" \n\t\u00A0\n ")],
  ["a voice message", (person) => person.sends({ voice: { file_id: "v", duration: 3 } })],
  ["a sticker", (person) => person.sends({ sticker: { file_id: "s", emoji: "🙂" } })],
  ["a location", (person) => person.sends({ location: { latitude: 44.95, longitude: 9.69 } })],
  ["a contact", (person) => person.sends({ contact: { phone_number: "+39333", first_name: "Ada" } })],
  ["a photo with words", (person) => person.sends({ photo: [{ file_id: "p" }], caption: "Ada" })],
  ["a document", (person) => person.sends({ document: { file_id: "d" } })],
  ["a poll", (person) => person.sends({ poll: { id: "1", question: "?" } })],
  ["a correction", (person) => person.edits("Bice")],
  ["an unknown command", (person) => person.says("/sudo rm -rf /")],
  ["a link's payload that means nothing", (person) => person.says(`/start ${"x".repeat(64)}`)],
];

describe("in the middle of a draft", () => {
  test.concurrent.each(inputs)("%s is answered, and the draft goes on", async (name, does) => {
    const person = await drafting(name);
    does(person);
    const { text } = await person.hears();
    expect(text).not.toMatch(INSIDES);
    expect(text).not.toContain(FAILED);
    person.says("ripeti");
    sent += 2;
    expect(text.length).toBeGreaterThan(10);
    const pending = (await person.hears()).text;
    person.says("Ada");
    sent += 1;
    // Some of it could be a name.
    expect([NAME, SURNAME]).toContain(pending);
    expect((await person.hears()).text).toBe(pending === NAME ? SURNAME : EMAIL);
  });
});

describe("in a group", () => {
  test("the assistant is silent until it is called, and then says to write in private", async () => {
    const { telegram } = installation;
    const group = telegram.group();
    const ada = telegram.person("Ada in gruppo");
    ada.saysInGroup(group.id, "Ciao a tutti, domani piove?");
    ada.saysInGroup(group.id, `@${telegram.username} cosa sai fare?`);
    sent += 1;
    await until(
      async () => group.transcript.length,
      (count) => count === 1,
      20_000,
    );
    expect(group.transcript[0]?.text).toContain(say("engine.group"));
    expect(ada.transcript.filter(({ from }) => from === "bot")).toEqual([]);
  });
});
