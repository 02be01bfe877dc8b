import { compose, type Parts } from "../compose.ts";
import type { Context } from "../context.ts";
import type { Notice } from "../desk.ts";
import type { Message, Text } from "../engine/message.ts";
import { noticeIn } from "../sayable.ts";
import type { Words } from "../words.ts";

/**
 * Names of WhatsApp's templates for what is told between two people; their one gap is the whole text. That of an
 * answer says on its button that it uses it.
 */
type Template = "company_news" | "company_answer";

/** Who is told may not have written for a day, when WhatsApp takes nothing but a template. */
const withTemplate = (message: Message, language: string, name: Template): Message => ({
  ...message,
  template: { name, language, parameters: [message.text] },
});

/** Where there is nothing to be shortened, any room will do. */
const ROOM = { text: 0, textWithChoices: 0 };

/** What somebody else is told in the course of a turn, in their language. */
export function noticeOf(
  { say }: Context,
  parts: Pick<Parts, "notes" | "doors">,
  template: Template = "company_news",
): Notice {
  const notice: Notice = (language) =>
    withTemplate(
      compose(parts, ROOM, language, (text) => say(text, language)),
      language,
      template,
    );
  return notice;
}

/** Told to who was accompanied, where the office has ended it. */
export function leftAlone(words: Words): Notice {
  const says: Text = { key: "companion.stopped" };
  return (asked) => {
    const message = noticeIn(words, asked, { notes: [says], doors: [] });
    return withTemplate(message, message.language, "company_news");
  };
}
