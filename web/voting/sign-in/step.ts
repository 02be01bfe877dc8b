import type { Context as Request } from "hono";
import { html } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";
import type { BallotRules } from "../../../core/edition/schema.ts";
import type { Params, Text } from "../../../core/engine/message.ts";
import { phoneOf } from "../../../core/topics/contacts.ts";
import type { CodeChannel, IdentityProvider, LoginCodes } from "../../../core/voting/identity.ts";
import type { BallotLinks, BallotSessions, Roll } from "../../../core/voting/ports.ts";
import { type Browser, type Browsers, FORM_TOKEN } from "../browser.ts";
import { refusalPage } from "../refusal-page.ts";
import { whyShut } from "../refusals.ts";
import { formToken, languageOf, type Surroundings, votingPage } from "../shell.ts";

/** What signing in works with. */
export interface SignInOptions extends Surroundings {
  readonly rules: BallotRules;
  readonly browsers: Browsers;
  readonly links: BallotLinks;
  readonly sessions: BallotSessions;
  readonly roll: Pick<Roll, "byTaxCode" | "read">;
  readonly codes: LoginCodes;
  /** Those that a code can go out by. */
  readonly codeChannels: readonly CodeChannel[];
  /** That of SPID and CIE; absent where none is set up. */
  readonly provider?: IdentityProvider | undefined;
  /** Real time. */
  readonly now: () => Date;
  /** Called when a code was written to the outbox. */
  readonly wrote: () => void;
  readonly log: { warn(details: object, message: string): void };
}

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;
type Status = NonNullable<Parameters<typeof votingPage>[2]["status"]>;

export const HOME = "/voto";
export const WAYS = "/voto/accesso";
export const BALLOT = "/voto/scheda";

/** One step of a person's way in, in words. */
export interface Step {
  readonly language: string;
  /** A message of `sign-in.yaml`. */
  readonly t: (name: string, params?: Params) => string;
  readonly say: (text: Text) => string;
  /** @param name that of a message whose `title` is the page's */
  readonly page: (name: string, body: Html, status?: Status) => Response | Promise<Response>;
  /** A page on which one does not get further: why, where to go instead, and whom to call. */
  readonly halt: (name: string, status: Status, halt?: Halt) => Response | Promise<Response>;
}

interface Halt {
  readonly params?: Params;
  /** Said after the reason, each if it holds. */
  readonly also?: readonly Text[];
  readonly doors?: readonly Door[];
}

interface Door {
  readonly href: string;
  /** An option of `sign-in.yaml`. */
  readonly label: string;
}

/** Where one begins anew. */
export const again: Door = { href: HOME, label: "again" };
/** Where the other ways in are. */
export const otherWays: Door = { href: WAYS, label: "ways" };

/** @param given the language of whom a chat sent here */
export function stepOf(c: Request, options: SignInOptions, given?: string): Step {
  const { edition, words } = options;
  const language = languageOf(c, options, given);
  const say = (text: Text) => words.say(language, text);
  const t = (name: string, params: Params = {}) =>
    say({ key: `sign-in.${name}`, params: { phone: phoneOf(edition), ...params } });
  const page: Step["page"] = (name, body, status = 200) =>
    votingPage(c, options, {
      title: { key: `sign-in.${name}.title` },
      status,
      ...(given !== undefined && { language: given }),
      body: html`${body}<p class="hint">${callable(t("help"), edition.union.phone)}</p>`,
    });
  return {
    language,
    t,
    say,
    page,
    halt(name, status, { params, also = [], doors = [] } = {}) {
      const paragraphs = [...t(`${name}.text`, params).split("\n\n"), ...also.map(say)];
      return page(
        name,
        html`${paragraphs.map((paragraph) => html`<p>${paragraph}</p>`)}
      ${doors.map(({ href, label }) => html`<p><a class="button" href="${href}">${t(`option.${label}`)}</a></p>`)}`,
        status,
      );
    },
  };
}

/** Words with a telephone number in them, which can be pressed. */
function callable(text: string, phone: string | undefined): Html {
  const [before = "", after] = phone === undefined ? [text] : text.split(phone);
  if (phone === undefined || after === undefined) return html`${text}`;
  return html`${before}<a href="tel:${phone.replace(/[^\d+]/g, "")}">${phone}</a>${after}`;
}

type Does = (step: Step, browser: Browser, c: Request) => Response | Promise<Response>;
type DoesWithForm = (
  step: Step,
  browser: Browser,
  form: URLSearchParams,
  c: Request,
) => Response | Promise<Response>;

/** Lets on who has begun and is on the way in, on the days of the vote. */
export function onTheWay(options: SignInOptions) {
  async function letOn(c: Request, does: Does): Promise<Response> {
    const shut = whyShut(options.edition, options.today());
    if (shut) return refusalPage(c, options, shut);
    const step = stepOf(c, options);
    const browser = await options.browsers.find(c);
    if (!browser) return step.halt("ended", 403, { doors: [again] });
    if (browser.session.signedIn) return c.redirect(BALLOT, 303);
    return does(step, browser, c);
  }
  return {
    asks: (does: Does) => (c: Request) => letOn(c, does),
    /** With a form that this browser's page sent. */
    sends: (does: DoesWithForm) => (c: Request) =>
      letOn(c, async (step, browser) => {
        const form = await formIn(c);
        if (!options.browsers.isOwnForm(browser, form)) return step.halt("ended", 403, { doors: [again] });
        return does(step, browser, form, c);
      }),
  };
}

/** The fields of a form; whatever else was sent has none that count. */
export const formIn = async (c: Request): Promise<URLSearchParams> => new URLSearchParams(await c.req.text());

/** A form of ours, which no other site can send. */
export const ownForm = (
  token: string,
  action: string,
  inner: Html,
): Html => html`<form method="post" action="${action}" autocomplete="on">
      <input type="hidden" name="${FORM_TOKEN}" value="${formToken(token)}">
      ${inner}
    </form>`;
