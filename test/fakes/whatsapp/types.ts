/** How a call is answered where it is refused: Meta's code and the HTTP status that goes with it. */
export class Refusal extends Error {
  readonly code: number;
  readonly status: number;

  constructor(code: number, title: string, status = 400) {
    super(`(#${code}) ${title}`);
    this.code = code;
    this.status = status;
  }
}

/** What goes wrong with a call instead of its answer. */
export type Fault =
  /** Refused with this code, nothing accepted. */
  | { readonly code: number; readonly status?: number }
  /** A gateway's page in place of JSON, nothing accepted. */
  | { readonly page: number }
  /** No answer ever comes. */
  | "silence"
  | "accepted, then silence"
  /** The connection breaks. */
  | "reset"
  | "accepted, then reset";

/** Something to press, as it was drawn. */
export interface Pressable {
  readonly id: string;
  readonly title: string;
  readonly description?: string;
  readonly on: "button" | "row" | "template";
}

/** A message of the business's as the person sees it. */
export interface Shown {
  readonly id: string;
  readonly at: number;
  /** The path before the version that the business called by. */
  readonly via?: string;
  readonly text: string;
  readonly pressable: readonly Pressable[];
  readonly link?: string;
  readonly document?: { readonly name: string; readonly bytes: Uint8Array };
  readonly image?: { readonly width: number; readonly height: number; readonly bytes: Uint8Array };
  readonly template?: {
    readonly name: string;
    readonly language: string;
    readonly parameters: readonly string[];
  };
}
