/** What is used of node-nlp, which comes without types. */
declare module "node-nlp" {
  export class NlpManager {
    constructor(settings: {
      readonly languages: readonly string[];
      readonly autoSave: boolean;
      readonly autoLoad: boolean;
      readonly nlu: { readonly log: boolean };
    });
    readonly container: { register(name: string, part: object): void };
    addDocument(language: string, text: string, intent: string): void;
    train(): Promise<unknown>;
    export(minified: boolean): string;
    process(
      language: string,
      text: string,
    ): Promise<{
      readonly intent: string;
      readonly score: number;
      readonly classifications: readonly { readonly intent: string; readonly score: number }[];
    }>;
  }
}
