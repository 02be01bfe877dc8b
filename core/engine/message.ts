/**
 * What goes in and out of the conversation, with nothing of any platform left in it.
 */

/** Words that an edition's file gives, in one language or in several. */
export type Localised = string | Readonly<Record<string, string>>;

/** What fills a placeholder of a message. */
export type Params = Readonly<Record<string, string | number | Text>>;

/**
 * Something to be said. Core never holds prose: it names a message of `locales/`, or quotes
 * words that come from the edition's file or from the citizen.
 */
export type Text =
  /** A message of `locales/<language>/`, `<file>.<name>`, and what fills it. */
  | { readonly key: string; readonly params?: Params }
  /** Words of the edition's file or of the citizen, quoted as they are. */
  | { readonly literal: Localised }
  /** A calendar day, `YYYY-MM-DD`, written as the language writes it. */
  | { readonly date: string }
  /** An amount in whole euros. */
  | { readonly euros: number }
  /** Texts one under another; `gap` leaves an empty line between them. */
  | { readonly lines: readonly Text[]; readonly gap?: boolean }
  /** Texts in a row: "a, b e c". */
  | { readonly list: readonly Text[] };

/** What a person did. */
export type Incoming =
  | { readonly kind: "text"; readonly text: string }
  /** A button or a row was pressed; `data` is the {@link Choice.data} that was drawn with it. */
  | { readonly kind: "choice"; readonly data: string }
  /** The conversation was opened, by a link that may carry a payload (`/start payload`). */
  | { readonly kind: "start"; readonly payload: string }
  | { readonly kind: "location"; readonly latitude: number; readonly longitude: number }
  /** No words: what the assistant cannot read it answers with courtesy, a voice note it may listen to. */
  | { readonly kind: "media"; readonly media: Media; readonly recording?: Recording }
  /** A message sent earlier was changed; the answer it gave stays what it was. */
  | { readonly kind: "edited"; readonly text: string }
  /** Somebody calls the assistant by a command in a group: it only works in private. */
  | { readonly kind: "group" };

export type Media = "voice" | "photo" | "video" | "document" | "sticker" | "contact" | "unknown";

/** A voice note by its platform's own name for it: the sound stays there, and is kept nowhere else. */
export interface Recording {
  /** The platform's id of the file. */
  readonly file: string;
  /** MIME type, as the sender's app gives it. */
  readonly type?: string;
  /** How long it is, where the platform tells. */
  readonly seconds?: number;
}

/** Something to press. */
export interface Choice {
  /** Comes back as it is when pressed. Plain ASCII, 64 bytes at most (Telegram's limit). */
  readonly data: string;
  readonly label: string;
}

/**
 * A printable form, already in words, made into a file when the message is sent. It holds all that
 * goes in it: what is not kept elsewhere can still be printed.
 */
export interface DocumentRequest {
  readonly fileName: string;
  readonly language: string;
  /** Written in large letters, for who sees little. */
  readonly large?: true;
  readonly title: string;
  /** Paragraphs under the title. */
  readonly intro: readonly string[];
  readonly rows: readonly { readonly label: string; readonly value: string }[];
  /** What is ticked off with a pen, each after an empty square; below the rows. */
  readonly boxes?: readonly string[];
  /** Paragraphs after the rows and the boxes. */
  readonly notes: readonly string[];
  /** Labels of the lines where a form on paper is dated and signed. */
  readonly signature?: { readonly date: string; readonly sign: string };
}

/**
 * A picture, already in words, drawn when the message is sent. What it says stands in the message
 * too, as far as it matters: not everybody sees it.
 */
export type PictureRequest = ProjectCard | BarChart | Drawing | QrCode;

/** One project on a card that people pass on. */
export interface ProjectCard {
  readonly kind: "card";
  /** What the picture shows, for who does not see it. */
  readonly alt: string;
  /** What it is part of: the edition, and the project's challenge. */
  readonly heading: readonly string[];
  readonly title: string;
  /** Shortened to what there is room for. */
  readonly summary: string;
  readonly cost: string;
  /** Below: how the assistant is asked about it, and the link to it, drawn as a QR code. */
  readonly invitation: string;
  readonly link?: string;
}

/** A link to be shown to somebody else's camera, with words that can be read at arm's length. */
export interface QrCode {
  readonly kind: "qr";
  /** What the picture shows, for who does not see it. */
  readonly alt: string;
  /** What it leads to. */
  readonly title: string;
  /** What to do. */
  readonly invitation: string;
  /** Who shows it. */
  readonly by: string;
  /** What can be written in a chat where no camera reads it. */
  readonly typed: string;
  readonly link: string;
}

/** Quantities one under another. */
export interface BarChart {
  readonly kind: "chart";
  /** What the picture shows, for who does not see it. */
  readonly alt: string;
  readonly title: string;
  /** The first 10 are drawn, in their order. */
  readonly bars: readonly {
    readonly label: string;
    /** Not negative; as long as the bar is to the longest. */
    readonly value: number;
    /** The value in words: `128 voti`. */
    readonly shown: string;
    /** A word that sets the bar apart from the others, such as `vince`. */
    readonly mark?: string;
  }[];
  /** Below: where the figures come from. */
  readonly note: string;
}

/** The drawings that `bots/pictures/drawings/` has, each with the names of the words in it. */
export const DRAWINGS = {
  "spid-button": ["title", "site", "button", "press", "choose"],
  "spid-levels": ["title", "level1", "needs1", "level2", "needs2", "level3", "needs3"],
  "cie-codes": ["title", "card", "receipt", "first", "letter", "second", "whole"],
  "pagopa-notice": ["title", "heading", "payee", "amount", "scan", "number", "code"],
  "appio-messages": ["title", "screen", "school", "card", "who", "unread", "open"],
  "scam-message": ["title", "sender", "hurry", "link", "ask", "unknown", "haste", "address", "secret"],
  "scam-call": ["title", "caller", "says", "pretends", "secret", "hangup"],
} as const satisfies Readonly<Record<string, readonly string[]>>;
export type DrawingName = keyof typeof DRAWINGS;

/** A plain drawing of a thing that is hard to find by words alone. */
export interface Drawing {
  readonly kind: "drawing";
  readonly drawing: DrawingName;
  /** What the picture shows, for who does not see it. */
  readonly alt: string;
  /** The words in it, in the order of {@link DRAWINGS}. */
  readonly labels: readonly string[];
}

/** A message approved by a platform under a name, and what fills its numbered gaps. */
export interface Template {
  readonly name: string;
  readonly language: string;
  readonly parameters: readonly string[];
}

/**
 * One message of the assistant, in words, ready for a channel to draw. A turn ends with one of
 * these: WhatsApp bills each reply, and one idea at a time is easier to follow.
 */
export interface Message {
  readonly text: string;
  readonly choices: readonly Choice[];
  /** A page to open outside the chat. */
  readonly link?: { readonly url: string; readonly label: string };
  /** A message has a document or a picture, or neither. */
  readonly document?: DocumentRequest;
  readonly picture?: PictureRequest;
  /** BCP 47 tag of the words, for the few that a channel adds of its own, such as "more". */
  readonly language?: string;
  /**
   * A message that the platform has approved beforehand, to be sent in its place where a platform
   * allows no other because the person has not written for too long.
   */
  readonly template?: Template;
  /** Which part of the choices to show, where a platform cannot show all at once; absent: the first. */
  readonly page?: number;
}
