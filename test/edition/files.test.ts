import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { currentPhase, daysBetween, isOpen } from "../../core/edition/calendar.ts";
import { obstaclesToServing } from "../../core/edition/checks.ts";
import { edition2022, file2022, fileDemo, load, vote2022, wholeVote } from "./samples.ts";

test("the 2022 file states the facts of its documents", () => {
  const { phases, eligibility, proposals, comuni, budget, channels } = edition2022;
  expect(phases.map(({ id, from, to }) => [id, from, to])).toEqual([
    ["proposals", "2022-04-13", "2022-05-31"],
    ["evaluation", "2022-06-01", "2022-06-29"],
    ["promotion", "2022-06-30", "2022-08-31"],
    ["vote", "2022-09-01", "2022-10-18"],
  ]);
  expect([vote2022.paper.from, vote2022.paper.to]).toEqual(["2022-09-01", "2022-09-18"]);
  expect([vote2022.online.from, vote2022.online.to]).toEqual(["2022-09-19", "2022-10-18"]);
  expect(comuni).toHaveLength(5);
  expect(budget?.amount).toBe(25_000);
  expect(eligibility).toMatchObject({
    minimumAge: 16,
    elsewhere: { register: { waitDays: 3, adviseDays: 7 } },
  });
  expect(proposals.challenges).toHaveLength(6);
  expect(proposals.criteria).toHaveLength(6);
  expect(channels.proposals.assistant).toBe(false);
});

test("the 2022 file keeps every conflict with both values and their sources", () => {
  expect(edition2022.proposals.cost).toEqual({
    min: 3000,
    max: 10_000,
    sources: ["patto"],
    contested: { max: 12_500, sources: ["pagina"] },
  });
  expect(edition2022.conflicts).toHaveLength(7);
  for (const { values } of edition2022.conflicts) {
    expect(values.map(({ source }) => source)).toEqual(expect.arrayContaining(["patto", "pagina"]));
  }
  expect(edition2022.unpublished).toHaveLength(8);
});

test("the e-mail address that the Union has not confirmed is nowhere", () => {
  for (const file of [file2022, fileDemo])
    expect(readFileSync(file, "utf8")).not.toMatch(/sla@|unionevalnure/);
  expect(edition2022.union.email).toBeUndefined();
});

test("the 2022 file can be tried and not served, and says what is missing", () => {
  expect(obstaclesToServing(edition2022).map(({ path }) => path)).toEqual([
    "privacy.controller",
    "privacy.dpo",
    "privacy.notice",
    "archive",
  ]);
});

test.each(["2024-02-20", "2026-10-20", "2027-12-31"])(
  "the demonstration anchored on %s collects proposals that day, with phases as long as in 2022",
  (anchor) => {
    const demo = load(fileDemo, anchor);
    expect(isOpen(demo, "proposals", anchor)).toBe(true);
    expect(currentPhase(demo, anchor)?.name).toEqual(currentPhase(edition2022, "2022-05-01")?.name);
    const lengths = (spans: readonly { from: string; to: string }[]) =>
      spans.map(({ from, to }) => daysBetween(from, to));
    expect(lengths(demo.phases)).toEqual(lengths(edition2022.phases));
    const { paper, online } = wholeVote(demo);
    expect(lengths([paper, online])).toEqual(lengths([vote2022.paper, vote2022.online]));
    expect(demo.eligibility.reachedBy).toBe(online.to);
    expect(demo).toMatchObject({ demo: true, archive: false, channels: { proposals: { assistant: true } } });
    expect(demo.proposals).toEqual(edition2022.proposals);
    expect(obstaclesToServing(demo)).toEqual([]);
  },
);
