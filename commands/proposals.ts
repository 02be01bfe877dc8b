import { z } from "zod";
import { Misuse, type OfficeClient, Refusal, runOfficeCommand } from "./office.ts";
import { indented, table, when } from "./terminal.ts";

const usage = `npm run proposals -- list
npm run proposals -- show CODE
npm run proposals -- admit CODE [--summary "TEXT"] [--cost N] [--note "TEXT"] [--again]
npm run proposals -- describe CODE [--summary "TEXT"] [--cost N]
npm run proposals -- refuse CODE --because "TEXT" [--again]
npm run proposals -- note CODE "TEXT"

The proposals of the edition, and what the commission decides of them.

  list       every proposal, in the order in which they came
  show       a proposal whole, who sent it, and what was decided and noted
  admit      admits it; the proponent is told in the chat, with the note where there is one
  describe   writes anew what stands on the ballot of a proposal that was admitted; nobody is told
  refuse     refuses it; the proponent is told why
  note       notes something for the commission alone: the proponent does not see it
  --summary  what people read of it on the ballot; at first, the solution as it was proposed
  --cost     what it costs on the ballot, in whole euros; at first, as it was proposed
  --again    decides the contrary of what was decided

Once the vote has begun the ballot is fixed: nothing of this is decided any more.

Works beside a running process, or by itself: then what is told is sent at the next start.
Ends with 0 when done, with 1 when not and why, with 2 when the command is not understood.`;

const proposal = z.object({
  code: z.string(),
  state: z.string(),
  challenge: z.string(),
  title: z.string(),
  need: z.string(),
  solution: z.string(),
  reach: z.string(),
  involved: z.string(),
  place: z.string(),
  cost: z.number(),
  conflicts: z.string(),
  sentAt: z.coerce.date(),
});
const file = z.object({
  proposal,
  onBallot: z.object({ summary: z.string().optional(), cost: z.number().optional() }),
  by: z.object({
    name: z.string(),
    surname: z.string(),
    email: z.string(),
    association: z.string().optional(),
  }),
  notes: z.array(
    z.object({ at: z.coerce.date(), decision: z.string().optional(), text: z.string().optional() }),
  ),
});

async function list(office: OfficeClient): Promise<string> {
  const all = (await office.get("/proposals", z.array(proposal))) ?? [];
  if (all.length === 0) return "There are no proposals.";
  return table(
    all.map(({ code, state, sentAt, cost, title }) => [code, state, when(sentAt), `€${cost}`, title]),
  );
}

async function show(office: OfficeClient, code: string): Promise<string> {
  const found = await office.get(at(code), file);
  if (!found) throw unknown(code);
  const { code: its, state, sentAt, title, ...rest } = found.proposal;
  const { association, name, surname, email } = found.by;
  const { summary, cost } = found.onBallot;
  return [
    `${its} ${state}, sent ${when(sentAt)}`,
    title,
    name === ""
      ? "by somebody whose data was erased"
      : `by ${name} ${surname}${association ? ` for ${association}` : ""}, ${email}`,
    ...Object.entries(rest).map(([part, value]) => `\n${part}\n${indented(String(value) || "-")}`),
    ...(summary === undefined ? [] : [`\nsummary on the ballot\n${indented(summary)}`]),
    ...(cost === undefined ? [] : [`\ncost on the ballot\n${indented(String(cost))}`]),
    ...found.notes.map(
      ({ at: time, decision, text }) =>
        `\n${when(time)} ${decision ?? "noted"}${text ? `\n${indented(text)}` : ""}`,
    ),
  ].join("\n");
}

/** How a call of the commission ended; what is unknown has no answer. */
const ruled = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("done"), told: z.boolean() }),
  z.object({ kind: z.literal("conflict"), state: z.string() }),
  z.object({ kind: z.literal("fixed"), since: z.string() }),
  z.object({ kind: z.literal("tooDear"), cost: z.number(), budget: z.number() }),
]);

/** What was done, in words; `silent` where nobody was to be told. */
function told(code: string, done: z.infer<typeof ruled> | undefined, what: string, silent: boolean): string {
  if (done === undefined) throw unknown(code);
  switch (done.kind) {
    case "done":
      return `${code} ${what}.${done.told || silent ? "" : " There is no chat to tell the proponent in, or they want no news."}`;
    case "conflict": {
      const isDecided = !silent && (done.state === "admitted" || done.state === "refused");
      const more = isDecided ? " To decide the contrary: --again" : "";
      throw new Refusal(`Proposal ${code} is ${done.state}: nothing was done.${more}`);
    }
    case "fixed":
      throw new Refusal(
        `The ballot is fixed since ${done.since}, when the vote began: nothing was done to ${code}.`,
      );
    case "tooDear":
      throw new Refusal(
        `€${done.cost} is more than the whole budget, €${done.budget}: nothing was done to ${code}. Give what it costs with --cost.`,
      );
  }
}

const at = (code: string): string => `/proposals/${encodeURIComponent(code)}`;
const unknown = (code: string) => new Refusal(`There is no proposal ${code}.`);

await runOfficeCommand({
  usage,
  options: {
    note: { type: "string" },
    because: { type: "string" },
    summary: { type: "string" },
    cost: { type: "string" },
    again: { type: "boolean", default: false },
  },
  plan([command, typed, text, ...rest], { note, because, again, summary, cost }) {
    if (command === "list" && typed === undefined) return list;
    if (typed === undefined || rest.length > 0) throw new Misuse("Which proposal? Give its code.");
    const code = typed.toUpperCase();
    const post =
      (path: string, body: object, what: string, silent = false) =>
      async (office: OfficeClient) =>
        told(code, await office.call(`${at(code)}/${path}`, body, ruled), what, silent);
    if (command === "note" && text !== undefined) return post("note", { text }, "noted", true);
    if (text !== undefined) throw new Misuse("That is none of these commands.");
    const entry = {
      ...(summary !== undefined && { summary }),
      ...(cost !== undefined && { cost: euros(cost) }),
    };
    switch (command) {
      case "show":
        return (office) => show(office, code);
      case "admit":
        return post("admit", { again, ...entry, ...(note !== undefined && { because: note }) }, "admitted");
      case "describe":
        if (Object.keys(entry).length === 0)
          throw new Misuse('Say what to write: --summary "TEXT", --cost N or both.');
        return post("describe", entry, "described", true);
      case "refuse":
        if (because === undefined) throw new Misuse('Say why, to the proponent: --because "TEXT".');
        return post("refuse", { because, again }, "refused");
      default:
        throw new Misuse("That is none of these commands.");
    }
  },
});

function euros(typed: string): number {
  if (!/^\d{1,7}$/.test(typed))
    throw new Misuse("Write the cost in whole euros, digits alone: --cost 12000.");
  return Number(typed);
}
