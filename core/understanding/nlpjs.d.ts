/** The parts of NLP.js that are used, which come without types of their own. */

declare module "@nlpjs/nlp" {
  /** The parts of the languages by name, such as `normalizer-it`. */
  interface Container {
    use(part: unknown): unknown;
    /** With `single` false, one is made each time it is asked for. */
    register(name: string, part: unknown, single: boolean): void;
    registerConfiguration(
      name: `domain-manager-${string}`,
      settings: { readonly useStemDict: boolean },
    ): void;
    get(name: `normalizer-${string}`): { normalize(text: string): string } | undefined;
    get(name: `tokenizer-${string}`): { innerTokenize(text: string): readonly string[] } | undefined;
    get(
      name: `stemmer-${string}`,
    ): { setCurrent(word: string): void; innerStem(): void; getCurrent(): string } | undefined;
  }

  export interface NlpSettings {
    readonly autoSave: boolean;
    readonly autoLoad: boolean;
    readonly forceNER: boolean;
    readonly calculateSentiment: boolean;
  }

  export class Nlp {
    constructor(settings: NlpSettings);
    readonly container: Container;
    useNlu(classifier: string, language: string, domain: string, settings: object): void;
    addLanguage(language: string): void;
    classify(
      language: string,
      text: string,
    ): Promise<{ readonly classifications: readonly { readonly intent: string; readonly score: number }[] }>;
  }
}

declare module "@nlpjs/nlu" {
  export class Nlu {
    constructor(settings: object, container: unknown);
  }
}

declare module "@nlpjs/lang-it" {
  export class LangIt {}
}

declare module "@nlpjs/lang-en-min" {
  export class LangEn {}
}
