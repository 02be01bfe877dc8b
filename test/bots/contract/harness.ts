import type { Channel } from "../../../bots/channel.ts";
import type { DocumentRequest, PictureRequest } from "../../../core/engine/message.ts";

/** What a person sees of a payload. */
export interface Seen {
  readonly text: string;
  readonly pressable: readonly { readonly data: string; readonly label: string; readonly hint?: string }[];
  readonly link?: string;
  readonly document?: DocumentRequest;
  readonly picture?: PictureRequest;
}

/** How one looks at what a platform shows. */
export interface Screen<Payload> {
  see(payload: Payload): Seen;
  /** What the platform would refuse of a payload, if anything. */
  problems(payload: Payload): readonly string[];
}

/** A channel as its contract test handles it. What it does not offer is `null`. */
export interface ChannelHarness<Payload> extends Screen<Payload> {
  readonly channel: Pick<Channel<unknown, Payload>, "limits" | "parse" | "render">;
  /**
   * What the platform delivers when something is typed; the number makes one delivery differ from
   * another. `null`: nobody can write back.
   */
  readonly typed: ((text: string, nth: number) => unknown) | null;
  /**
   * What the platform delivers when something that was drawn is pressed. `null`: nothing can be
   * pressed, and choices are words to be typed, where typing is possible.
   */
  readonly pressed: ((payload: Payload, data: string, nth: number) => unknown) | null;
  /** What is made of a picture: it is shown, what it shows is said among the words, or it is left out. */
  readonly pictures: "shown" | "said" | "left out";
  /** Deliveries of every kind, well-formed, to be bent out of shape. */
  readonly samples: readonly unknown[];
}

export const ARABIC = "أكتبُ إليكم من فيغولزوني. أودّ أن أقترح حديقةً للجميع، قريبةً من المدرسة. ";
export const EMOJI = "👩‍👩‍👧‍👦🇮🇹👍🏽 ";

/** The words that the channels add of their own. */
export const channelWords = () => ({ choose: "Scegli", more: "Altre scelte" });
