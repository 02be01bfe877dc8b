import { afterEach, beforeEach, expect, test } from "vitest";
import type { WhatsAppAccount } from "../../../bots/whatsapp/call.ts";
import { fetchRecording } from "../../../bots/whatsapp/recording.ts";
import { FakeWhatsApp } from "../../fakes/whatsapp.ts";

let fake: FakeWhatsApp;
let now: number;
beforeEach(async () => {
  now = Date.parse("2026-11-01T10:00:00Z");
  fake = await new FakeWhatsApp({ now: () => now }).listen();
});
afterEach(() => fake.close());

const SOUND = new Uint8Array([79, 103, 103, 83, 0, 255]);
const keep = (bytes: Uint8Array) => fake.recordings.keep(bytes, "audio/ogg; codecs=opus");

function fetched(file: string, more: Partial<WhatsAppAccount> = {}, signal = new AbortController().signal) {
  const { accessToken, phoneNumberId, apiRoot } = fake;
  const account = { accessToken, phoneNumberId, apiRoot, apiVersion: "v23.0", timeoutMs: 5000, ...more };
  return fetchRecording(account, { file }, signal);
}

test("a voice note is fetched as it was sent, and again where its address is over", async () => {
  const file = keep(SOUND);
  expect(await fetched(file)).toEqual({ kind: "fetched", bytes: Buffer.from(SOUND) });
  now += 10 * 60 * 1000;
  expect(await fetched(file)).toEqual({ kind: "fetched", bytes: Buffer.from(SOUND) });
});

test("what is too big is left off while it is read", async () => {
  // Its kind alone: nobody wants to read all these bytes where it fails.
  expect((await fetched(keep(Buffer.alloc(16 * 1024 * 1024 + 1)))).kind).toBe("big");
});

test("the token goes nowhere but over an encrypted line, or to the platform itself", async () => {
  const stranger = await new FakeWhatsApp().listen();
  const file = keep(SOUND);
  for (const url of [`${stranger.apiRoot}/whatsapp_business/attachments/?mid=1`, "file:///etc/passwd", "x"]) {
    fake.recordings.elsewhere = url;
    expect(await fetched(file)).toEqual({ kind: "failed", reason: "not an https address" });
  }
  await stranger.close();
});

test.each([
  ["recording", "reset"],
  ["recording", { page: 502 }],
  ["recording", { code: 190, status: 401 }],
  ["sound", "reset"],
  ["sound", { page: 503 }],
  ["sound", { code: 100, status: 404 }],
] as const)("what fails (%s, %j) is told by a code", async (edge, fault) => {
  fake.fail(edge, fault);
  const outcome = await fetched(keep(SOUND));
  expect(outcome.kind).toBe("failed");
  expect(JSON.stringify(outcome)).not.toContain(fake.accessToken);
  expect(JSON.stringify(outcome)).not.toContain("393330000010");
});

test("what nobody sent, and what is asked for with another token, is not there", async () => {
  expect(await fetched("1")).toMatchObject({ kind: "failed" });
  expect(await fetched("../v23.0/1")).toMatchObject({ kind: "failed" });
  expect(await fetched(keep(SOUND), { accessToken: "another" })).toMatchObject({ kind: "failed" });
});

test("nothing is waited for longer than the signal lets it", async () => {
  fake.fail("sound", "silence");
  const outcome = await fetched(keep(SOUND), {}, AbortSignal.timeout(20));
  expect(outcome).toEqual({ kind: "failed", reason: "TimeoutError" });
});
