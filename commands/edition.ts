import { bornOnOrBefore, today } from "../core/edition/calendar.ts";
import { obstaclesToServing, untranslated } from "../core/edition/checks.ts";
import type { ReminderRules } from "../core/edition/reminders.ts";
import { type BallotRules, criteriaAsked, type Edition } from "../core/edition/schema.ts";
import { phaseIds } from "../core/edition/values.ts";
import { loadEdition } from "../editions/load.ts";

const usage = `npm run edition -- check FILE

Validates an edition's file. Prints every mistake with its path and exits with 1, or a short
summary and exits with 0. The days of a demonstration are counted from today.`;

/** @returns the exit code */
function main([command, file, ...rest]: readonly string[]): number {
  if (command === "--help" || command === "-h") {
    console.log(usage);
    return 0;
  }
  if (command !== "check" || file === undefined || rest.length > 0) {
    console.error(usage);
    return 2;
  }
  const parsed = loadEdition(file, today(new Date(), "Europe/Rome"));
  if (parsed.ok) {
    console.log(summary(file, parsed.edition));
    return 0;
  }
  const count = parsed.mistakes.length;
  console.error(`${file}: ${count} ${count === 1 ? "mistake" : "mistakes"}`);
  for (const { path, message } of parsed.mistakes)
    console.error(`  ${path === "" ? "" : `${path}: `}${message}`);
  return 1;
}

function summary(file: string, edition: Edition): string {
  const obstacles = obstaclesToServing(edition);
  return [
    `${file}: no mistakes`,
    `  ${edition.id}${edition.demo ? " (demonstration)" : ""}, ${edition.comuni.length} comuni, in ${edition.languages.join(", ")}`,
    ...untranslated(edition).map(
      ({ language, lacks, of }) =>
        `  also in ${language}: ${lacks} of ${of} texts are quoted in the main language`,
    ),
    ...edition.phases.map(({ id, from, to }) => `  ${id.padEnd(10)} ${from} to ${to}`),
    `  born on or before ${bornOnOrBefore(edition)}`,
    `  ${edition.proposals.challenges.length} challenges, ${edition.conflicts.length} conflicts, ${edition.unpublished.length} unpublished, ${edition.toConfirm.length} to confirm`,
    `  money: ${money(edition)}`,
    `  a proposal is asked about ${["cost", ...asked(edition)].join(", ")}`,
    ...(edition.vote?.ballot ? howOneVotes(edition.vote.ballot) : []),
    ...howOneIsReminded(edition.reminders),
    ...(absent(edition).length === 0 ? [] : [`  says nothing of ${absent(edition).join(", ")}`]),
    ...(obstacles.length === 0 ? [] : ["  it can be tried, not served:"]),
    ...obstacles.map(({ path, message }) => `    ${path}: ${message}`),
  ].join("\n");
}

/** Amounts as they were understood: in YAML `20.000` is 20. */
function money({ budget, proposals: { cost } }: Edition): string {
  const limits = cost && `a proposal from ${cost.min} to ${cost.contested?.max ?? cost.max} euros`;
  return [budget && `${budget.amount} euros in all`, limits].filter(Boolean).join(", ") || "not stated";
}

/** How the vote is held, as it was understood, with what each choice costs. */
function howOneVotes({ choices, routes, atTheEdge, ties, publishBallots }: BallotRules): string[] {
  const most = choices.rule === "upTo" ? `up to ${choices.most} projects` : choices.rule;
  const open = Object.entries(routes).flatMap(([route, how]) =>
    how === false || how === "off" ? [] : [how === true ? route : `${route} (${how})`],
  );
  return [
    `  votes: ${most}, by ${open.join(", ")}; what does not fit the budget: ${atTheEdge}; ties: ${ties}`,
    ...(routes.code === "self-declared"
      ? [
          "  routes.code self-declared proves that somebody knows a person's data, not that they are that person",
        ]
      : []),
    ...(publishBallots
      ? ["  publishBallots lets every voter check the count, and prove to a buyer how they voted"]
      : []),
  ];
}

/** When and of what people are written to without asking. */
function howOneIsReminded({
  hours,
  quiet,
  automatic,
  weeklyMost,
  weeklyMostSimple,
  whatsapp,
}: ReminderRules) {
  const not = [...quiet.weekdays, ...(quiet.holidays ? ["holidays"] : []), ...quiet.days].join(", ");
  const ahead = automatic.map((one) => {
    if (one.kind === "phase_opens") return one.kind;
    const { daysBefore, simpleDaysBefore = daysBefore } = one;
    const simple = simpleDaysBefore === daysBefore ? "" : ` (simple profile: ${simpleDaysBefore})`;
    return `${one.kind} ${daysBefore} days before${simple}`;
  });
  return [
    `  reminds from ${hours.from} to ${hours.to}${not && `, not on ${not}`}; at most ${weeklyMost} a week (simple profile: ${weeklyMostSimple})`,
    `  reminds of ${ahead.join(", ") || "nothing but what is asked for by name"}`,
    `  a WhatsApp template: ${whatsapp.price ? `${whatsapp.price.perTemplate} euros` : "price not stated"}; people a day: ${whatsapp.dailyLimit}`,
  ];
}

/** Criteria that have a question of their own: a misspelt id shows here as a question that is not. */
function asked({ proposals }: Edition): readonly string[] {
  return criteriaAsked.filter((criterion) => proposals.criteria.some(({ id }) => id === criterion));
}

/** The parts that an edition may lack and this one does. */
function absent({ union, budget, phases, vote, eligibility, proposals }: Edition): readonly string[] {
  const parts = {
    "union.site": union.site,
    "union.phone": union.phone,
    "union.hours": union.hours,
    budget,
    ...Object.fromEntries(phaseIds.map((id) => [`the phase ${id}`, phases.find((phase) => phase.id === id)])),
    vote,
    "eligibility.elsewhere": eligibility.elsewhere,
    "proposals.cost": proposals.cost,
  };
  return Object.entries(parts).flatMap(([name, part]) => (part ? [] : [name]));
}

process.exitCode = main(process.argv.slice(2));
