import type { Repertoire } from "../turn.ts";
import type { SendingRules } from "./fate.ts";
import type { Campaigns } from "./ports.ts";
import type { TemplateRegister } from "./templates.ts";
import type { Carried } from "./written.ts";

/** What the office needs to write to many. */
export interface CampaignDesk {
  readonly campaigns: Campaigns;
  readonly rules: SendingRules;
  readonly templates: TemplateRegister;
  /** How many people may get a template within 24 hours; infinite where there is no limit. */
  readonly dailyLimit: () => Promise<number>;
  readonly repertoire: Repertoire;
  readonly carried: readonly Carried[];
  /** Longest text of a template's gap, in UTF-16 code units. */
  readonly parameter: number;
  /** A template as a person sees it; `undefined` where there is none of that name in the language. */
  readonly drawTemplate: (
    name: string,
    language: string,
    parameters: readonly string[],
  ) => { readonly text: string; readonly buttons: readonly string[] } | undefined;
  /** What a template is handed in as, unless the platform has moved it. */
  readonly templateCategory: (name: string) => string | undefined;
  /** Languages of a template; `undefined` where there is none of that name. */
  readonly templateLanguages: (name: string) => readonly string[] | undefined;
  /** The edition's time. */
  readonly now: () => Date;
}
