import type { Day } from "../edition/calendar.ts";
import type { Edition } from "../edition/schema.ts";
import type { Text } from "../engine/message.ts";
import { phoneOf } from "../topics/contacts.ts";
import { source } from "../topics/sources.ts";

/** What stands in every letter that brings a code, around the code. */
export interface LetterSheet {
  readonly title: Text;
  readonly before: readonly LetterPart[];
  readonly after: readonly LetterPart[];
}

/** A paragraph, or the head of those that follow. */
export interface LetterPart {
  readonly text: Text;
  readonly isHead?: true;
}

/**
 * The words of the letter, in the edition's facts: what the code is for, what to do, and who helps.
 * `undefined` where nobody votes online with a code.
 *
 * @param url the page on which one votes
 */
export function letterSheet(edition: Edition, today: Day, url: string): LetterSheet | undefined {
  const { online, paper, assisted, ballot } = edition.vote ?? {};
  if (!online || !ballot || ballot.routes.code === "off") return undefined;
  const isPaper = paper && today <= paper.to;
  const part = (key: string, params = {}): LetterPart => ({ text: { key: `letter.${key}`, params } });
  const head = (key: string): LetterPart => ({ ...part(key), isHead: true });
  const sources = [online, ...(isPaper ? [paper] : []), ...(assisted ? [assisted] : [])];
  return {
    title: { key: "letter.title" },
    before: [
      part("what", {
        edition: { literal: edition.name },
        from: { date: online.from },
        to: { date: online.to },
      }),
      part("your_code"),
    ],
    after: [
      part("once"),
      head("steps"),
      part("needed"),
      part("open", { url }),
      part("way"),
      part("write"),
      ...(isPaper || assisted ? [head("other")] : []),
      ...(isPaper ? [part("paper", onPaper(paper))] : []),
      ...(assisted ? [{ text: { literal: assisted.text } }] : []),
      part("help", { phone: phoneOf(edition) }),
      part("scam"),
      {
        text: source(
          edition,
          sources.flatMap((one) => one.sources),
        ),
      },
    ],
  };
}

const onPaper = ({ from, to, documents }: NonNullable<NonNullable<Edition["vote"]>["paper"]>) => ({
  from: { date: from },
  to: { date: to },
  documents: { list: documents.map((literal) => ({ literal })) },
});
