import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { exportFile } from "../core/voting/export.ts";
import { result } from "../core/voting/result.ts";
import { paperTotals } from "../core/voting/totals.ts";
import { Misuse, type OfficeClient, Refusal, runOfficeCommand } from "./office.ts";
import { table } from "./terminal.ts";

const usage = `npm run vote -- status
npm run vote -- close
npm run vote -- export --out FOLDER [--unconfirmed]
npm run vote -- publish RESULT.json [--again]
npm run vote -- destroy --appeals-over

The end of the vote.

  status   the roll, who voted and how, what is in spool and urn; how many, never who
  close    after the last day: mixes for the last time, rewrites the tables, and takes no more votes
  export   writes envelopes.json and paper.json, which npm run count takes on a machine that is offline,
           before two of the three guarantors; --unconfirmed goes on although slips were not counted twice
  publish  publishes what npm run count printed, once it is of this ballot, these envelopes and these slips;
           --again puts another in its place
  destroy  once nobody can appeal any more: destroys roll, marks, register and envelopes. Result, board and
           turnout stay. Then destroy the guarantors' shares, the backups, and LOOKUP_PEPPER with the database

Works beside a running process, or by itself.
Ends with 0 when done, with 1 when not and why, with 2 when the command is not understood.`;

const day = z.string();
const status = z.object({
  closedOn: day.optional(),
  onRoll: z.number(),
  markedOnline: z.number(),
  markedPaper: z.number(),
  inSpool: z.number(),
  inUrn: z.number(),
});
const waiting = z.array(z.object({ station: z.string(), day }));
const standing = z.object({
  projects: z.number(),
  publishedOn: day.optional(),
  urns: status,
  unconfirmed: waiting,
});

/** What the office answers where it does not do what was asked. */
const refusal = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("noBallot") }),
  z.object({ kind: z.literal("stillOpen"), to: day }),
  z.object({ kind: z.literal("notClosed") }),
  z.object({ kind: z.literal("unconfirmed"), unconfirmed: waiting }),
  z.object({ kind: z.literal("otherBallot") }),
  z.object({ kind: z.literal("otherRules") }),
  z.object({ kind: z.literal("otherEnvelopes") }),
  z.object({ kind: z.literal("otherNumber"), counted: z.number(), expected: z.number() }),
  z.object({ kind: z.literal("published"), on: day }),
  z.object({ kind: z.literal("notPublished") }),
]);

function why(off: z.infer<typeof refusal>): string {
  switch (off.kind) {
    case "noBallot":
      return "There is no ballot: the vote has not begun, or no proposal was admitted.";
    case "stillOpen":
      return `The online vote goes on until ${off.to}: close it the day after.`;
    case "notClosed":
      return "The box is not closed yet: npm run vote -- close";
    case "unconfirmed":
      return `Slips that two people have not counted alike: ${slips(off.unconfirmed)}. To go on without them: --unconfirmed`;
    case "otherBallot":
      return "This is the result of another ballot.";
    case "otherRules":
      return "Winners were picked with another budget, other costs or other rules than the edition's.";
    case "otherEnvelopes":
      return "Other envelopes were counted than those in the urn.";
    case "otherNumber":
      return `${off.counted} ballots were counted; envelopes and confirmed slips are ${off.expected}.`;
    case "published":
      return `A result was published on ${off.on}. To put this one in its place: --again`;
    case "notPublished":
      return "Publish the result first: afterwards nothing can be counted again.";
  }
}

const slips = (all: z.infer<typeof waiting>): string =>
  all.map(({ station, day }) => `${station} on ${day}`).join(", ");

/** What was done, or the reason why not, as a {@link Refusal}. */
async function insist<T>(
  answer: Promise<T | z.infer<typeof refusal> | undefined>,
  schema: z.ZodType<T>,
): Promise<T> {
  const given = await answer;
  const done = schema.safeParse(given);
  if (done.success) return done.data;
  throw new Refusal(why(refusal.parse(given)));
}

async function show(office: OfficeClient): Promise<string> {
  const found = await office.get("/vote", standing);
  if (!found) throw new Refusal("This edition has no vote of its own.");
  const { urns, projects, unconfirmed, publishedOn } = found;
  return table([
    ["projects on the ballot", String(projects)],
    ["on the roll", String(urns.onRoll)],
    ["voted online", String(urns.markedOnline)],
    ["voted on paper", String(urns.markedPaper)],
    ["envelopes waiting for the mixer", String(urns.inSpool)],
    ["envelopes in the urn", String(urns.inUrn)],
    ["slips not counted twice", unconfirmed.length === 0 ? "none" : slips(unconfirmed)],
    ["closed", urns.closedOn ?? "no"],
    ["published", publishedOn ?? "no"],
  ]);
}

const closed = z.object({ kind: z.literal("closed"), urns: status });
async function close(office: OfficeClient): Promise<string> {
  const { urns } = await insist(office.call("/vote/close", {}, z.union([closed, refusal])), closed);
  const missing = urns.markedOnline - urns.inUrn;
  const fit =
    missing === 0
      ? "as many as marks on the roll"
      : `but ${urns.markedOnline} marks on the roll: tell the guarantors`;
  return `Closed. ${urns.inUrn} envelopes in the urn, ${fit}.`;
}

const exported = z.object({ kind: z.literal("export"), envelopes: exportFile, paper: paperTotals });
const write = (out: string, goOn: boolean) => async (office: OfficeClient) => {
  const path = `/vote/export${goOn ? "?unconfirmed=1" : ""}`;
  const { envelopes, paper } = await insist(office.get(path, z.union([exported, refusal])), exported);
  await mkdir(out, { recursive: true });
  await writeFile(join(out, "envelopes.json"), `${JSON.stringify(envelopes)}\n`);
  await writeFile(join(out, "paper.json"), `${JSON.stringify(paper, null, 2)}\n`);
  return `${envelopes.envelopes.length} envelopes and ${paper.length} booths are in ${out}. Count them offline: npm run count -- --help`;
};

const done = z.object({ kind: z.literal("done") });
const publish = (file: string, again: boolean) => async (office: OfficeClient) => {
  const counted = await read(file);
  await insist(office.call("/vote/publish", { result: counted, again }, z.union([done, refusal])), done);
  return "Published: in the chat, at /dati/risultati and as open data.";
};

async function read(file: string): Promise<z.infer<typeof result>> {
  const content = await readFile(file, "utf8").catch(() => {
    throw new Refusal(`${file} cannot be read.`);
  });
  try {
    return result.parse(JSON.parse(content));
  } catch (error) {
    const what = error instanceof z.ZodError ? `\n${z.prettifyError(error)}` : "";
    throw new Refusal(`${file} is not what npm run count prints.${what}`);
  }
}

async function destroy(office: OfficeClient): Promise<string> {
  await insist(office.call("/vote/destroy", {}, z.union([done, refusal])), done);
  return [
    "Destroyed: roll, marks, register, stations and envelopes.",
    "Still to be destroyed by hand: the guarantors' shares, backups, and LOOKUP_PEPPER with the database.",
  ].join("\n");
}

await runOfficeCommand({
  usage,
  options: {
    out: { type: "string" },
    unconfirmed: { type: "boolean", default: false },
    again: { type: "boolean", default: false },
    "appeals-over": { type: "boolean", default: false },
  },
  plan([command, file, ...rest], { out, unconfirmed, again, "appeals-over": appealsOver }) {
    if (rest.length > 0 || (file !== undefined && command !== "publish"))
      throw new Misuse("That is none of these commands.");
    switch (command) {
      case "status":
        return show;
      case "close":
        return close;
      case "export":
        if (out === undefined) throw new Misuse("Say where to: --out FOLDER.");
        return write(out, unconfirmed);
      case "publish":
        if (file === undefined) throw new Misuse("Which result? Give the file that npm run count printed.");
        return publish(file, again);
      case "destroy":
        if (!appealsOver) throw new Misuse("Nobody can count again afterwards: --appeals-over.");
        return destroy;
      default:
        throw new Misuse("That is none of these commands.");
    }
  },
});
