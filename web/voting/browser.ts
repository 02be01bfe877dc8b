import type { Context as Request } from "hono";
import type { BallotSession, BallotSessions } from "../../core/voting/ports.ts";
import { holder, isFormToken, type Surroundings } from "./shell.ts";

/** A browser whose session lives. */
export interface Browser {
  /** What its cookie holds. */
  readonly token: string;
  readonly session: BallotSession;
}

/** Knows browsers by their cookie. */
export interface Browsers {
  /** Whoever asks; `undefined` where the session has ended or never began. */
  find(c: Request): Promise<Browser | undefined>;
  /** Whether a form was made for this browser's session, by {@link formToken}. */
  isOwnForm(browser: Browser, form: { readonly get: (name: string) => unknown }): boolean;
  /** From now on the browser holds this token. */
  hold(c: Request, token: string): void;
  /** Ends the session on both sides. */
  end(c: Request): Promise<void>;
}

/** The name of the field in which forms carry their token. */
export const FORM_TOKEN = "form";

export function knowBrowsers({ secure }: Pick<Surroundings, "secure">, sessions: BallotSessions): Browsers {
  const cookie = holder("ballot", secure);
  return {
    async find(c) {
      const token = cookie.get(c);
      const session = token === undefined ? undefined : await sessions.read(token);
      return token === undefined || session === undefined ? undefined : { token, session };
    },
    isOwnForm: ({ token }, form) => isFormToken(token, form.get(FORM_TOKEN)),
    hold: cookie.set,
    async end(c) {
      const token = cookie.get(c);
      if (token !== undefined) await sessions.end(token);
      cookie.drop(c);
    },
  };
}
