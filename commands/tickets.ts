import { z } from "zod";
import { loadWords } from "../locales/index.ts";
import { Misuse, type OfficeClient, type Outcome, Refusal, runOfficeCommand } from "./office.ts";
import { indented, table, when } from "./terminal.ts";

const usage = `npm run tickets -- list [--all]
npm run tickets -- show NUMBER
npm run tickets -- answer NUMBER "TEXT" [--again]
npm run tickets -- close NUMBER [--because "TEXT"]

The questions that people put to the office in the chat.

  list     those that wait for an answer, the oldest first; with --all every one
  show     what was written on both sides, and what the assistant was asking when it came up
  answer   answers in the chat that the person used last; --again where it is answered already
  close    closes it; with --because the person is told why, without it nothing is said

Works beside a running process, or by itself: then what is told is sent at the next start.
Ends with 0 when done, with 1 when not and why, with 2 when the command is not understood.`;

const summary = z.object({
  number: z.number(),
  state: z.string(),
  asked: z.string().optional(),
  openedAt: z.coerce.date(),
  last: z.object({ from: z.string(), text: z.string() }).optional(),
});
const ticket = summary.extend({
  writings: z.array(z.object({ from: z.string(), text: z.string(), at: z.coerce.date() })),
});

async function list(office: OfficeClient, all: boolean): Promise<string> {
  const tickets = (await office.get(`/tickets${all ? "?all=1" : ""}`, z.array(summary))) ?? [];
  if (tickets.length === 0) return all ? "There are no questions." : "No question waits for an answer.";
  return table(
    tickets.map(({ number, state, openedAt, last }) => [
      String(number),
      state,
      when(openedAt),
      last?.text ?? "(cannot be read)",
    ]),
  );
}

async function show(office: OfficeClient, number: number): Promise<string> {
  const found = await office.get(`/tickets/${number}`, ticket);
  if (!found) throw unknown(number);
  return [
    `${number} ${found.state}, since ${when(found.openedAt)}`,
    ...(found.asked ? [`while being asked: ${nameOf(found.asked)}`] : []),
    ...found.writings.map(({ from, text, at }) => `\n${when(at)} ${from}\n${indented(text)}`),
  ].join("\n");
}

/** What the step of a flow is called to the person, where it has a name. */
function nameOf(asked: string): string {
  const words = loadWords();
  const [language = "it"] = words.languages;
  const key = `${asked}.name`;
  return words.has(language, key) ? `${words.say(language, { key })} (${asked})` : asked;
}

function told(number: number, done: Outcome, what: string, silent = false): string {
  if (done.kind === "unknown") throw unknown(number);
  if (done.kind === "conflict") {
    const more = done.state === "answered" ? " To write to the person all the same: --again" : "";
    throw new Refusal(`Question ${number} is ${done.state}: nothing was done.${more}`);
  }
  return `${number} ${what}.${done.told || silent ? "" : " There is no chat left to tell the person in."}`;
}

const unknown = (number: number) => new Refusal(`There is no question ${number}.`);

await runOfficeCommand({
  usage,
  options: {
    all: { type: "boolean", default: false },
    again: { type: "boolean", default: false },
    because: { type: "string" },
  },
  plan([command, numeral, text, ...rest], { all, again, because }) {
    if (command === "list" && numeral === undefined) return (office) => list(office, all);
    const number = numeral !== undefined && /^\d{1,9}$/.test(numeral) ? Number(numeral) : undefined;
    if (number === undefined || rest.length > 0) throw new Misuse("Which question? Give its number.");
    const at = `/tickets/${number}`;
    if (command === "show" && text === undefined) return (office) => show(office, number);
    if (command === "answer" && text !== undefined) {
      return async (office) => told(number, await office.post(`${at}/answer`, { text, again }), "answered");
    }
    if (command === "close" && text === undefined) {
      const body = because === undefined ? {} : { because };
      return async (office) =>
        told(number, await office.post(`${at}/close`, body), "closed", because === undefined);
    }
    throw new Misuse("That is none of these commands.");
  },
});
