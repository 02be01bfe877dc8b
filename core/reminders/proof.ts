import { createHash } from "node:crypto";
import type { Context } from "../context.ts";
import type { Door } from "../engine/flow.ts";
import type { Params, Text } from "../engine/message.ts";

/* A button that says yes carries what it says yes to: it may be pressed weeks later, after the words have changed. */

/** A question as it is put to people: a message of `locales/<language>/remind.yaml`. */
export type Question = Extract<Text, { readonly key: string }> & { readonly key: `remind.${string}` };

/** @param name what follows `remind.` in its key */
export const question = (name: string, params?: Params): Question => ({
  key: `remind.${name}`,
  ...(params && { params }),
});

const FILE = "remind.";
const DIGITS = 8;

/**
 * A button that sets or takes a wish, below a question: `wish-news.offer.it.1f2e3d4c`.
 *
 * @param does `wish` or `unwish`
 */
export function wishDoor(
  context: Saying,
  does: "wish" | "unwish",
  of: string,
  asked: Question,
  label: Text,
): Door {
  const proof = [asked.key.slice(FILE.length), context.language, digestOf(context, asked)].join(".");
  return { opens: `${does}-${of}.${proof}`, label };
}

type Saying = Pick<Context, "language" | "say">;

const digestOf = ({ say }: Saying, asked: Text): string =>
  createHash("sha256").update(say(asked)).digest("hex").slice(0, DIGITS);

/** The same of a button that carries nothing: as its label reads today. */
export const wordsOf = (context: Saying, label: { readonly key: string }): string =>
  `${label.key}:${context.language}:${digestOf(context, label)}`;

/** What a button is about, and what is kept of the question it stood below; a word carries no question. */
export interface Carried {
  readonly of: string;
  /** What follows `remind.` in the question's key. */
  readonly question?: string;
  /** The question's key, its language and the beginning of the SHA-256 of its words. */
  readonly words?: string;
}

const CARRIED = /^([a-z0-9_-]+)\.([a-z_.]+)\.([a-z]{2,3})\.([0-9a-f]{8})$/;

export function carried(about: string): Carried {
  const [, of, question, language, digest] = CARRIED.exec(about) ?? [];
  if (of === undefined || question === undefined) return { of: about };
  return { of, question, words: `${FILE}${question}:${language}:${digest}` };
}
