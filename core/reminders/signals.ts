/** What a platform tells of whether somebody can be reached, and wants to be. */
export interface Signal {
  /**
   * `blocked`: nothing arrives any more, as the person wishes. `unsubscribed`: they want nothing that they did not
   * ask for; answers arrive. `unblocked`: messages arrive again, and no wish comes back by that.
   */
  readonly kind: "blocked" | "unsubscribed" | "unblocked";
  readonly channel: string;
  /** The platform's own ids of one person. */
  readonly addresses: readonly string[];
}

export interface Signals {
  /**
   * Does at once, in their order, what platforms tell: whoever blocks us or unsubscribes wants no reminders any
   * more, and what waits to be sent to them of a campaign is called back. Ids that are not known are passed over;
   * told twice, it is done once.
   */
  heed(signals: readonly Signal[]): Promise<void>;
}
