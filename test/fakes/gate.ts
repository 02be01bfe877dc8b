/** A message that a platform was asked to show to somebody. */
export interface Send {
  /** When the call came, in milliseconds of the fake's clock. */
  readonly at: number;
  /** The platform's id of the person. */
  readonly to: string;
  /** What stands before the platform's part of the address: tells several callers apart. */
  readonly via: string;
  /** Its words; of an approved template its name. */
  readonly text: string;
}

/**
 * What every send to a fake passes: it counts, and decides what goes wrong.
 *
 * @typeParam Fault what may go wrong with a call
 */
export interface Gate<Fault> {
  /** A send has come; it goes wrong where a fault is given. */
  came(send: Send): Fault | undefined;
  /** The person has it, under this id of the platform's. */
  shown(send: Send, id: string): void;
}
