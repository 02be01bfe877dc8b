import { describe, expect, test } from "vitest";
import { choiceMistake } from "../../../core/voting/rules.ts";

const costs = (...all: readonly number[]) => all.map((cost) => ({ cost }));
const BUDGET = 25_000;

describe("A choice", () => {
  test("of nothing is a blank ballot, where there are any", () => {
    const choices = { rule: "one" } as const;
    expect(choiceMistake({ choices, blank: true }, [], BUDGET)).toBeUndefined();
    expect(choiceMistake({ choices, blank: false }, [], BUDGET)).toEqual({ kind: "blank" });
  });

  test("of one project alone", () => {
    const rules = { choices: { rule: "one" }, blank: true } as const;
    expect(choiceMistake(rules, costs(90_000), BUDGET)).toBeUndefined();
    expect(choiceMistake(rules, costs(1, 1), BUDGET)).toEqual({ kind: "tooMany", most: 1 });
  });

  test("of up to so many", () => {
    const rules = { choices: { rule: "upTo", most: 3 }, blank: true } as const;
    expect(choiceMistake(rules, costs(20_000, 20_000, 20_000), BUDGET)).toBeUndefined();
    expect(choiceMistake(rules, costs(1, 1, 1, 1), BUDGET)).toEqual({ kind: "tooMany", most: 3 });
  });

  test("of as many as the budget pays for, to the last euro", () => {
    const rules = { choices: { rule: "withinBudget" }, blank: true } as const;
    expect(choiceMistake(rules, costs(10_000, 10_000, 5_000), BUDGET)).toBeUndefined();
    expect(choiceMistake(rules, costs(10_000, 10_000, 5_001), BUDGET)).toEqual({
      kind: "overBudget",
      cost: 25_001,
    });
  });
});
