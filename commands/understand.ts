import { parseArgs } from "node:util";
import { makeUnderstanding } from "../core/understanding/understand.ts";
import { loadModel } from "../locales/understanding.ts";

const usage = `npm run understand -- [--lang it]

Reads one sentence a line and writes one line of JSON for each, blank ones too:
{"text","lang","intent","score","top3","decision"}, where decision is answer, confirm or fallback.`;

const { values } = parseArgs({
  options: { lang: { type: "string", default: "it" }, help: { type: "boolean", short: "h" } },
});

/** @returns the exit code */
async function main(lang: string): Promise<number> {
  const understand = makeUnderstanding(loadModel);
  if (!(await understand(lang, ""))) {
    console.error(`There is no classifier for --lang ${lang}.`);
    return 2;
  }
  for await (const text of lines(process.stdin)) {
    const understood = await understand(lang, text);
    const score = Math.round((understood?.score ?? 0) * 1e4) / 1e4;
    process.stdout.write(`${JSON.stringify({ text, lang, ...understood, score })}\n`);
  }
  return 0;
}

/** Lines end where the terminal ends them: node:readline would also cut at separators inside a message. */
async function* lines(input: NodeJS.ReadStream): AsyncGenerator<string> {
  let rest = "";
  for await (const chunk of input.setEncoding("utf8")) {
    const parts = `${rest}${chunk}`.split("\n");
    rest = parts.pop() ?? "";
    for (const part of parts) yield part.replace(/\r$/, "");
  }
  if (rest !== "") yield rest;
}

if (values.help) console.log(usage);
else process.exitCode = await main(values.lang);
