import { describe, expect, test } from "vitest";
import { turnoutOf } from "../../../core/voting/turnout.ts";

const routes = { spid: true, code: "roll", station: true } as const;
const rules = { routes, smallNumbers: 5 };

/** A vote on paper alone, by Comune: people on the roll, and those who voted. */
const onPaper = (groups: readonly (readonly [onRoll: number, voted: number])[], smallNumbers = 5) => {
  const markedPaper = groups.reduce((sum, [, voted]) => sum + voted, 0);
  const status = {
    onRoll: groups.reduce((sum, [onRoll]) => sum + onRoll, 0),
    markedOnline: 0,
    markedPaper,
    inSpool: 0,
    inUrn: 0,
    byRoute: { spid: 0, code: 0, station: 0 },
    byComune: groups.map(([onRoll, paper], at) => ({ comune: `c${at}`, onRoll, paper, online: 0 })),
  };
  const closed = { spid: false, code: "off", station: false } as const;
  return turnoutOf(status, { routes: closed, smallNumbers }, true).byComune.map(({ voted }) => voted);
};

describe("Who took part is told by Comune", () => {
  test("where no number is small, whole", () => {
    expect(
      onPaper([
        [900, 90],
        [700, 80],
        [40, 5],
      ]),
    ).toEqual([90, 80, 5]);
  });

  test("without a small number, and without another that would give it away", () => {
    expect(
      onPaper([
        [900, 90],
        [700, 80],
        [40, 4],
      ]),
    ).toEqual([90, undefined, undefined]);
    expect(
      onPaper([
        [900, 90],
        [700, 3],
        [40, 2],
      ]),
    ).toEqual([90, undefined, undefined]);
    // Nobody voted in both together, so both would be known.
    expect(
      onPaper([
        [900, 90],
        [700, 0],
        [40, 0],
      ]),
    ).toEqual([undefined, undefined, undefined]);
  });

  test("without that of a group of whom nearly all voted", () => {
    expect(
      onPaper([
        [900, 90],
        [700, 80],
        [40, 38],
      ]),
    ).toEqual([90, undefined, undefined]);
  });

  test("nobody could vote where nobody is", () => {
    expect(
      onPaper([
        [900, 90],
        [700, 80],
        [0, 0],
      ]),
    ).toEqual([90, 80, 0]);
  });
});

test("By route too; one that is closed is known to have none", () => {
  const status = {
    onRoll: 500,
    markedOnline: 60,
    markedPaper: 30,
    inSpool: 0,
    inUrn: 60,
    byRoute: { spid: 0, code: 58, station: 2 },
    byComune: [{ comune: "a", onRoll: 500, online: 60, paper: 30 }],
  };
  expect(turnoutOf(status, { ...rules, routes: { ...routes, spid: false } }, true)).toEqual({
    onRoll: 500,
    voted: 90,
    byRoute: { spid: 0, paper: 30 },
    byComune: [{ comune: "a", onRoll: 500, voted: 90 }],
  });
});

/** Every way in which so many people may have voted. */
function everyWay(rolls: readonly number[]): number[][] {
  const [first, ...rest] = rolls;
  if (first === undefined) return [[]];
  const others = everyWay(rest);
  return Array.from({ length: first + 1 }, (_, voted) => others.map((other) => [voted, ...other])).flat();
}

const total = (votes: readonly number[]) => votes.reduce((sum, one) => sum + one, 0);

describe.each([2, 3, 5])("What is left out under %i", (few) => {
  test.each([[[8, 8, 8]], [[4, 8, 12]], [[10, 10]], [[1, 10, 9]], [[0, 9, 9]], [[3, 6, 4, 5]]])(
    "has two values or more, even for who knows the rule and everything else (%j)",
    (rolls) => {
      const worlds = new Map<string, number[][]>();
      for (const votes of everyWay(rolls)) {
        const told = onPaper(
          rolls.map((onRoll, at) => [onRoll, votes[at] ?? 0] as const),
          few,
        );
        const published = JSON.stringify([told, total(votes)]);
        worlds.set(published, [...(worlds.get(published) ?? []), votes]);
      }
      for (const [published, possible] of worlds) {
        const [told, all]: [(number | null)[], number] = JSON.parse(published);
        // Where nobody voted, or everybody, the total alone says so of each.
        if (all === 0 || all === total(rolls)) continue;
        for (const [at, number] of told.entries()) {
          if (number !== null) continue;
          expect(new Set(possible.map((votes) => votes[at])).size).toBeGreaterThan(1);
        }
      }
    },
  );
});
