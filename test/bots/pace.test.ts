import { expect, test } from "vitest";
import type { Pace } from "../../bots/channel.ts";
import { Pacer } from "../../bots/pace.ts";
import { ownSlots } from "../../bots/slots.ts";
import { VirtualTime } from "../fakes/time.ts";

const pacerOf = (pace: Pace, timer: VirtualTime) =>
  new Pacer({ channel: "test", pace, slots: ownSlots(timer), timer });

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

test("sends to many in a row keep the rate in every second", async () => {
  const began = await send(Array.from({ length: 200 }, (_, index) => `person ${index}`));
  for (const { at } of began)
    expect(began.filter((one) => one.at >= at && one.at < at + 1000).length).toBeLessThanOrEqual(30);
  const seconds = ((began.at(-1)?.at ?? 0) - (began[0]?.at ?? 0)) / 1000;
  expect(seconds).toBeLessThan(7);
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
