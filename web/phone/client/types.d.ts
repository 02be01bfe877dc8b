/** Something that a person did; the server's `phoneAction` reads it. */
export type Action =
  | { kind: "text"; key: string; text: string }
  | { kind: "press"; key: string; on: "button" | "row"; data: string; label: string; message: string }
  | { kind: "voice"; key: string; seconds: number; sound?: string };

/** Of {@link Action}, what is known before it has a key. */
export type Deed =
  | { kind: "text"; text: string }
  | { kind: "press"; on: "button" | "row"; data: string; label: string; message: string }
  | { kind: "voice"; seconds: number; sound?: string };

/** A voice note as it was recorded. */
export interface Recorded {
  seconds: number;
  sound: Blob;
}

/** One line of a phone's history, as the server sends it. */
export type Entry = { id: string; at: string } & (
  | { direction: "in"; payload: Action }
  | { direction: "out"; payload: unknown; document?: Document; picture?: Picture }
);

export interface Document {
  name: string;
  url: string;
}

export interface Picture {
  alt: string;
  url: string;
}

/** Something to press: it answers with `data`, or opens `url`. */
export interface Button {
  label: string;
  data?: string;
  url?: string;
}

/** WhatsApp's list, behind one button. */
export interface List {
  label: string;
  sections: { title: string; rows: { id: string; title: string; description: string }[] }[];
}

/** A platform's message, as far as it shows. */
export interface View {
  text: string;
  buttons: Button[][];
  list?: List;
  document?: Document;
  picture?: Picture;
}

export type Style = "telegram" | "whatsapp";
export type Words = Record<string, string>;

export interface Clock {
  today: string;
  todayInWords: string;
  phases: {
    name: string;
    title: string;
    from: string;
    fromInWords: string;
    toInWords: string;
    now: boolean;
  }[];
}

export interface Settings {
  language: string;
  /** How it writes dates and times. */
  locale: string;
  assistant: string;
  /** Whether voice notes are listened to. */
  listens: boolean;
  words: Words;
  clock: Clock;
}

export interface Mail {
  id: string;
  at: string;
  to: string;
  subject: string;
  text: string;
}
