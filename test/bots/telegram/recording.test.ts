import { afterEach, beforeEach, expect, test } from "vitest";
import { drawPicture } from "../../../bots/pictures/index.ts";
import { createTelegram, type Telegram } from "../../../bots/telegram/index.ts";
import { FakeTelegram } from "../../fakes/telegram.ts";

let fake: FakeTelegram;
let now: number;
const open: Telegram[] = [];
beforeEach(async () => {
  now = Date.parse("2026-11-01T10:00:00Z");
  fake = await new FakeTelegram({ now: () => now }).listen();
});
afterEach(async () => {
  for (const channel of open.splice(0)) await channel.stop();
  await fake.close();
});

function create(token = fake.token): Telegram {
  const channel = createTelegram({
    token,
    apiRoot: fake.apiRoot,
    receive: async () => {},
    heed: async () => {},
    makeDocument: () => Promise.reject(new Error("Nothing is sent here.")),
    drawPicture,
    words: () => ({ choose: "Scegli", more: "Altre scelte" }),
    menus: [],
    log: { warn: () => {}, error: () => {} },
  });
  open.push(channel);
  return channel;
}

const fetched = (file: string, signal = new AbortController().signal, token?: string) =>
  create(token).fetchRecording?.({ file }, signal);
const SOUND = new Uint8Array([79, 103, 103, 83, 0, 255]);

test("a voice note is fetched as it was sent", async () => {
  const file = fake.files.keep(SOUND);
  const outcome = await fetched(file);
  expect(outcome).toEqual({ kind: "fetched", bytes: Buffer.from(SOUND) });
  expect(fake.violations).toEqual([]);
});

test("what is too big is not fetched, whatever is told of its size", async () => {
  expect(await fetched(fake.files.keep(SOUND, 20_000_001))).toEqual({ kind: "big" });
  expect(fake.calls.get("file")).toBeUndefined();
  // Its kind alone: nobody wants to read all these bytes where it fails.
  expect((await fetched(fake.files.keep(Buffer.alloc(20_000_001), 100)))?.kind).toBe("big");
});

test("a path that leads elsewhere is not followed", async () => {
  for (const path of [
    "../bot1:x/getMe",
    "/etc/passwd",
    "voice/../../x",
    "voice/file?x=1",
    "//evil.example",
  ]) {
    const [file] = [fake.files.keep(SOUND)];
    fake.files.pathOf = () => path;
    expect(await fetched(file)).toEqual({ kind: "failed", reason: "no path" });
  }
  expect(fake.calls.get("file")).toBeUndefined();
});

test("what fails is told by codes, which the token is not in", async () => {
  const file = fake.files.keep(SOUND);
  const outcomes = [
    await fetched("unknown"),
    await fetched(file, undefined, "1:another"),
    ...(await inTurn(["reset", { code: 500 }, "gateway page"] as const, async (fault) => {
      fake.fail("file", fault);
      return fetched(file);
    })),
    ...(await inTurn(["reset", { code: 429, retryAfter: 3 }] as const, async (fault) => {
      fake.fail("getfile", fault);
      return fetched(file);
    })),
  ];
  expect(outcomes.map((outcome) => outcome?.kind)).toEqual(outcomes.map(() => "failed"));
  expect(JSON.stringify(outcomes)).not.toContain("another");
  expect(JSON.stringify(outcomes)).not.toContain(fake.token);
});

test("a link that is over is asked for again", async () => {
  const file = fake.files.keep(SOUND);
  expect(await fetched(file)).toMatchObject({ kind: "fetched" });
  now += 2 * 60 * 60 * 1000;
  expect(await fetched(file)).toMatchObject({ kind: "fetched" });
});

test("nothing is waited for longer than the signal lets it", async () => {
  const file = fake.files.keep(SOUND);
  for (const method of ["getfile", "file"]) {
    const before = fake.calls.get(method) ?? 0;
    const gone = new AbortController();
    fake.fail(method, "silence");
    const fetching = fetched(file, gone.signal);
    await fake.until(`a call of ${method}`, () => fake.calls.get(method) === before + 1);
    gone.abort();
    expect(await fetching).toMatchObject({ kind: "failed" });
  }
});

async function inTurn<T, R>(items: readonly T[], act: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const item of items) results.push(await act(item));
  return results;
}
