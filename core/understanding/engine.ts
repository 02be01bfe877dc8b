import { LangEn } from "@nlpjs/lang-en-min";
import { LangIt } from "@nlpjs/lang-it";
import { Nlp } from "@nlpjs/nlp";
import { Nlu } from "@nlpjs/nlu";
import { makeConcepts } from "./concepts.ts";
import { featuresOf, type Grammar, tidy } from "./features.ts";
import { type Classify, type Model, makeClassify } from "./model.ts";

/** NLP.js's own languages, by their code. Others get its general tokenizer, and words stay whole. */
const languages: Readonly<Record<string, unknown>> = { it: LangIt, en: LangEn };

/** What NLP.js knows our classifier by. */
const CLASSIFIER = "LinearNlu";

/**
 * NLP.js with everything off that is not classifying: its reader of entities took half a minute for
 * some messages and misread amounts, and its files appear where the process happens to run.
 */
export function makeEngine(): Nlp {
  const nlp = new Nlp({ autoSave: false, autoLoad: false, forceNER: false, calculateSentiment: false });
  for (const language of Object.values(languages)) nlp.container.use(language);
  // One for each language: a class given to `useNlu` would be made once, and shared by all of them.
  nlp.container.register(CLASSIFIER, LinearNlu, false);
  return nlp;
}

/** Puts a trained model under a language of the engine. */
export function teach(nlp: Nlp, model: Model): void {
  const { language } = model;
  // What it would otherwise look up first are whole sentences, and it keeps those that it is asked for.
  nlp.container.registerConfiguration(`domain-manager-${language}`, { useStemDict: false });
  // Before the language: one that is there already keeps the classifier it has.
  nlp.useNlu(CLASSIFIER, language, "*", { model });
  nlp.addLanguage(language);
}

/** Our classifier in the place of NLP.js's own. */
class LinearNlu extends Nlu {
  readonly #grammar: Grammar;
  readonly #concepts: ReturnType<typeof makeConcepts>;
  readonly #classify: Classify;
  readonly #labels: readonly string[];

  constructor(settings: { readonly model: Model }, container: Nlp["container"]) {
    super(settings, container);
    const { model } = settings;
    const grammar = grammarOf(container, model.language);
    this.#grammar = grammar;
    this.#concepts = makeConcepts(model.concepts, (word) => tidy(grammar, word));
    this.#classify = makeClassify(model);
    this.#labels = model.labels;
  }

  /** Instead of the original's, which keeps every sentence it is given for an hour. */
  async process(text: string) {
    const probabilities = this.#classify(featuresOf(text, this.#grammar, this.#concepts));
    const classifications = this.#labels.map((intent, at) => ({ intent, score: probabilities?.[at] ?? 0 }));
    return { classifications };
  }
}

/**
 * NLP.js's normalizer, tokenizer and stemmer of a language, called below the caches that they keep:
 * those are never emptied of what people wrote.
 */
export function grammarOf(container: Nlp["container"], language: string): Grammar {
  const normalizer = container.get(`normalizer-${language}`);
  const tokenizer = container.get(`tokenizer-${language}`);
  const stemmer = container.get(`stemmer-${language}`);
  return {
    words(text) {
      // The tokenizer knows one apostrophe, and leaves pictures and dashes where they are.
      const plain = text.replace(/[’‘`´ʼ]/g, "'").replace(/[^\p{L}\p{M}\p{N}']+/gu, " ");
      const lower =
        normalizer?.normalize(plain) ?? plain.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
      return tokenizer?.innerTokenize(lower) ?? lower.split(/[ ']+/).filter((word) => word !== "");
    },
    stem(word) {
      if (!stemmer) return word;
      stemmer.setCurrent(word);
      stemmer.innerStem();
      const stem = stemmer.getCurrent();
      stemmer.setCurrent("");
      return stem;
    },
  };
}
