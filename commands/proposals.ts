import { z } from "zod";
import { Misuse, type OfficeClient, type Outcome, Refusal, runOfficeCommand } from "./office.ts";
import { indented, table, when } from "./terminal.ts";

const usage = `npm run proposals -- list
npm run proposals -- show CODE
npm run proposals -- admit CODE [--note "TEXT"] [--again]
npm run proposals -- refuse CODE --because "TEXT" [--again]
npm run proposals -- note CODE "TEXT"

The proposals of the edition, and what the commission decides of them.

  list     every proposal, in the order in which they came
  show     a proposal whole, who sent it, and what was decided and noted
  admit    admits it; the proponent is told in the chat, with the note where there is one
  refuse   refuses it; the proponent is told why
  note     notes something for the commission alone: the proponent does not see it
  --again  decides the contrary of what was decided

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
  return [
    `${its} ${state}, sent ${when(sentAt)}`,
    title,
    name === ""
      ? "by somebody whose data was erased"
      : `by ${name} ${surname}${association ? ` for ${association}` : ""}, ${email}`,
    ...Object.entries(rest).map(([part, value]) => `\n${part}\n${indented(String(value) || "-")}`),
    ...found.notes.map(
      ({ at: time, decision, text }) =>
        `\n${when(time)} ${decision ?? "noted"}${text ? `\n${indented(text)}` : ""}`,
    ),
  ].join("\n");
}

function told(code: string, done: Outcome, what: string, silent = false): string {
  if (done.kind === "unknown") throw unknown(code);
  if (done.kind === "conflict") {
    const isDecided = done.state === "admitted" || done.state === "refused";
    const more = isDecided ? " To decide the contrary: --again" : "";
    throw new Refusal(`Proposal ${code} is ${done.state}: nothing was done.${more}`);
  }
  return `${code} ${what}.${done.told || silent ? "" : " There is no chat left to tell the proponent in."}`;
}

const at = (code: string): string => `/proposals/${encodeURIComponent(code)}`;
const unknown = (code: string) => new Refusal(`There is no proposal ${code}.`);

await runOfficeCommand({
  usage,
  options: {
    note: { type: "string" },
    because: { type: "string" },
    again: { type: "boolean", default: false },
  },
  plan([command, typed, text, ...rest], { note, because, again }) {
    if (command === "list" && typed === undefined) return list;
    if (typed === undefined || rest.length > 0) throw new Misuse("Which proposal? Give its code.");
    const code = typed.toUpperCase();
    const post =
      (path: string, body: object, what: string, silent = false) =>
      async (office: OfficeClient) =>
        told(code, await office.post(`${at(code)}/${path}`, body), what, silent);
    if (command === "note" && text !== undefined) return post("note", { text }, "noted", true);
    if (text !== undefined) throw new Misuse("That is none of these commands.");
    switch (command) {
      case "show":
        return (office) => show(office, code);
      case "admit":
        return post("admit", { again, ...(note !== undefined && { because: note }) }, "admitted");
      case "refuse":
        if (because === undefined) throw new Misuse('Say why, to the proponent: --because "TEXT".');
        return post("refuse", { because, again }, "refused");
      default:
        throw new Misuse("That is none of these commands.");
    }
  },
});
