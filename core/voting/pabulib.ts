import type { Day } from "../edition/calendar.ts";
import type { BallotRules, Edition } from "../edition/schema.ts";
import type { Localised } from "../engine/message.ts";
import type { Published } from "./published.ts";

/*
 * Pabulib's format for participatory budgets (https://pabulib.org/format): three sections of
 * semicolon-separated values, their fields in the order that its checker expects.
 */

/** The result as a `.pb` file. Single ballots are in it only where the edition publishes them. */
export function pabulib(edition: Edition, { projects, result }: Published): string {
  const { name, union, languages, vote, year } = edition;
  const rules = vote?.ballot;
  if (!rules) throw new Error("This edition has no vote of its own.");
  const [language = "it"] = languages;
  const say = (words: Localised) => (typeof words === "string" ? words : (words[language] ?? ""));
  const from = vote.paper?.from ?? vote.online?.from ?? "";
  const to = vote.online?.to ?? vote.paper?.to ?? "";
  const winners = new Set(result.winners);
  const votes = (result.checkCodes ?? []).filter(({ choices }) => choices.length > 0);
  const meta: readonly Row[] = [
    ["description", `${say(name)}, ${say(union.name)}`],
    ["country", "Italy"],
    ["unit", say(union.name)],
    ["instance", year ?? from.slice(0, 4)],
    ["num_projects", projects.length],
    ["num_votes", result.ballots - result.blank - result.null],
    ["budget", result.budget],
    ["vote_type", "approval"],
    // The archive knows no name for a list that ends at the first project that does not fit.
    ["rule", result.rule.atTheEdge === "skip" ? "greedy" : "unknown"],
    ["date_begin", dayOf(from)],
    ["date_end", dayOf(to)],
    ["min_length", 1],
    ...limitOf(rules, projects.length, result.budget),
    ["language", language],
    ["currency", "EUR"],
    ...(winners.size === projects.length ? [["fully_funded", 1] as const] : []),
    [
      "comment",
      remarks(result)
        .map((remark, at) => `#${at + 1}: ${remark}`)
        .join(" "),
    ],
  ];
  return section("META", ["key", "value"], meta)
    .concat(
      section(
        "PROJECTS",
        ["project_id", "cost", "votes", "name", "category", "selected"],
        projects.map(({ code, cost, title, challenge }) => [
          ...[code, cost, result.votes[code] ?? 0, title, challenge],
          winners.has(code) ? 1 : 0,
        ]),
      ),
      section(
        "VOTES",
        ["voter_id", "vote", "voting_method"],
        votes.map(({ choices }, at) => [at + 1, choices.join(","), "internet"]),
      ),
    )
    .join("\n")
    .concat("\n");
}

type Row = readonly (string | number)[];

const section = (name: string, header: readonly string[], rows: readonly Row[]): readonly string[] => [
  name,
  ...[header, ...rows].map((row) => row.map(cell).join(";")),
];

function cell(value: string | number): string {
  const text = String(value).replace(/\s+/g, " ").trim();
  return /[";]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** `18.10.2022` */
const dayOf = (day: Day | ""): string => day.split("-").reverse().join(".");

function limitOf({ choices }: BallotRules, projects: number, budget: number): readonly Row[] {
  switch (choices.rule) {
    case "one":
      return [["max_length", 1]];
    case "upTo":
      return [["max_length", Math.min(choices.most, projects)]];
    case "withinBudget":
      return [["max_sum_cost", budget]];
  }
}

/** What the numbers alone would leave in the dark. */
function remarks({ blank, null: nulls, checkCodes, apart, rule }: Published["result"]): readonly string[] {
  const onPaper = apart?.paper.ballots ?? 0;
  return [
    `${blank} blank and ${nulls} null ballots are in no number of votes.`,
    ...(checkCodes
      ? ["Voter ids are running numbers, and tell nothing of voters."]
      : ["Single ballots are not published: the votes of projects are totals, online and on paper."]),
    ...(checkCodes && onPaper > 0
      ? [`${onPaper} ballots on paper are in the votes of projects, and not among the single votes.`]
      : []),
    ...(rule.atTheEdge === "stop" ? ["Funding ends at the first project that costs more than is left."] : []),
    ...(rule.ties === "lot" ? [`Ties were drawn by lot with the seed ${rule.seed ?? ""}.`] : []),
  ];
}
