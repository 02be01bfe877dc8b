import { z } from "zod";
import { Misuse, type OfficeClient, Refusal } from "./office.ts";
import { table } from "./terminal.ts";

const counted = z.object({
  ballots: z.number(),
  blank: z.number(),
  null: z.number(),
  votes: z.record(z.string(), z.number()),
});
const tally = z.object({
  station: z.string(),
  day: z.string(),
  entries: z.array(z.object({ by: z.string(), count: counted })),
  confirmed: counted.optional(),
});
const misfit = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("unknownProject"), code: z.string() }),
  z.object({ kind: z.literal("noBlank") }),
  z.object({ kind: z.literal("moreThanBallots") }),
  z.object({ kind: z.literal("tooMany"), code: z.string(), most: z.number() }),
  z.object({ kind: z.literal("sum"), votes: z.number(), least: z.number(), most: z.number() }),
]);
const entered = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("entered"), tally }),
  z.object({ kind: z.literal("same"), by: z.string() }),
  z.object({ kind: z.literal("full"), by: z.array(z.string()) }),
  z.object({ kind: z.literal("noBallot") }),
  z.object({ kind: z.literal("misfits"), misfits: z.array(misfit) }),
]);
const booth = z.object({ station: z.string(), day: z.string() });
const difference = z.discriminatedUnion("kind", [
  booth.extend({ kind: z.literal("slips"), marks: z.number(), slips: z.number() }),
  booth.extend({ kind: z.literal("uncounted"), entries: z.number() }),
  booth.extend({ kind: z.literal("counts"), in: z.array(z.string()) }),
  z.object({ kind: z.literal("paper"), inLedgers: z.number(), onRoll: z.number() }),
  z.object({ kind: z.literal("online"), marks: z.number(), envelopes: z.number() }),
]);
const reconciliation = z.object({
  booths: z.array(booth.extend({ marks: z.number(), slips: z.number().optional() })),
  paper: z.object({ inLedgers: z.number(), onRoll: z.number() }),
  online: z.object({ closedOn: z.string().optional(), marks: z.number(), envelopes: z.number() }),
  differences: z.array(difference),
});

type Counted = z.infer<typeof counted>;

/**
 * The figures of a count, as they were typed.
 *
 * @throws {Misuse}
 */
export function countIn(typed: { ballots?: string; blank?: string; null?: string; votes?: string }) {
  const votes = (typed.votes ?? "").split(",").filter((part) => part.trim() !== "");
  const pairs = votes.map((part): [string, number] => {
    const [code = "", number] = part.split("=");
    return [code.trim().toUpperCase(), whole(number, "--votes CODE=N,CODE=N")];
  });
  if (new Set(pairs.map(([code]) => code)).size < pairs.length) {
    throw new Misuse("A project is there twice in --votes.");
  }
  return {
    ballots: whole(typed.ballots, "--ballots N"),
    blank: whole(typed.blank, "--blank N"),
    null: whole(typed.null, "--null N"),
    votes: Object.fromEntries(pairs),
  };
}

function whole(typed: string | undefined, option: string): number {
  if (typed === undefined || !/^\d{1,6}$/.test(typed.trim()))
    throw new Misuse(`Write whole numbers: ${option}.`);
  return Number(typed);
}

export async function enter(office: OfficeClient, name: string, body: object): Promise<string> {
  const done = await office.call(`/stations/${encodeURIComponent(name)}/tally`, body, entered);
  switch (done?.kind) {
    case "entered":
      return lineOf(done.tally);
    case "same":
      throw new Refusal(
        `${done.by} entered it before: somebody else has to count. To correct it, the same person adds --again.`,
      );
    case "full":
      throw new Refusal(`Two people entered it already: ${done.by.join(", ")}.`);
    case "misfits":
      throw new Refusal(done.misfits.map(inWords).join("\n"));
    case "noBallot":
      throw new Refusal("There is no ballot yet.");
    default:
      throw new Refusal(`No station ${name} was opened that day.`);
  }
}

function inWords(wrong: z.infer<typeof misfit>): string {
  switch (wrong.kind) {
    case "unknownProject":
      return `${wrong.code} is not on the ballot.`;
    case "noBlank":
      return "The edition knows no blank slips: count them as null.";
    case "moreThanBallots":
      return "There are more blank and null slips than slips.";
    case "tooMany":
      return `${wrong.code} has more votes than the ${wrong.most} valid slips.`;
    case "sum":
      return `The votes are ${wrong.votes} together: with these slips they are ${wrong.least} to ${wrong.most}.`;
  }
}

export async function tallies(office: OfficeClient): Promise<string> {
  const all = (await office.get("/tallies", z.array(tally))) ?? [];
  if (all.length === 0) return "Nobody was marked and no slips were counted.";
  return all.map(lineOf).join("\n");
}

function lineOf({ station, day, entries, confirmed }: z.infer<typeof tally>): string {
  const head = `${day} ${station}`;
  const names = entries.map(({ by }) => by).join(" and ");
  if (confirmed) return `${head}: confirmed by ${names}: ${figures(confirmed)}`;
  const [one, other] = entries;
  if (!one) return `${head}: nobody has counted yet`;
  if (!other) return `${head}: counted by ${one.by}; a second person has to count: ${figures(one.count)}`;
  return [`${head}: ${names} differ`, ...entries.map(({ by, count }) => `  ${by}: ${figures(count)}`)].join(
    "\n",
  );
}

const figures = ({ ballots, blank, null: nulls, votes }: Counted): string =>
  [
    `${ballots} slips, ${blank} blank, ${nulls} null`,
    ...Object.entries(votes).map(([code, n]) => `${code}=${n}`),
  ].join(" ");

/** @throws {Refusal} with the whole of it, where something does not match */
export async function reconcile(office: OfficeClient): Promise<string> {
  const found = await office.get("/reconciliation", reconciliation);
  if (!found) throw new Refusal("This edition has no vote that is held here.");
  const { booths, paper, online, differences } = found;
  const lines = [
    table(
      booths.map(({ station, day, marks, slips }) => [
        day,
        station,
        `${marks} marked`,
        slips === undefined ? "not counted" : `${slips} slips`,
      ]),
    ),
    `On paper: ${paper.onRoll} marked on the roll, ${paper.inLedgers} in the ledgers.`,
    `Online: ${online.marks} marked, ${online.envelopes} envelopes${online.closedOn ? `, closed on ${online.closedOn}` : ", not closed yet"}.`,
  ].filter((line) => line !== "");
  if (differences.length === 0) return [...lines, "All of it matches."].join("\n");
  throw new Refusal([...lines, "It does not match:", ...differences.map(named)].join("\n"));
}

function named(one: z.infer<typeof difference>): string {
  switch (one.kind) {
    case "slips":
      return `  ${one.day} ${one.station}: ${one.marks} people marked, ${one.slips} slips`;
    case "uncounted":
      return `  ${one.day} ${one.station}: ${one.entries === 0 ? "nobody has" : "one person alone has"} counted the slips`;
    case "counts":
      return `  ${one.day} ${one.station}: the two counts differ in ${one.in.join(", ")}`;
    case "paper":
      return `  ${one.onRoll} people are marked on the roll, ${one.inLedgers} in the ledgers`;
    case "online":
      return `  ${one.marks} people are marked online, ${one.envelopes} envelopes came`;
  }
}
