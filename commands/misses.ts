import { join } from "node:path";
import { z } from "zod";
import { type Label, labels } from "../core/understanding/intents.ts";
import { Misuse, type OfficeClient, Refusal, runOfficeCommand } from "./office.ts";
import { addUtterance, labelOf } from "./utterances.ts";

const usage = `npm run misses -- list [--lang it]
npm run misses -- label ID INTENT
npm run misses -- drop ID

Sentences that the assistant did not understand, with nothing of a person left in them: … stands for words
that are not known, # for a number. They are kept only where the edition says so (privacy.misses).

  list   those that are kept, what was said most often first, each with the likeliest guess
  label  writes it into locales/<language>/utterances/<intent>.yaml, for npm run train to learn from
  drop   forgets it

INTENT is one of ${labels.join(", ")}.

Works beside a running process, or by itself.
Ends with 0 when done, with 1 when not and why, with 2 when the command is not understood.`;

const misses = z.array(
  z.object({ id: z.string(), language: z.string(), text: z.string(), guess: z.string(), count: z.number() }),
);

const kept = async (office: OfficeClient, language?: string) =>
  (await office.get(`/misses${language ? `?language=${encodeURIComponent(language)}` : ""}`, misses)) ?? [];

/** The sentence last, and whole: it is what one reads. */
async function list(office: OfficeClient, language: string | undefined): Promise<string> {
  const all = await kept(office, language);
  if (all.length === 0) return "No sentence is kept.";
  const widest = Math.max(...all.map(({ guess }) => guess.length));
  return all
    .map(({ id, count, language: spoken, guess, text }) =>
      [id, String(count).padStart(4), spoken, guess.padEnd(widest), text].join("  "),
    )
    .join("\n");
}

async function label(office: OfficeClient, id: string, intent: Label): Promise<string> {
  const miss = (await kept(office)).find((one) => one.id === id);
  if (!miss) throw unknown(id);
  const file = addUtterance(join(import.meta.dirname, ".."), miss.language, intent, miss.text);
  await office.post(`/misses/${id}/drop`, {});
  return `«${miss.text}» is in ${file}.
The weights are older than the sentences now, and a test says so: run npm run train, look at the scores it
writes, and commit all of it together.`;
}

async function drop(office: OfficeClient, id: string): Promise<string> {
  const done = await office.post(`/misses/${id}/drop`, {});
  if (done.kind === "unknown") throw unknown(id);
  return `${id} dropped.`;
}

const unknown = (id: string) => new Refusal(`There is no sentence ${id}.`);

await runOfficeCommand({
  usage,
  options: { lang: { type: "string" } },
  plan([command, id, intent, ...rest], { lang }) {
    if (command === "list" && id === undefined) return (office) => list(office, lang);
    if (id === undefined || !/^[0-9a-f]{8}$/.test(id) || rest.length > 0)
      throw new Misuse("Which sentence? Give its id, as list shows it.");
    if (command === "drop" && intent === undefined) return (office) => drop(office, id);
    if (command === "label" && intent !== undefined) {
      const wish = labelOf(intent);
      if (!wish) throw new Misuse(`There is no intent ${intent}.`);
      return (office) => label(office, id, wish);
    }
    throw new Misuse("That is none of these commands.");
  },
});
