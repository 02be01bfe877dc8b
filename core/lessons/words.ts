import type { Context } from "../context.ts";
import type { Params, Text } from "../engine/message.ts";
import { phoneOf } from "../topics/contacts.ts";

/** What may stand in any message of a lesson. */
export const filling = ({ edition }: Pick<Context, "edition">): Params => ({
  phone: phoneOf(edition),
  union: { literal: edition.union.name },
});

export const words = (key: string, context: Pick<Context, "edition">): Text => ({
  key,
  params: filling(context),
});

export const paragraphs = (...lines: readonly Text[]): Text => ({ lines, gap: true });

export const bullets = (keys: readonly string[], context: Pick<Context, "edition">): Text => ({
  lines: keys.map((key) => ({ key: "rules.bullet", params: { text: words(key, context) } })),
});
