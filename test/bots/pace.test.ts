import { expect, test } from "vitest";
import type { Pace } from "../../bots/channel.ts";
import { Pacer } from "../../bots/pace.ts";
import { ownSlots } from "../../bots/slots.ts";
import { telegramPace } from "../../bots/telegram/limits.ts";
import { whatsappPace } from "../../bots/whatsapp/limits.ts";
import { VirtualTime } from "../fakes/time.ts";
import { dice } from "../support/dice.ts";

const pacerOf = (pace: Pace, timer: VirtualTime, slots = ownSlots(timer)) =>
  new Pacer({ channel: "test", pace, slots, timer });

/** Sends to each address in turn and tells when each began. */
async function send(
  addresses: readonly string[],
  pace = { perSecond: 30, perAddressMs: 1000 },
  takesMs = 40,
) {
  const time = new VirtualTime();
  const pacer = pacerOf(pace, time);
  const began: { address: string; at: number }[] = [];
  let done = 0;
  for (const address of addresses)
    void pacer
      .run(address, true, async () => {
        began.push({ address, at: time.now() });
        await time.wait(takesMs);
        return true;
      })
      .then(() => done++);
  await time.until(() => done === addresses.length);
  return began;
}

/** How many began within the fullest second. */
const fullest = (times: readonly number[]) =>
  Math.max(...times.map((from) => times.filter((at) => at >= from && at < from + 1000).length));

test.each([
  ["Telegram", telegramPace, 30],
  ["WhatsApp", whatsappPace, 80],
])("%s gets 97 of 100 messages that it takes, evenly, and no second has more", async (_, pace, limit) => {
  const began = await send(
    Array.from({ length: 5 * limit }, (_, index) => `person ${index}`),
    { ...pace, perAddressMs: 0 },
    5,
  );
  const times = began.map(({ at }) => at);
  expect(fullest(times)).toBeLessThanOrEqual(limit);
  const first = times[0] ?? 0;
  const seconds = ((times.at(-1) ?? 0) - first) / 1000;
  expect((times.length - 1) / seconds).toBeGreaterThanOrEqual(0.97 * limit);
  expect(times.filter((at) => at < first + 500).length).toBeLessThanOrEqual(0.6 * limit);
});

/**
 * Sends to a platform on a way of its own, and tells when messages arrived there. The way takes `delayMs`
 * there, and a millisecond back.
 */
async function arrivals(count: number, delayMs: (nth: number, now: number) => number, processes = 1) {
  const time = new VirtualTime();
  const slots = ownSlots(time);
  const pace = { perSecond: 30, perAddressMs: 0 };
  const pacers = Array.from({ length: processes }, () => pacerOf(pace, time, slots));
  const arrived: number[] = [];
  let done = 0;
  for (let nth = 0; nth < count; nth++)
    void pacers[nth % processes]
      ?.run(`person ${nth}`, false, async () => {
        await time.wait(delayMs(nth, time.now()));
        arrived.push(time.now());
        await time.wait(1);
        return true;
      })
      .then(() => done++);
  await time.until(() => done === count);
  return arrived.sort((a, b) => a - b);
}

test("what the network delays unequally does not arrive too near to what comes after it", async () => {
  const chance = dice(1);
  const arrived = await arrivals(240, () => 2 + (chance() < 0.1 ? chance() * 300 : chance() * 20));
  expect(fullest(arrived)).toBeLessThanOrEqual(30);
});

test("a platform out of breath gets no more than it takes once it breathes again", async () => {
  let start = 0;
  const stall = (at: number) => Math.max(0, start + 3000 + 1400 - at);
  const arrived = await arrivals(240, (_, now) => {
    start ||= now;
    return 2 + (now - start > 3000 ? stall(now) : 0);
  });
  // What was on its way when it lost its breath arrives in one moment.
  expect(fullest(arrived)).toBeLessThanOrEqual(30);
});

test("two processes keep one pace between them, and lose none of it", async () => {
  const arrived = await arrivals(150, () => 3, 2);
  expect(fullest(arrived)).toBeLessThanOrEqual(30);
  expect((arrived.at(-1) ?? 0) - (arrived[0] ?? 0)).toBeLessThanOrEqual((149 / 30 / 0.973) * 1000);
});

test("what comes in takes of the pace where it is counted", async () => {
  const time = new VirtualTime();
  const pacer = pacerOf({ perSecond: 30, perAddressMs: 0 }, time);
  const counted: number[] = [];
  for (let nth = 0; nth < 150; nth++)
    void pacer.run(`person ${nth}`, false, async () => counted.push(time.now()));
  for (let wrote = 0; wrote < 20; wrote++) {
    await time.pass(200);
    counted.push(time.now());
    pacer.came(1);
  }
  await time.until(() => counted.length === 170);
  // One that came in is known only when it has.
  expect(fullest(counted)).toBeLessThanOrEqual(31);
});

test("nothing is sent while nobody keeps the pace, and all of it afterwards", async () => {
  const time = new VirtualTime();
  const slots = ownSlots(time);
  let away = true;
  const failed: unknown[] = [];
  const pacer = new Pacer({
    channel: "test",
    pace: { perSecond: 30, perAddressMs: 0 },
    timer: time,
    slots: {
      take: (...given) => (away ? Promise.reject(new Error("The database is away.")) : slots.take(...given)),
    },
    failed: (error) => failed.push(error),
  });
  let sent = 0;
  for (let nth = 0; nth < 5; nth++) void pacer.run(`person ${nth}`, true, async () => ++sent);
  await time.pass(10_000);
  expect([sent, failed.length > 2]).toEqual([0, true]);
  away = false;
  await time.until(() => sent === 5, 10_000);
});

test("two sends to one address are never nearer than its gap, the first send's end included", async () => {
  const began = await send(["ada", "ada", "ada"]);
  expect(began.map(({ at }) => at - (began[0]?.at ?? 0))).toEqual([0, 1040, 2080]);
});

test("who waits for one address does not keep others waiting", async () => {
  const began = await send(["ada", "ada", "bice"]);
  expect(began.map(({ address }) => address)).toEqual(["ada", "bice", "ada"]);
});

test("a reply goes ahead of the notices that came before it", async () => {
  const time = new VirtualTime();
  const pacer = pacerOf({ perSecond: 10, perAddressMs: 0 }, time);
  const order: string[] = [];
  const add = (name: string, urgent: boolean) =>
    void pacer.run(name, urgent, async () => void order.push(name));
  for (let index = 0; index < 5; index++) add(`notice ${index}`, false);
  add("reply", true);
  await time.until(() => order.length === 6);
  expect(order.indexOf("reply")).toBeLessThanOrEqual(1);
});

test("a hold on one address leaves the others alone, a hold on all does not", async () => {
  const time = new VirtualTime();
  const pacer = pacerOf({ perSecond: 1000, perAddressMs: 0 }, time);
  const start = time.now();
  const sent = new Map<string, number>();
  const add = (name: string) =>
    void pacer.run(name, true, async () => void sent.set(name, time.now() - start));
  pacer.hold(5000, "ada");
  add("ada");
  add("bice");
  await time.until(() => sent.size === 2);
  expect(sent.get("ada")).toBe(5000);
  expect(sent.get("bice")).toBeLessThan(100);
  pacer.hold(3000);
  add("carla");
  await time.until(() => sent.size === 3);
  expect(sent.get("carla")).toBeGreaterThanOrEqual(8000);
});

test("closing lets go of those whose turn has not come", async () => {
  const time = new VirtualTime();
  const pacer = pacerOf({ perSecond: 1, perAddressMs: 0 }, time);
  const results: unknown[] = [];
  for (const name of ["ada", "bice", "carla"])
    void pacer.run(name, true, async () => name).then((result) => results.push(result));
  await time.until(() => results.length === 1);
  pacer.close();
  await time.until(() => results.length === 3);
  expect(results).toEqual(["ada", undefined, undefined]);
});

test("an address may have several at once, whose gaps are waited for afterwards", async () => {
  const pace = { perSecond: 1000, perAddressMs: 6000, burst: 3 };
  const began = await send(["ada", "ada", "ada", "ada", "bice", "ada"], pace, 0);
  const start = began[0]?.at ?? 0;
  const ofAda = began.filter(({ address }) => address === "ada").map(({ at }) => at - start);
  expect(ofAda.slice(0, 3).every((at) => at < 100)).toBe(true);
  expect(ofAda[3]).toBeGreaterThanOrEqual(5900);
  expect(ofAda[4]).toBeGreaterThanOrEqual(11_900);
  expect((began.find(({ address }) => address === "bice")?.at ?? 0) - start).toBeLessThan(100);
});
