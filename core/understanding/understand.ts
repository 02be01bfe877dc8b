import { decide, type Ranked, type Understood } from "./decision.ts";
import { labels } from "./intents.ts";
import type { Model } from "./model.ts";

export type { Understood };

/**
 * What somebody wants, from a free sentence; `undefined` where the language has no classifier. The same
 * sentence is always understood in the same way, whatever is in it; nothing of it is kept.
 */
export type Understand = (language: string, text: string) => Promise<Understood | undefined>;

/**
 * @param model reads what was trained for a language, once, when it is first needed
 * @param instead the language whose classifier reads what is written where there is none: whoever has their
 *   phone in Romanian may well write in Italian, and what is not is nearly always refused
 */
export function makeUnderstanding(
  model: (language: string) => Promise<Model | undefined>,
  instead?: string,
): Understand {
  const ready = new Map<string, Promise<Model | undefined>>();
  let engine: ReturnType<typeof loadEngine> | undefined;

  async function prepare(language: string): Promise<Model | undefined> {
    const trained = await model(language);
    if (!trained) return undefined;
    engine ??= loadEngine();
    const { nlp, teach } = await engine;
    teach(nlp, trained);
    return trained;
  }

  async function ownOf(language: string): Promise<Model | undefined> {
    let preparing = ready.get(language);
    if (!preparing) {
      preparing = prepare(language);
      ready.set(language, preparing);
      // What could not be read may be there the next time; who asked now is told below.
      preparing.catch(() => ready.delete(language));
    }
    return preparing;
  }

  return async (language, text) => {
    const own = await ownOf(language);
    const trained = own ?? (instead === undefined ? undefined : await ownOf(instead));
    if (!trained || !engine) return undefined;
    const { nlp } = await engine;
    const { classifications } = await nlp.classify(trained.language, text);
    return decide(classifications.flatMap(ranked), trained.thresholds);
  };
}

/** NLP.js takes a tenth of a second to load: a start, and who never writes freely, do without. */
async function loadEngine() {
  const { makeEngine, teach } = await import("./engine.ts");
  return { nlp: makeEngine(), teach };
}

function ranked({ intent, score }: { readonly intent: string; readonly score: number }): readonly Ranked[] {
  const label = labels.find((one) => one === intent);
  return label ? [[label, score]] : [];
}
