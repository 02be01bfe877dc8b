import { readFile } from "node:fs/promises";
import { parse } from "yaml";
import { z } from "zod";
import { listed, type Moved, moved, previewed, status, tried, written } from "./campaign-answers.ts";
import { drawPreview } from "./campaign-preview.ts";
import { drawStatus } from "./campaign-status.ts";
import { Misuse, type OfficeClient, Refusal, runOfficeCommand } from "./office.ts";
import { table, when } from "./terminal.ts";

const usage = `npm run campaign -- list
npm run campaign -- new FILE
npm run campaign -- preview ID [--at TIME]
npm run campaign -- test ID --to CODE
npm run campaign -- send ID --by NAME [--at TIME]
npm run campaign -- approve ID --by NAME
npm run campaign -- pause ID | resume ID | stop ID
npm run campaign -- status ID

Messages to many people, who asked for them: docs/reminders.md.

  list     those that were written, and those that the calendar of the edition will make
  new      reads a campaign from a YAML or JSON file; one of the same id that was not sent yet is replaced
  preview  how many get it, how many do not and why, what it costs, and how it looks; sends nothing
  test     sends it to one chat: whoever writes «codice di prova» to the assistant gets its CODE, good for a day
  send     sends it, now or at TIME (2026-10-05 09:00, by the clocks of the edition); to more people than the
           edition's reminders.approvalAbove only after somebody else approved it
  approve  lets begin what somebody else sent
  pause    writes to nobody else until it is resumed
  stop     ends it for good; of one that the calendar makes, also before it begins
  status   how far it is: who waits, and what became of everybody else

Works beside a running process, or by itself.
Ends with 0 when done, with 1 when not and why, with 2 when the command is not understood.`;

const at = (id: string, rest = "") => `/campaigns/${encodeURIComponent(id)}${rest}`;
const unknown = (id: string) =>
  new Refusal(`There is no campaign ${id}: npm run campaign -- list shows those that there are.`);

async function list(office: OfficeClient): Promise<string> {
  const all = (await office.get("/campaigns", listed)) ?? [];
  if (all.length === 0) return "There is no campaign, and the calendar makes none.";
  return table(
    all.map(({ id, state, from, until }) => [
      id,
      state === "calendar" ? "by the calendar" : state,
      `${when(from)} – ${when(until)}`,
    ]),
  );
}

async function write(office: OfficeClient, file: string): Promise<string> {
  const read = z.looseObject({}).safeParse(await readYaml(file));
  if (!read.success) throw new Refusal(`${file} holds no campaign: docs/reminders.md shows one.`);
  const done = await office.call("/campaigns", read.data, written);
  if (done?.kind === "written") return `${done.id} is kept, and not sent: preview it.`;
  if (done?.kind === "sent")
    throw new Refusal(`${done.id} was sent already: give the new one another id, or stop that one.`);
  const mistakes = done?.mistakes ?? [];
  throw new Refusal(
    [`${file} cannot be used:`, ...mistakes.map(({ path, message }) => `  ${path}: ${message}`)].join("\n"),
  );
}

async function readYaml(file: string): Promise<unknown> {
  const text = await readFile(file, "utf8").catch(() => {
    throw new Refusal(`${file} cannot be read: check its path.`);
  });
  try {
    return parse(text);
  } catch (error) {
    throw new Refusal(`${file} is not YAML: ${error instanceof Error ? error.message : ""}`);
  }
}

async function preview(office: OfficeClient, id: string, time: string | undefined): Promise<string> {
  const query = time === undefined ? "" : `?at=${encodeURIComponent(time)}`;
  const told = await office.get(at(id, `/preview${query}`), previewed);
  if (!told) throw unknown(id);
  return drawPreview(told);
}

async function test(office: OfficeClient, id: string, code: string): Promise<string> {
  const done = await office.call(at(id, "/test"), { code }, tried);
  if (!done) throw unknown(id);
  if (done.kind === "tried") return `Sent to that chat alone, on ${done.channel} in ${done.language}.`;
  throw new Refusal(
    `No chat has the code ${code} now: write «codice di prova» in yours, and take the new one.`,
  );
}

async function act(office: OfficeClient, id: string, verb: string, body: object): Promise<string> {
  const done = await office.call(at(id, `/${verb}`), body, moved);
  if (!done) throw unknown(id);
  if (done.kind === "moved") return acted(id, done);
  if (done.kind === "samePerson") throw new Refusal(`${done.by} sent it: somebody else has to approve it.`);
  if (done.kind === "tooLate") throw new Refusal(`It would be too late: it ends on ${when(done.until)}.`);
  throw new Refusal(`${id} is ${done.state}: nothing was done.`);
}

function acted(id: string, { state, gets, approvalAbove }: Extract<Moved, { kind: "moved" }>): string {
  const people = gets === undefined ? "" : ` ${gets} people get it as things are now.`;
  if (state === "waiting")
    return `${id} waits for approval, as it goes to more than ${approvalAbove}.${people}\nSomebody else types: npm run campaign -- approve ${id} --by NAME`;
  if (state === "scheduled") return `${id} begins at its time.${people}`;
  return `${id} is ${state}.`;
}

async function show(office: OfficeClient, id: string): Promise<string> {
  const told = await office.get(at(id), status);
  if (!told) throw unknown(id);
  return drawStatus(told);
}

await runOfficeCommand({
  usage,
  options: { at: { type: "string" }, by: { type: "string" }, to: { type: "string" } },
  plan([command, id, ...rest], { at: time, by, to }) {
    if (command === "list" && id === undefined) return list;
    if (id !== undefined && rest.length === 0) {
      switch (command) {
        case "new":
          return (office) => write(office, id);
        case "preview":
          return (office) => preview(office, id, time);
        case "status":
          return (office) => show(office, id);
        case "test":
          if (to === undefined) throw new Misuse("Say to which chat: --to CODE.");
          return (office) => test(office, id, to);
        case "send":
          if (by === undefined) throw new Misuse("Say who sends it: --by NAME.");
          return (office) => act(office, id, command, { by, ...(time !== undefined && { at: time }) });
        case "approve":
          if (by === undefined) throw new Misuse("Say who approves it: --by NAME.");
          return (office) => act(office, id, command, { by });
        case "pause":
        case "resume":
        case "stop":
          return (office) => act(office, id, command, {});
      }
    }
    throw new Misuse("That is none of these commands.");
  },
});
