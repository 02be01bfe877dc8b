import { statSync } from "node:fs";
import type { Session } from "../core/engine/session.ts";
import { makeUnderstanding } from "../core/understanding/understand.ts";
import { loadModel } from "../locales/understanding.ts";
import { readUntrained, readUtterances, trainedLanguages } from "../scripts/training/corpus.ts";
import { measure, type Outcome, outcomesOf } from "../scripts/training/measure.ts";
import { foldsOf, train } from "../scripts/training/train.ts";
import { trainPeer } from "../test/support/node-nlp.ts";
import { fresh, says, talk } from "../test/support/talk.ts";
import { percentiles, print } from "./print.ts";

type Understand = (text: string) => Promise<Outcome["understood"] | undefined>;

/**
 * Cross-validated, on the development sentences and on those held out: our classifier and node-nlp, both
 * trained on the same sentences in this run. Times are of one sentence; weights are as they are kept.
 */
export async function understandingBench(): Promise<void> {
  // Ours first: what node-nlp leaves in memory slows whatever is timed after it.
  for (const language of trainedLanguages()) await ours(language);
  for (const language of trainedLanguages()) await peers(language);
}

async function ours(language: string): Promise<void> {
  const { model, crossValidated } = train(language);
  const understand = makeUnderstanding(async () => model);
  print("understanding", `own, ${language}, cross-validated`, { ...crossValidated });
  const weightBytes = statSync(`locales/${language}/understanding/model.json`).size;
  await untrained("own", language, (text) => understand(language, text), weightBytes);
  const shipped = makeUnderstanding(loadModel);
  const began = performance.now();
  await shipped(language, "ciao");
  print("understanding", `own, ${language}, first sentence`, { ms: Math.round(performance.now() - began) });
  const met: Session = { ...fresh(), language };
  const asked = talk(met, says(language === "it" ? "proposta" : "proposal")).session;
  for (const [what, answer] of [
    ["4096 characters", (text: string) => shipped(language, text)],
    ["a turn of 4096 characters", turn(shipped, language, met)],
    ["a turn of 4096 characters to a question", turn(shipped, language, asked)],
  ] as const) {
    const times = await timesOf(answer, hostile);
    print("understanding", `own, ${language}, ${what}`, { ...percentiles(times), most: worst(times) });
  }
}

/** All that a message goes through, but for what is kept: secrets, words, the question's reader, what is meant, mentions. */
function turn(understand: ReturnType<typeof makeUnderstanding>, language: string, before: Session) {
  return async (text: string) => {
    const understood = await understand(language, text);
    talk(before, says(text), { find: ({ kind }) => (kind === "meaning" ? understood : undefined) });
  };
}

const worst = (times: readonly number[]): number => Math.round(Math.max(...times) * 10) / 10;

async function peers(language: string): Promise<void> {
  const corpus = readUtterances(language);
  const folds = foldsOf(corpus);
  const outcomes: Outcome[] = [];
  for (const fold of new Set(folds)) {
    const peer = await trainPeer(
      language,
      corpus.filter((_, at) => folds[at] !== fold),
    );
    outcomes.push(
      ...(await outcomesOf(
        peer.understand,
        corpus.filter((_, at) => folds[at] === fold),
      )),
    );
  }
  print("understanding", `node-nlp, ${language}, cross-validated`, { ...measure(outcomes) });
  const peer = await trainPeer(language, corpus);
  await untrained("node-nlp", language, peer.understand, peer.bytes);
}

async function untrained(name: string, language: string, understand: Understand, weightBytes: number) {
  for (const kind of ["development", "held-out"] as const) {
    const examples = readUntrained(kind, language);
    const times = await timesOf(
      understand,
      examples.map(({ text }) => text),
    );
    const scores = measure(await outcomesOf(understand, examples));
    print("understanding", `${name}, ${language}, ${kind}`, {
      ...scores,
      ...percentiles(times),
      weightBytes,
    });
  }
}

/** Milliseconds for each sentence, the best of five rounds, as what else runs on the machine only slows it. */
async function timesOf(
  answer: (text: string) => Promise<unknown>,
  texts: readonly string[],
): Promise<readonly number[]> {
  const best = texts.map(() => Number.POSITIVE_INFINITY);
  for (let round = 0; round < 5; round++)
    for (const [at, text] of texts.entries()) {
      const began = performance.now();
      await answer(text);
      best[at] = Math.min(best[at] ?? 0, performance.now() - began);
    }
  return best;
}

/** As long as a message may be, and hard for readers of entities. */
const hostile = [
  ...[
    "12/3/50 3331234567 € 3.500,00 ",
    "come si vota? ",
    "a",
    "😂",
    "à’-",
    "vorrei proporre il wifi a Gropparello ",
  ],
  ...[
    "la mia password è ",
    "il pin 1 2 3 4 ",
    "4000 5000 ",
    "nato il 3 maggio del ",
    "mila cento e ",
    "\u202e.",
    "1",
  ],
].map((part) => part.repeat(4096).slice(0, 4096));
