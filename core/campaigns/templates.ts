/* Messages that a platform has to approve before they can be sent, and what it thinks of them. */

export const templateStates = ["pending", "approved", "rejected", "paused", "disabled"] as const;
export type TemplateState = (typeof templateStates)[number];

/** What a platform tells of a template in one language. */
export interface TemplateNews {
  readonly name: string;
  /** As the platform writes it: `it`, `en`. */
  readonly language: string;
  /** Absent where only the category has changed. */
  readonly state?: TemplateState;
  /** Why, as a code: `INVALID_FORMAT`. */
  readonly reason?: string;
  /** What the platform has it under, which decides what it costs. */
  readonly category?: string;
  readonly at: Date;
}

/** What is known of a template in one language. */
export interface TemplateStanding extends TemplateNews {
  readonly state: TemplateState;
}

/** Whether a template can be sent in a language. */
export type IsApproved = (name: string, language: string) => boolean;

/** What is known of all templates. */
export interface TemplateRegister {
  /** Notes what is told; it only goes forward: what is older than what is known is passed over. */
  note(news: readonly TemplateNews[]): Promise<void>;
  /** By name and language. */
  list(): Promise<readonly TemplateStanding[]>;
  /** As it stands now. What nobody has told of is not approved. */
  approved(): Promise<IsApproved>;
}
