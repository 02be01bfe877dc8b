import { setTimeout as pause } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
import { within } from "../../bots/deadline.ts";

/** Takes away whatever nothing holds. */
function collect(): void {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
}

/** What waits for an answer that never comes, and holds nothing but its signal. */
const forever = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => {
    const weak = new WeakRef(signal);
    signal.addEventListener("abort", () => reject(weak.deref()?.reason));
  });

it("breaks off what takes too long, however much garbage is collected meanwhile", async () => {
  const late = within(200, undefined, forever);
  let over = false;
  late.catch(() => {
    over = true;
  });
  while (!over) {
    collect();
    await pause(10);
  }
  await expect(late).rejects.toThrow(expect.objectContaining({ name: "TimeoutError" }));
}, 5_000);

it("breaks it off when somebody else says so, before it has begun as well", async () => {
  const leaving = new AbortController();
  const left = within(60_000, leaving.signal, forever);
  leaving.abort(new Error("left"));
  await expect(left).rejects.toThrow("left");
  const seen = await within(60_000, leaving.signal, async ({ aborted }) => aborted);
  expect(seen).toBe(true);
});

it("gives what came in time, and leaves nothing behind", async () => {
  expect(await within(60_000, new AbortController().signal, async () => "here")).toBe("here");
});
