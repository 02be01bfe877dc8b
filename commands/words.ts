import { join } from "node:path";
import { parseArgs } from "node:util";
import { Defect } from "../core/defect.ts";
import { today } from "../core/edition/calendar.ts";
import type { Params } from "../core/engine/message.ts";
import type { Words } from "../core/words.ts";
import { loadEdition } from "../editions/load.ts";
import { fillingOf } from "../locales/filling.ts";
import { loadWords, type Origin, originOf } from "../locales/index.ts";
import { localeFiles, localeKeys, messageKeys } from "../locales/messages.ts";
import {
  AVERAGE,
  averageOf,
  exempt,
  hardOf,
  LEAST,
  LONG,
  type Measured,
  measure,
} from "../locales/readability.ts";

const usage = `npm run words -- [--lang ro] [--in FOLDER]

Says of each language and file how many of the Italian messages are there, and whether a person made or
confirmed them; what is wrong with a file stands below. Of Italian it says how easily messages are read
(Gulpease): a file's average, and its hardest message.

Ends with 1 where a file lacks messages or is filled otherwise than the Italian one. FOLDER holds the
languages, locales unless given.`;

const SOURCE = "it";
const { values } = parseArgs({
  options: {
    lang: { type: "string" },
    in: { type: "string", default: join(import.meta.dirname, "../locales") },
    help: { type: "boolean", short: "h" },
  },
});
const folder = values.in;

/** @returns the exit code */
function main(asked: string | undefined): number {
  const words = loadWords(folder);
  const all = [...new Set([...words.languages, ...Object.keys(words.unfinished())])];
  if (asked !== undefined && !all.includes(asked)) {
    console.error(`There are no words in "${asked}": use one of ${all.join(", ")}.`);
    return 2;
  }
  for (const language of asked === undefined ? all : [asked]) console.log(report(words, language).join("\n"));
  const broken = Object.keys(words.unfinished());
  return (asked === undefined ? broken.length > 0 : broken.includes(asked)) ? 1 : 0;
}

function report(words: Words, language: string): readonly string[] {
  const origin = originOf(language, folder);
  const mistakes = words.unfinished()[language] ?? [];
  const filling = language === SOURCE ? demonstration() : undefined;
  const rows = localeFiles(SOURCE, folder).map((file) => {
    const said = filling ? readability(words, filling, file) : madeBy(words, language, origin, file);
    return `  ${file.padEnd(12)} ${count(language, file).padStart(7)}  ${said}`;
  });
  const offered = words.languages.includes(language) ? "" : " (not offered)";
  const notes =
    language === SOURCE ? Object.entries(exempt).map(([key, why]) => `  not measured: ${key}. ${why}`) : [];
  return [`${language}${offered}`, ...rows, ...notes, ...mistakes.map((mistake) => `  ! ${mistake}`), ""];
}

/** How many messages and lists of words of a file are there, of how many. */
function count(language: string, file: string): string {
  const all = localeKeys(SOURCE, file, folder);
  const keys = new Set(
    localeFiles(language, folder).includes(file) ? localeKeys(language, file, folder) : [],
  );
  return `${all.filter((key) => keys.has(key)).length}/${all.length}`;
}

function madeBy(words: Words, language: string, { made, confirmed }: Origin, file: string): string {
  if (!words.covers(language, file)) return "not covered: offered in another language";
  const by = confirmed[file];
  if (by) return `confirmed by ${by.by}, ${by.on}`;
  return made === "machine" ? "machine-made" : "";
}

/** Measured as citizens read it: with the demonstration's own words in it. */
function demonstration(): Params {
  const demo = loadEdition(
    join(import.meta.dirname, "../editions/demo.yaml"),
    today(new Date(), "Europe/Rome"),
  );
  if (!demo.ok) throw new Error("The demonstration has mistakes: run npm run edition -- check.");
  return fillingOf(demo.edition);
}

function readability(words: Words, filling: Params, file: string): string {
  try {
    return easeOf(measure(words, filling, messageKeys(SOURCE, file, folder)));
  } catch (error) {
    if (error instanceof Defect) return `cannot be measured: ${error.message}`;
    throw error;
  }
}

function easeOf(measured: readonly Measured[]): string {
  const [first] = measured;
  if (!first) return "";
  const lowest = measured.reduce((low, one) => (one.index < low.index ? one : low), first);
  const average = averageOf(measured);
  const hard = hardOf(measured).map(({ key }) => `${key} is under ${LEAST} with ${LONG} words or more`);
  const poor = average < AVERAGE ? [`the average is under ${AVERAGE}`] : [];
  const hardest = `hardest ${lowest.index.toFixed(0)} ${lowest.key}`;
  return [`Gulpease ${average.toFixed(0)}, ${hardest}`, ...poor, ...hard].join("; ");
}

if (values.help) console.log(usage);
else process.exitCode = main(values.lang);
