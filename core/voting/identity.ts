import type { Message } from "../engine/message.ts";

/**
 * A service elsewhere that people prove who they are to, such as the gateway of SPID and CIE. It
 * speaks by sending the browser back with parameters, in the address or in a form.
 */
export interface IdentityProvider {
  begin(): Promise<Departure>;
  /**
   * Who came back.
   *
   * @param answer the parameters that the browser brought back
   * @param memo what {@link begin} gave this browser's session to keep, and was forgotten just now
   */
  finish(answer: URLSearchParams, memo: unknown): Promise<Identified>;
}

export type Departure =
  /** Where the browser goes, and what its session keeps until it comes back: JSON. */
  | { readonly kind: "go"; readonly url: string; readonly memo: unknown }
  /** The service does not answer. */
  | { readonly kind: "away" };

export type Identified =
  /** @see readTaxCode for how it is written */
  | { readonly kind: "person"; readonly taxCode: string }
  /** They turned back there. */
  | { readonly kind: "cancelled" }
  /** They proved it in a way that is too easy to steal: a password alone. */
  | { readonly kind: "weak" }
  /** The service does not know, or does not tell, their codice fiscale. */
  | { readonly kind: "nameless" }
  /** What came back does not fit what was sent: old, used, changed, or somebody else's. */
  | { readonly kind: "refused" }
  | { readonly kind: "away" };

/** What somebody says of themselves, as the pact asks it. */
export interface Claim {
  readonly name: string;
  readonly surname: string;
  readonly email: string;
  /** E.164. */
  readonly phone: string;
  /** @see readTaxCode for how it is written */
  readonly taxCode: string;
  /** The single-use code of a letter, for who left the roll no contact. */
  readonly letter?: string;
}

/**
 * One-time codes, for who has no SPID. Nothing that a stranger sees tells who is on the roll: for
 * who is not, a code is drawn, counted and tried as for anybody else, and sent to nobody.
 */
export interface LoginCodes {
  request(request: CodeRequest, now: Date): Promise<CodeRequested>;
  verify(attempt: CodeAttempt, now: Date): Promise<CodeChecked>;
}

/** Channels that a code can go out by. */
export type CodeChannel = "mail" | "sms";

export interface CodeRequest {
  readonly claim: Claim;
  /** Whether the contact that is claimed will do where the roll holds none: it then proves knowledge alone. */
  readonly selfDeclared: boolean;
  /** Those that are there. */
  readonly channels: readonly CodeChannel[];
  /** {@link BallotSession.lookup} of the browser, in which alone the code works. */
  readonly session: Uint8Array;
  /** Where the request comes from, to tell one machine's many from many people's few. */
  readonly source: string;
  readonly write: (channel: CodeChannel, code: string, until: Date) => Message;
}

export type CodeRequested =
  /**
   * It was sent, if the claim is that of somebody on the roll. Under `handle`, which names nobody, it
   * waits to be typed.
   */
  | { readonly kind: "sent"; readonly handle: string; readonly until: Date }
  /** Too many codes were asked for with this codice fiscale. */
  | { readonly kind: "resting"; readonly until: Date }
  /** Too many were asked for from this source. */
  | { readonly kind: "crowded"; readonly until: Date }
  /** So many wrong codes were typed that nobody is let in this way for a while. */
  | { readonly kind: "braked"; readonly until: Date };

export interface CodeAttempt {
  readonly handle: string;
  /** As it was typed. */
  readonly code: string;
  readonly session: Uint8Array;
}

export type CodeChecked =
  | { readonly kind: "right"; readonly voterId: string }
  /** `brakes`: it was the one too many that set the brake, which whoever runs this is to know. */
  | { readonly kind: "wrong"; readonly triesLeft: number; readonly brakes: boolean }
  /** There is no code to compare with: it ran out, was used, was superseded, or is another browser's. */
  | { readonly kind: "over" }
  | { readonly kind: "braked"; readonly until: Date };
