import type { Choice, Message } from "../core/engine/message.ts";

/** The few words that channels add of their own. */
export interface ChannelWords {
  /** What opens a list of choices. */
  readonly choose: string;
  /** What leads to the choices that did not fit. */
  readonly more: string;
}

/** Words by the language of a message; the project's own language where it is not known. */
export type WordsFor = (language: string | undefined) => ChannelWords;

/**
 * The choices that fit on one message. Where there are more, the last one shown leads on: its data
 * is `page:2`, `page:3` and so on, and pressing it is answered by the same message with
 * {@link Message.page} set. From the last page it leads back to the first.
 */
export function pageOfChoices(message: Message, perMessage: number, more: string): readonly Choice[] {
  const choices = distinct(message.choices);
  if (choices.length <= perMessage) return choices;
  const perPage = perMessage - 1;
  const pages = Math.ceil(choices.length / perPage);
  const page = Math.min(Math.max(1, Math.trunc(message.page ?? 1)), pages);
  const next = page === pages ? 1 : page + 1;
  return [...choices.slice((page - 1) * perPage, page * perPage), { data: `page:${next}`, label: more }];
}

/** Platforms refuse two rows with the same id, and pressing either would be the same. */
function distinct(choices: readonly Choice[]): readonly Choice[] {
  const seen = new Set<string>();
  return choices.filter(({ data }) => !seen.has(data) && seen.add(data));
}
