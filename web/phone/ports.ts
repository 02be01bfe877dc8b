import type { Text } from "../../core/engine/message.ts";

/** A file made on the way out. */
interface MadeFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** What the page shows of a phone, `null` for "nothing new for now". */
export type Shown = {
  readonly id: bigint;
  readonly at: Date;
  readonly direction: "in" | "out";
  readonly payload: unknown;
  /** Name of the document that came with it. */
  readonly document?: string;
  /** What the picture shows that came with it. */
  readonly picture?: string;
} | null;

/** The simulated phones as the page needs them; `createPhones` of the phone channel is one. */
export interface Phones {
  /** @throws ZodError where it is nothing that a phone could do */
  act(style: string, owner: unknown, action: unknown): Promise<bigint>;
  takeSound(phone: string, key: string, sound: Uint8Array): void;
  follow(style: string, phone: string, after: bigint, signal: AbortSignal): AsyncIterable<Shown>;
  document(style: string, phone: string, entry: bigint): Promise<MadeFile | null>;
  picture(style: string, phone: string, entry: bigint): Promise<MadeFile | null>;
}

/** The day that the demo edition lives in, the same for everybody. */
export interface DemoClock {
  /** The edition's today, `YYYY-MM-DD`. */
  today(): string;
  /** Puts the edition on that day, at the time of day it has now. Resolves when it is kept. */
  moveTo(day: string): Promise<void>;
  /** In order; days are inclusive. */
  readonly phases: readonly {
    readonly name: string;
    readonly title: Text;
    readonly from: string;
    readonly to: string;
  }[];
}
