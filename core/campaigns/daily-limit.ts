/** How many people a platform lets us write to first within any 24 hours. */
export type DailyLimit = number | "unlimited";

export interface DailyLimits {
  /** Notes what the platform tells of its limit; what is older than what is known is passed over. */
  note(limit: DailyLimit, at: Date): Promise<void>;
  /** What the platform told last; `undefined` where it never did, and the edition's own counts. */
  told(): Promise<DailyLimit | undefined>;
}
