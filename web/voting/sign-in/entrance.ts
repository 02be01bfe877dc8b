import { randomBytes } from "node:crypto";
import { Hono, type Context as Request } from "hono";
import { html } from "hono/html";
import type { OpenedLink } from "../../../core/voting/ports.ts";
import { FORM_TOKEN } from "../browser.ts";
import { refusalPage } from "../refusal-page.ts";
import { whyShut } from "../refusals.ts";
import { holder, isFormToken, votingLanguages } from "../shell.ts";
import {
  again,
  formIn,
  HOME,
  type Html,
  ownForm,
  type SignInOptions,
  type Step,
  stepOf,
  WAYS,
} from "./step.ts";

/**
 * Where one begins: with the link that a chat was given, or without. Fetching a page changes
 * nothing, as chat apps and virus scanners fetch every link; its button does.
 */
export function entrance(options: SignInOptions): Hono {
  const { edition, words, today, secure, browsers, links, sessions } = options;
  const app = new Hono();
  /** Tells our own pages' forms from others' before there is a session. */
  const visit = holder("visit", secure);

  function open(c: Request, step: Step, name: string, body: Html) {
    const token = visit.get(c) ?? randomBytes(32).toString("base64url");
    visit.set(c, token);
    const button = html`<p><button>${step.t("option.begin")}</button></p>`;
    return step.page(name, html`${body}${ownForm(token, c.req.path, button)}${languages(step)}`);
  }

  /** The same page in the other languages. */
  const languages = ({ language }: Step) =>
    html`${votingLanguages(options)
      .filter((other) => other !== language)
      .map((other) => html`<p><a href="?lang=${other}" lang="${other}">${nameOf(other)}</a></p>`)}`;

  async function begin(c: Request, contactId: string | undefined) {
    await browsers.end(c);
    browsers.hold(c, await sessions.begin(contactId));
    visit.drop(c);
    return c.redirect(WAYS, 303);
  }

  async function isOurs(c: Request): Promise<boolean> {
    const token = visit.get(c);
    return token !== undefined && isFormToken(token, (await formIn(c)).get(FORM_TOKEN));
  }

  /** A link to the ballot; others have pages of their own, which use them up. */
  async function toBallot(token: string): Promise<OpenedLink | undefined> {
    const link = await links.peek(token);
    return link?.cityUser === undefined ? link : undefined;
  }

  const shutOr = (does: (c: Request) => Promise<Response>) => async (c: Request) => {
    const shut = whyShut(edition, today());
    return shut ? refusalPage(c, options, shut) : does(c);
  };
  const languageIn = (chat: string) => words.languages.find((one) => one === chat);
  const until = () => ({ to: { date: edition.vote?.online?.to ?? today() } });

  app.get(
    HOME,
    shutOr(async (c) => {
      const step = stepOf(c, options);
      const { t } = step;
      return open(c, step, "start", html`<p>${t("start.text", until())}</p><p>${t("start.next")}</p>`);
    }),
  );
  app.post(
    HOME,
    shutOr(async (c) =>
      (await isOurs(c)) ? begin(c, undefined) : stepOf(c, options).halt("cookies", 403, { doors: [again] }),
    ),
  );

  app.get(
    `${HOME}/l/:token`,
    shutOr(async (c) => {
      const link = await toBallot(c.req.param("token") ?? "");
      if (!link) return stepOf(c, options).halt("old_link", 410, { doors: [again] });
      const step = stepOf(c, options, c.req.query("lang") ? undefined : languageIn(link.language));
      const { t } = step;
      return open(
        c,
        step,
        "start",
        html`<p>${t("start.asked")}</p>
      <p>${t("start.not_you")}</p>
      <p>${t("start.text", until())}</p>
      <p>${t("start.next")}</p>`,
      );
    }),
  );
  app.post(
    `${HOME}/l/:token`,
    shutOr(async (c) => {
      if (!(await isOurs(c))) return stepOf(c, options).halt("cookies", 403, { doors: [again] });
      const token = c.req.param("token") ?? "";
      const link = (await toBallot(token)) && (await links.take(token));
      if (!link) return stepOf(c, options).halt("old_link", 410, { doors: [again] });
      return begin(c, link.contactId);
    }),
  );
  return app;
}

/** A language's own name for itself. */
const nameOf = (language: string): string =>
  new Intl.DisplayNames([language], { type: "language" }).of(language) ?? language;
