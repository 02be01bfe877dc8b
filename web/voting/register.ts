import { Hono, type Context as Request } from "hono";
import { bodyLimit } from "hono/body-limit";
import { html } from "hono/html";
import type { Params } from "../../core/engine/message.ts";
import { phoneOf } from "../../core/topics/contacts.ts";
import type { CityUserCodes } from "../../core/voting/city-users.ts";
import type { BallotLinks, OpenedLink } from "../../core/voting/ports.ts";
import { readTaxCode } from "../../core/voting/tax-code.ts";
import { languageOf, type Surroundings, votingPage } from "./shell.ts";
import { field } from "./sign-in/field.ts";
import { formIn } from "./sign-in/step.ts";
import { privacyNotice } from "./sign-in/ways.ts";

export interface RegisterOptions extends Surroundings {
  readonly links: BallotLinks;
  readonly cityUserCodes: CityUserCodes;
}

/** A codice fiscale fills a hundredth of it. */
const MOST_BYTES = 4 * 1024;
const PATH = "/voto/albo/:token";

/**
 * Where a request for the register of city users is completed with the codice fiscale, which chats
 * must not carry. Fetching the page uses nothing up, as chat apps fetch every link; the link alone
 * lets its form in, so it needs no cookie. Nothing here tells whether a code is on the roll.
 */
export function registerPage(options: RegisterOptions): Hono {
  const { edition, words, links, cityUserCodes } = options;
  const app = new Hono();

  const inWords =
    (language: string, messages = "register.page") =>
    (name: string, params: Params = {}) =>
      words.say(language, { key: `${messages}.${name}`, params: { phone: phoneOf(edition), ...params } });

  function over(c: Request, status: 404 | 410 | 413) {
    const t = inWords(languageOf(c, options));
    return votingPage(c, options, {
      title: { key: "register.page.over_title" },
      status,
      body: html`<p>${t("over")}</p>`,
    });
  }

  function ask(c: Request, { cityUser = 0, ...link }: OpenedLink, typed = "", problem?: string) {
    const language = languageOf(c, options, link.language);
    const t = inWords(language);
    const signIn = inWords(language, "sign-in");
    return votingPage(c, options, {
      title: { key: "register.page.title" },
      language,
      ...(problem !== undefined && { status: 400 }),
      body: html`
      <p>${t("what", { number: String(cityUser) })}</p>
      <p>${t("who")}</p>
      ${privacyNotice({ t: signIn }, edition)}
      <form method="post" autocomplete="off">
        ${field({
          name: "taxCode",
          label: t("label"),
          hint: t("hint"),
          value: typed,
          problem: problem && t(`problem.${problem}`),
          autocomplete: "off",
          capitals: "characters",
        })}
        <p><button>${t("send")}</button></p>
      </form>
      <p class="hint">${signIn("help")}</p>`,
    });
  }

  app.use(PATH, bodyLimit({ maxSize: MOST_BYTES, onError: (c) => over(c, 413) }));
  app.get(PATH, async (c) => {
    const link = await links.peek(c.req.param("token"));
    return link?.cityUser === undefined ? over(c, 410) : ask(c, link);
  });
  app.post(PATH, async (c) => {
    const token = c.req.param("token");
    const link = await links.peek(token);
    if (link?.cityUser === undefined) return over(c, 410);
    const typed = (await formIn(c)).get("taxCode") ?? "";
    const code = await readTaxCode(typed);
    if (!code.ok) return ask(c, link, typed, code.problem);
    const given = await cityUserCodes.giveCode(link.cityUser, link.contactId, code);
    if (given === "birthDisagrees") return ask(c, link, typed, given);
    await links.take(token);
    if (given === "closed") return over(c, 410);
    const t = inWords(languageOf(c, options, link.language));
    return votingPage(c, options, {
      title: { key: "register.page.done_title" },
      language: link.language,
      body: html`<p>${t("done")}</p><p>${t("next")}</p>`,
    });
  });
  return app;
}
