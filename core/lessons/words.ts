import type { Context } from "../context.ts";
import type { Params, Text } from "../engine/message.ts";
import { phoneOf } from "../topics/contacts.ts";

/** What may stand in any message of a lesson. */
export const filling = ({ edition }: Pick<Context, "edition">): Params => ({
  phone: phoneOf(edition),
  union: { literal: edition.union.name },
});

/** A message of a lesson, with what may stand in it. */
export const words = (key: string, context: Pick<Context, "edition">): Text => ({
  key,
  params: filling(context),
});

/** Texts with an empty line between them. */
export const paragraphs = (...lines: readonly Text[]): Text => ({ lines, gap: true });

/** Texts as a list, each on a line of its own. */
export const bullets = (items: readonly Text[]): Text => ({
  lines: items.map((text) => ({ key: "rules.bullet", params: { text } })),
});

/** A sign of danger with why it is one. */
export const signOf = (at: string, sign: string, context: Pick<Context, "edition">): Text => ({
  key: "lesson.sign",
  params: { sign: { key: `${at}.option.${sign}` }, because: words(`${at}.why.${sign}`, context) },
});
