import type { DocumentRequest, PictureRequest } from "../core/engine/message.ts";
import type { Channel } from "./channel.ts";

/** A platform's language without its network: what a {@link Channel} reads and draws. */
export interface Codec<Payload = unknown>
  extends Pick<Channel<unknown, Payload>, "limits" | "parse" | "render"> {
  /** The document that a payload carries, where it carries one. */
  documentOf(payload: Payload): DocumentRequest | undefined;
  /** The picture that a payload carries, where it carries one. */
  pictureOf(payload: Payload): PictureRequest | undefined;
}
