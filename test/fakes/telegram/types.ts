/** A button as it was drawn. */
export interface DrawnButton {
  readonly text: string;
  readonly callback_data?: string;
  readonly url?: string;
}

/** One line of a chat. */
export interface ChatMessage {
  readonly id: number;
  readonly from: "bot" | number;
  readonly text: string;
  readonly buttons: readonly (readonly DrawnButton[])[];
  readonly document?: { readonly name: string; readonly bytes: Uint8Array };
  readonly photo?: { readonly name: string; readonly bytes: Uint8Array };
  /** Milliseconds, by the fake's clock. */
  readonly at: number;
  /** The path before `/bot…` that the bot called by; absent from what people write. */
  readonly via?: string;
}

export interface Update {
  readonly update_id: number;
  readonly [kind: string]: unknown;
}

/** A file that came as a part of a multipart body. */
export class UploadedFile {
  readonly name: string;
  readonly bytes: Uint8Array;

  constructor(name: string, bytes: Uint8Array) {
    this.name = name;
    this.bytes = bytes;
  }
}

export type Parameters = Readonly<Record<string, unknown>>;

/** How a call is answered where it is refused. */
export class Refusal extends Error {
  readonly code: number;
  readonly retryAfter: number | undefined;

  constructor(code: number, description: string, retryAfter?: number) {
    super(description);
    this.code = code;
    this.retryAfter = retryAfter;
  }
}

/** What goes wrong with a call instead of its answer. */
export type Fault =
  /** Refused with this code, nothing accepted. */
  | { readonly code: number; readonly description?: string; readonly retryAfter?: number }
  /** A gateway's page in place of JSON, nothing accepted. */
  | "gateway page"
  /** No answer ever comes. */
  | "silence"
  | "accepted, then silence"
  /** The connection breaks. */
  | "reset"
  | "accepted, then reset";
