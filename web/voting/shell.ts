import { createHmac, timingSafeEqual } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Context as Request } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { html, raw } from "hono/html";
import { secureHeaders } from "hono/secure-headers";
import type { HtmlEscapedString } from "hono/utils/html";
import { directionOf } from "../../core/direction.ts";
import type { Edition } from "../../core/edition/schema.ts";
import type { Text } from "../../core/engine/message.ts";
import { pageLanguage, type Words } from "../../core/words.ts";

/** What every page of the vote works with. */
export interface Surroundings {
  readonly edition: Edition;
  readonly words: Words;
  /** The edition's day. */
  readonly today: () => string;
  /** Whether citizens reach it by https: cookies are then bound to it. */
  readonly secure: boolean;
}

type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

/** Headers of pages that keep nothing, embed nothing and run no script but their own. */
export const votingHeaders = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'"],
    connectSrc: ["'self'"],
    baseUri: ["'none'"],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
  },
  referrerPolicy: "no-referrer",
});

/**
 * The language asked for in the address or the cookie, else the first that is offered.
 *
 * @param given that of whom a chat sent here
 * @param also files of words that the page speaks with besides those of a voter's way
 */
export function languageOf(
  c: Request,
  { words }: Surroundings,
  given?: string,
  also: readonly string[] = [],
): string {
  return pageLanguage(words, given ?? c.req.query("lang") ?? getCookie(c, LANGUAGE), ...SAID, ...also);
}

/** Languages that all pages of a voter's way are in: nobody votes half in one and half in another. */
export const votingLanguages = ({ words }: Pick<Surroundings, "words">): readonly string[] =>
  words.languages.filter((one) => pageLanguage(words, one, ...SAID) === one);

/** Files of words that a voter's way goes through. */
const SAID = ["sign-in", "ballot", "register"] as const;

const LANGUAGE = "lang";

/** A page of the vote, in the shell that all of them share; it is never stored. */
export function votingPage(
  c: Request,
  surroundings: Surroundings,
  page: {
    readonly title: Text;
    readonly body: Html;
    /** That of whom a chat sent here; unless given, {@link languageOf} tells. */
    readonly language?: string;
    /** As {@link languageOf} takes it. */
    readonly also?: readonly string[];
    /** A module of ours that the page runs. */
    readonly script?: string;
    readonly status?: 200 | 400 | 403 | 404 | 409 | 410 | 413 | 415 | 429 | 502 | 503;
  },
) {
  const { edition, words } = surroundings;
  const language = languageOf(c, surroundings, page.language, page.also);
  const say = (text: Text) => words.say(language, text);
  if (page.language ?? c.req.query("lang"))
    setCookie(c, LANGUAGE, language, { path: "/voto", sameSite: "Lax" });
  c.header("cache-control", "no-store");
  const { disclaimer } = edition;
  return c.html(
    html`${raw("<!doctype html>")}
<html lang="${language}" dir="${directionOf(language)}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${say(page.title)} · ${say({ literal: edition.name })}</title>
    <link rel="stylesheet" href="/voto/voting.css">
    ${page.script ? html`<script type="module" src="${page.script}"></script>` : ""}
  </head>
  <body>
    <header>
      <p class="edition">${say({ literal: edition.name })} · ${say({ literal: edition.union.name })}</p>
      ${disclaimer ? html`<p class="disclaimer">${say({ literal: disclaimer })}</p>` : ""}
      ${words.machineMade.includes(language) ? html`<p class="hint">${say({ key: "engine.machine_made" })}</p>` : ""}
    </header>
    <main>
      <h1>${say(page.title)}</h1>
      ${page.body}
    </main>
  </body>
</html>`,
    page.status ?? 200,
  );
}

export const votingStyle = readFileSync(join(import.meta.dirname, "voting.css"), "utf8");

/**
 * A cookie that the browser gives to nobody but the pages of the vote.
 *
 * @param maxAge seconds; absent: until the browser is closed
 */
export function holder(name: string, secure: boolean, maxAge?: number) {
  const called = secure ? `__Host-${name}` : name;
  const options = {
    path: "/",
    httpOnly: true,
    secure,
    sameSite: "Lax",
    ...(maxAge !== undefined && { maxAge }),
  } as const;
  return {
    get: (c: Request): string | undefined => getCookie(c, called),
    set: (c: Request, token: string) => setCookie(c, called, token, options),
    drop: (c: Request) => deleteCookie(c, called, options),
  };
}

/** What a form of that session carries, so that no other site can send it: made from the cookie's secret. */
export const formToken = (sessionToken: string): string =>
  createHmac("sha256", sessionToken).update("form").digest("base64url");

export function isFormToken(sessionToken: string, given: unknown): boolean {
  const expected = Buffer.from(formToken(sessionToken));
  const received = Buffer.from(typeof given === "string" ? given : "");
  return received.length === expected.length && timingSafeEqual(received, expected);
}
