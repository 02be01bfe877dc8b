import { NlpManager } from "node-nlp";
import type { Understood } from "../../core/understanding/decision.ts";
import { intents, OUT_OF_SCOPE } from "../../core/understanding/intents.ts";
import type { Example } from "../../scripts/training/corpus.ts";

/** node-nlp as it comes, beside which our classifier is tried. */
export interface Peer {
  understand(text: string): Promise<Understood>;
  /** How large its weights are, in the form it saves them in. */
  readonly bytes: number;
}

/** Trains it on the same sentences, out of scope being an intent like the others. */
export async function trainPeer(language: string, examples: readonly Example[]): Promise<Peer> {
  const manager = new NlpManager({
    languages: [language],
    autoSave: false,
    autoLoad: false,
    nlu: { log: false },
  });
  // It would warn of sentences without a word.
  const quiet = () => undefined;
  manager.container.register("logger", { warn: quiet, log: quiet, debug: quiet, info: quiet, error: quiet });
  for (const { text, label } of examples) manager.addDocument(language, text, label);
  await manager.train();
  return {
    bytes: Buffer.byteLength(manager.export(true)),
    async understand(text) {
      // Its own threshold, 0.5, makes "None" of what it is not sure of.
      const { intent: chosen, score, classifications } = await manager.process(language, text);
      const top3 = classifications
        .flatMap((one) => intents.filter((intent) => intent === one.intent))
        .slice(0, 3);
      const [intent = "help"] = top3;
      const understood = chosen !== "None" && chosen !== OUT_OF_SCOPE;
      return { intent, score, top3, decision: understood ? "answer" : "fallback" };
    },
  };
}
