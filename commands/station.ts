import { z } from "zod";
import { Misuse, type OfficeClient, Refusal, runOfficeCommand } from "./office.ts";
import { countIn, enter, reconcile, tallies } from "./station-tallies.ts";
import { table, when } from "./terminal.ts";

const usage = `npm run station -- open NAME --staff "A B" --staff "C D" [--day YYYY-MM-DD]
npm run station -- list
npm run station -- revoke NAME [--day YYYY-MM-DD]
npm run station -- ledger NAME [--day YYYY-MM-DD]
npm run station -- tally NAME --day YYYY-MM-DD --by "A B" --ballots N --blank N --null N --votes CODE=N,CODE=N [--again]
npm run station -- tallies
npm run station -- reconcile

Booths and assisted stations, the slips counted in them, and whether they match the marks.

  open       makes the link that lets one device in that day, and a PIN for each of the two members of
             staff; they are shown once. NAME is the id of a station in the edition, or any name where it
             lists none. A station that was revoked can be opened again, with other people
  list       every station that was opened
  revoke     from then on neither the link nor the device does anything
  ledger     what was done at a station, with nobody's name
  tally      enters what one person counted in the slips of a day; a project that is left out has no votes.
             It counts when a second person entered the same. --again corrects what the same person entered
  tallies    what was entered, and where two people differ
  reconcile  marks against slips by booth and day, and against envelopes online; ends with 1 where
             something does not match

Without --day it is today, as the edition has it. Works beside a running process, or by itself.
Ends with 0 when done, with 1 when not and why, with 2 when the command is not understood.`;

const staff = z.tuple([z.string(), z.string()]);
const summary = z.object({
  name: z.string(),
  day: z.string(),
  staff,
  state: z.string(),
  marks: z.number(),
});
const ledgerOf = summary.extend({
  shifts: z.array(z.object({ staff, from: z.coerce.date() })),
  entries: z.array(z.object({ at: z.coerce.date(), act: z.string(), reason: z.string().optional() })),
});
const opened = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("opened"), day: z.string(), link: z.string(), pins: staff }),
  z.object({ kind: z.literal("exists") }),
  z.object({ kind: z.literal("noBallot") }),
  z.object({ kind: z.literal("noSuchName"), names: z.array(z.string()) }),
  z.object({ kind: z.literal("noVoteThatDay"), day: z.string() }),
]);
const revoked = z.object({ kind: z.literal("revoked"), day: z.string() });

async function open(office: OfficeClient, name: string, people: readonly string[], day: object) {
  const [first = "", second = ""] = people;
  const done = await office.call("/stations", { name, staff: [first, second], ...day }, opened);
  switch (done?.kind) {
    case "opened":
      return [
        `${name} is open for ${done.day}.`,
        `Link for its one device: ${done.link}`,
        `PIN of ${first}: ${done.pins[0]}`,
        `PIN of ${second}: ${done.pins[1]}`,
        "Give each their own PIN alone. This is shown once.",
      ].join("\n");
    case "exists":
      throw new Refusal(`${name} is open that day already. To open it anew, revoke it first.`);
    case "noSuchName":
      throw new Refusal(`The edition has no station ${name}. It has: ${done.names.join(", ")}.`);
    case "noVoteThatDay":
      throw new Refusal(`Nobody votes at a station on ${done.day}, or that day is over.`);
    default:
      throw new Refusal("This edition has no vote that is held here.");
  }
}

async function list(office: OfficeClient): Promise<string> {
  const all = (await office.get("/stations", z.array(summary))) ?? [];
  if (all.length === 0) return "No station was opened.";
  return table(all.map((one) => [one.day, one.name, one.state, `${one.marks} marked`, one.staff.join(", ")]));
}

async function revoke(office: OfficeClient, name: string, day: object): Promise<string> {
  const done = await office.call(`${at(name)}/revoke`, day, revoked);
  if (!done) throw new Refusal(`No station ${name} is open that day.`);
  return `${name} is revoked for ${done.day}.`;
}

async function ledger(office: OfficeClient, name: string, { day }: { day?: string }): Promise<string> {
  const found = await office.get(`${at(name)}/ledger${day ? `?day=${day}` : ""}`, ledgerOf);
  if (!found) throw new Refusal(`No station ${name} was opened that day.`);
  return [
    `${found.name} ${found.day} ${found.state}, ${found.marks} marked`,
    ...found.shifts.map((one) => `from ${when(one.from)}: ${one.staff.join(", ")}`),
    ...found.entries.map(({ at: time, act, reason }) => `${when(time)} ${act}${reason ? ` ${reason}` : ""}`),
  ].join("\n");
}

const at = (name: string): string => `/stations/${encodeURIComponent(name)}`;
const text = { type: "string" } as const;

await runOfficeCommand({
  usage,
  options: {
    staff: { type: "string", multiple: true, default: [] },
    day: text,
    by: text,
    ballots: text,
    blank: text,
    null: text,
    votes: text,
    again: { type: "boolean", default: false },
  },
  plan([command, name, ...rest], { staff: people, day, by, again, ...figures }) {
    if (rest.length > 0) throw new Misuse("A name with spaces goes between quotes.");
    if (day !== undefined && !z.iso.date().safeParse(day).success) {
      throw new Misuse("Write the day as YYYY-MM-DD.");
    }
    const onDay = day === undefined ? {} : { day };
    if (name === undefined) {
      if (command === "list") return list;
      if (command === "tallies") return tallies;
      if (command === "reconcile") return reconcile;
      throw new Misuse("Which station? Give its name.");
    }
    switch (command) {
      case "open": {
        const [one, other] = people;
        if (!one || !other || people.length > 2 || one.trim() === other.trim()) {
          throw new Misuse('Name the two members of staff: --staff "A B" --staff "C D".');
        }
        return (office) => open(office, name, people, onDay);
      }
      case "revoke":
        return (office) => revoke(office, name, onDay);
      case "ledger":
        return (office) => ledger(office, name, onDay);
      case "tally": {
        if (day === undefined || by === undefined) throw new Misuse('Say of which --day, and --by "WHOM".');
        const count = countIn(figures);
        return (office) => enter(office, name, { day, by, again, ...count });
      }
      default:
        throw new Misuse("That is none of these commands.");
    }
  },
});
