/**
 * Trains the classifiers of free sentences on what stands in locales/<language>/utterances.
 *
 *   npm run train            writes locales/<language>/understanding/model.json and scores.json
 *   npm run train -- --check exits 1 where these are not what the sentences give
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeUnderstanding } from "../core/understanding/understand.ts";
import { writeModel } from "../locales/understanding.ts";
import { readUntrained, trainedLanguages } from "./training/corpus.ts";
import { measure, outcomesOf } from "./training/measure.ts";
import { train } from "./training/train.ts";

const check = process.argv.includes("--check");

for (const language of trainedLanguages()) {
  const { model, crossValidated } = train(language);
  const understand = makeUnderstanding(async () => model);
  const outcomes = (kind: "development" | "held-out") =>
    outcomesOf((text) => understand(language, text), readUntrained(kind, language));
  const scores = {
    crossValidated,
    development: measure(await outcomes("development")),
    heldOut: measure(await outcomes("held-out")),
  };
  console.log(JSON.stringify({ language, ...model.thresholds, temperature: model.temperature, ...scores }));
  keep(language, "model.json", writeModel(model));
  keep(language, "scores.json", `${JSON.stringify(scores, null, 2)}\n`);
}

function keep(language: string, name: string, content: string): void {
  const path = join("locales", language, "understanding", name);
  if (!check) {
    writeFileSync(path, content);
  } else if (!existsSync(path) || readFileSync(path, "utf8") !== content) {
    console.error(`${path} is not what the sentences give: run npm run train.`);
    process.exitCode = 1;
  }
}
