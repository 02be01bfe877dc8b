import { expect, test } from "vitest";
import { Ledger } from "./ledger.ts";
import { Referee } from "./referee.ts";

/* Those who judge a campaign are judged first: what they do not see would pass for being kept. */

const send = (at: number, to = String(at)) => ({ at, to, via: "", text: "" });
const referee = () => new Referee({ perSecond: 30, perPersonMs: 1000 });

test("one more than a second may have is counted, as soon as it comes", () => {
  const judge = referee();
  for (let at = 0; at < 30; at++) judge.came(send(at), true);
  judge.came(send(1000), true);
  expect(judge.tooMany).toBe(0);
  judge.came(send(1000), true);
  expect(judge.tooMany).toBe(1);
});

test("what people write counts as well, where it does on the platform", () => {
  const judge = referee();
  for (let at = 0; at < 30; at++) judge.wrote(at);
  judge.came(send(500), true);
  expect(judge.tooMany).toBe(1);
});

test("two to one person within a second, and one who was told to wait", () => {
  const judge = referee();
  judge.came(send(0, "Ada"), true);
  judge.came(send(999, "Ada"), true);
  expect(judge.tooSoon).toBe(1);
  judge.told("Ada", 999, 4000);
  judge.came(send(4998, "Ada"), true);
  judge.came(send(5999, "Ada"), true);
  expect(judge.impatient).toBe(1);
});

test("while it takes nothing nobody is to write, a moment after it was told", () => {
  const judge = referee();
  judge.came(send(0), true);
  judge.close(0, 3000);
  judge.came(send(500), true);
  expect(judge.impatient).toBe(0);
  judge.came(send(1500), true);
  judge.came(send(3000), true);
  expect([judge.impatient, judge.inVain, judge.closedMs]).toEqual([1, 2, 3000]);
  // Three seconds, and the thirtieth of one for what came afterwards; the first begins the count.
  expect(judge.allowedMs).toBeCloseTo(3000 + 1000 / 30);
});

test("who has it twice, and to whom it came after they had stopped it", () => {
  const ledger = new Ledger();
  for (const [to, at] of [
    ["Ada", 0],
    ["Ada", 1],
    ["Bo", 0],
    ["Cy", 5000],
    ["Di", 6001],
  ] as const) {
    if (at >= 5000) {
      ledger.stops(to);
      ledger.acknowledged(to, 5000);
    }
    ledger.shown(send(at, to));
  }
  expect(ledger.twice).toEqual(["Ada"]);
  expect(ledger.late).toEqual([1001]);
  expect(ledger.stopped).toEqual(["Cy", "Di"]);
});
