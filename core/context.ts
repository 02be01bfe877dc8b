import type { Edition } from "./edition/schema.ts";
import type { Incoming, Text } from "./engine/message.ts";
import type { Frame } from "./engine/session.ts";
import type { EngineContext } from "./engine/walk.ts";
import type { Found, Query } from "./queries.ts";
import type { SaidBy } from "./reminders/wishes.ts";

/** All that a turn may look at. Two turns with the same one, and the same session and message, are the same. */
export interface Context extends EngineContext {
  readonly edition: Edition;
  /** The edition's day, `YYYY-MM-DD` in its time zone: the simulator's clock moves it. */
  readonly today: string;
  /** The edition's time. */
  readonly now: Date;
  /** The questions that the person had before them when they wrote, the innermost last. */
  readonly asked: readonly Pick<Frame, "flow" | "asking">[];
  readonly language: string;
  /** Where the person is writing from, and where the answer goes. */
  readonly channel: string;
  readonly address: string;
  /** Whether that is somebody else's phone, on which the person is helped: nothing reaches them there later. */
  readonly guest: boolean;
  /** How they did what is answered: pressed, wrote, spoke, or followed a link. */
  readonly by: SaidBy;
  /** Whether e-mail can be sent: without it no address can be confirmed. */
  readonly mail: boolean;
  /** Whether voice notes are listened to where the person is. */
  readonly hears: boolean;
  /** The public address of a page of ours, `/voto/…`; `undefined` where citizens reach none. */
  pages(path: string): string | undefined;
  /**
   * A link that opens the assistant where the person is: as `/start payload` does or, on channels whose
   * links carry words, with `said` to be sent. `undefined` where there is none.
   */
  opening(payload: string, said: string): string | undefined;
  /** The same on every chat that has such links, the one where the person is among them. */
  openings(payload: string, said: string): readonly { readonly channel: string; readonly url: string }[];
  /** Languages that are spoken here, the first one first. */
  readonly languages: readonly string[];
  /** Whether a language has all that a file says. */
  covers(language: string, file: string): boolean;
  /** A random word of so many characters of an alphabet. */
  draw(alphabet: string, length: number): string;
  /** Words in the person's language unless told, for what has to be compared or put in a file. */
  say(text: Text, language?: string): string;
}

/** What a {@link Context} is made of for one turn. */
export interface Circumstances extends Omit<Context, "draw" | "found"> {
  /** Random bytes, enough for the codes that one turn may draw (64). */
  readonly entropy: Uint8Array;
}

/** The context of a turn, with what has been looked up so far. */
export function makeContext(circumstances: Circumstances, found: ReadonlyMap<string, unknown>): Context {
  const { entropy, ...rest } = circumstances;
  let used = 0;
  return {
    ...rest,
    found: <Q extends Query>(query: Q) => found.get(keyOf(query)) as Found<Q> | undefined,
    draw(alphabet, length) {
      let word = "";
      // A byte beyond the last whole multiple would make the first letters likelier: take the next.
      const limit = 256 - (256 % alphabet.length);
      while (word.length < length) {
        const byte = entropy[used++];
        if (byte === undefined) throw new Error("A turn drew more random codes than it has entropy for.");
        if (byte < limit) word += alphabet[byte % alphabet.length];
      }
      return word;
    },
  };
}

/** How somebody says something by a message. */
export function saidBy(incoming: Incoming): SaidBy {
  switch (incoming.kind) {
    case "choice":
      return "button";
    case "start":
      return "link";
    case "media":
      return "voice";
    default:
      return "word";
  }
}

/** Names a query among those of one turn. */
export const keyOf = (query: Query): string => JSON.stringify(query);
