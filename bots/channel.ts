import type { Message, Recording } from "../core/engine/message.ts";
import type { Arrival } from "../core/ports.ts";

/** What a channel can carry, as its platform documents it. */
export interface Limits {
  /** Longest text of a message, in UTF-16 code units. */
  readonly text: number;
  /** Longest text of a message that has something to press. */
  readonly textWithChoices: number;
  /** Longest text that accompanies a document. */
  readonly caption: number;
  /** Longest label of something to press. */
  readonly label: number;
  /** Longest data behind something to press, in bytes. */
  readonly data: number;
  /** How many things to press one message may have before they go on further pages. */
  readonly choices: number;
}

/** How fast a platform accepts messages, beyond which it answers "too many". */
export interface Pace {
  /** Messages that it takes within any second; Infinity where it takes as many as there are. */
  readonly perSecond: number;
  /** Whether those that come in are counted among them. */
  readonly countsIncoming?: true;
  /** How much longer than a second a message's place is kept, for what arrives a little late; absent: 12. */
  readonly marginMs?: number;
  /** Least milliseconds between two messages to the same address. */
  readonly perAddressMs: number;
  /** How many messages an address may have at once, where their gaps are waited for afterwards; absent: 1. */
  readonly burst?: number;
}

/**
 * How a platform answered a send. Reasons are codes, or a few words of ours that are always the same: they are
 * counted.
 */
export type Outcome =
  | { readonly kind: "sent"; readonly id: string }
  /** Not now: try again after so many milliseconds, or when back-off says so. */
  | {
      readonly kind: "later";
      readonly reason: string;
      readonly afterMs?: number;
      /** Said of the whole channel rather than of this address. */
      readonly everyone?: true;
    }
  /** Nothing goes out on this channel until somebody mends it; no message is to suffer for that. */
  | { readonly kind: "halted"; readonly reason: string; readonly remedy: string }
  /** The person wrote too long ago: only an approved template may be sent. */
  | { readonly kind: "outside"; readonly reason: string }
  /** No answer came: it may have arrived, and nobody can tell. */
  | { readonly kind: "uncertain"; readonly reason: string }
  /** This person cannot be reached here any more (blocked, gone). */
  | { readonly kind: "unreachable"; readonly reason: string }
  /** The platform will never take this message. */
  | { readonly kind: "refused"; readonly reason: string };

/** What came of fetching a recording. */
export type Fetched =
  | { readonly kind: "fetched"; readonly bytes: Uint8Array }
  /** More than the platform hands over, or says that people can send. */
  | { readonly kind: "big" }
  /** `reason` is made of codes. */
  | { readonly kind: "failed"; readonly reason: string };

/** Makes the file that a message asks for. */
export type MakeDocument = (
  request: NonNullable<Message["document"]>,
) => Promise<{ readonly name: string; readonly type: string; readonly bytes: Uint8Array }>;

/** Draws the picture that a message asks for, small enough to be sent anywhere. */
export type DrawPicture = (
  request: NonNullable<Message["picture"]>,
) => Promise<{ readonly name: string; readonly type: "image/png"; readonly bytes: Uint8Array }>;

/** Makes the files that messages ask for. */
export interface Makers {
  readonly makeDocument: MakeDocument;
  readonly drawPicture: DrawPicture;
}

/**
 * The whole contract between the conversation and a platform.
 *
 * @typeParam Delivery what the platform delivers: an update, a webhook's body, a line
 * @typeParam Payload one call to the platform
 */
export interface Channel<Delivery = unknown, Payload = unknown> {
  readonly name: string;
  readonly limits: Limits;
  readonly pace: Pace;
  /** Reads a delivery; what is not for the assistant gives nothing. Never throws. */
  parse(delivery: Delivery): readonly Arrival[];
  /** Draws a message in as few payloads as the platform allows. Pure. */
  render(message: Message): readonly Payload[];
  /** Where a platform takes free messages only for a while after the person has written. */
  readonly window?: {
    readonly ms: number;
    /** Draws what may be sent afterwards; `undefined` where the message has no template. */
    render(message: Message): readonly Payload[] | undefined;
  };
  /**
   * A link that opens the assistant on this channel as `/start payload` would or, where links carry
   * words, with these to be sent; absent, or `undefined` for as long as the platform has not told under
   * which name it is found.
   */
  opening?(payload: string, said: string): string | undefined;
  /** Fetches a voice note that was sent here; absent where none can be. Never throws. */
  fetchRecording?(recording: Recording, signal: AbortSignal): Promise<Fetched>;
  /** Sends one payload; every failure is an outcome, never a throw. */
  send(address: string, payload: Payload): Promise<Outcome>;
}
