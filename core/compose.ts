import type { Door } from "./engine/flow.ts";
import type { Choice, DocumentRequest, Message, PictureRequest, Text } from "./engine/message.ts";
import type { Question } from "./engine/question.ts";

/** What a turn has to say, still in keys. */
export interface Parts {
  /** Said first, each a paragraph. */
  readonly notes: readonly Text[];
  readonly question?: Question;
  readonly doors?: readonly Door[];
  readonly document?: DocumentRequest;
  readonly picture?: PictureRequest;
  /** Which part of the choices to show, where not all of them fit at once. */
  readonly page?: number;
  readonly link?: { readonly url: string; readonly label: Text };
  /** Never given in portions: all of it may be needed at once. */
  readonly whole?: true;
}

/** How long a message may be on the channel it goes to, in UTF-16 code units. */
export interface Room {
  readonly text: number;
  readonly textWithChoices: number;
}

/** Data of a choice that opens something, as opposed to answering a question. */
export const DOOR = "go.";

/**
 * Puts a turn in words: one message, with everything that can be pressed. Where answers are
 * reviewed they are shortened, evenly, to what the channel carries in a message with buttons.
 */
export function compose(parts: Parts, room: Room, language: string, say: (text: Text) => string): Message {
  const choices: Choice[] = [
    ...(parts.question?.options ?? []).map(({ data, label }) => ({ data, label: say(label) })),
    ...(parts.doors ?? []).map(({ opens, label }) => ({ data: DOOR + opens, label: say(label) })),
  ];
  const lead = parts.question?.lead;
  const head = [...parts.notes, ...(lead ? [lead] : [])].map(say);
  const question = parts.question ? say(parts.question.text) : undefined;
  const rest = [...head, question].filter((text) => text !== undefined);
  const rows = parts.question?.rows;
  const left = (choices.length > 0 ? room.textWithChoices : room.text) - rest.join("\n\n").length - 2;
  // A message has a document or a picture, or neither.
  const picture = parts.picture ?? (parts.document ? undefined : parts.question?.picture);
  const text = rows
    ? [
        ...head,
        rowsWithin(
          rows.map((row) => [say(row.label), say(row.value)]),
          left,
        ),
        question,
      ]
    : rest;
  return {
    text: text.filter((one) => one !== undefined).join("\n\n"),
    choices,
    language,
    ...(parts.page && { page: parts.page }),
    ...(parts.link && { link: { url: parts.link.url, label: say(parts.link.label) } }),
    ...(parts.document && { document: parts.document }),
    ...(picture && { picture }),
  };
}

/** Rows of "label: value" that take `room` characters at most, the longest values shortened first. */
function rowsWithin(rows: readonly (readonly string[])[], room: number): string {
  const write = (longest: number) =>
    rows.map(([label = "", value = ""]) => `${label}: ${shorten(value, longest)}`).join("\n");
  let longest = Math.max(0, ...rows.map(([, value = ""]) => value.length));
  while (longest > 12 && write(longest).length > room) longest = Math.floor(longest * 0.9);
  return write(longest);
}

function shorten(value: string, longest: number): string {
  const line = value.replace(/\s*\n\s*/g, " ");
  return line.length <= longest
    ? line
    : `${[...line]
        .slice(0, longest - 1)
        .join("")
        .trimEnd()}…`;
}
