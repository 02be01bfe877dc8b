import { Hono, type Context as Request } from "hono";
import { html } from "hono/html";
import type { Params, Text } from "../../core/engine/message.ts";
import type { BallotOptions } from "./ballot-options.ts";
import { ballotBody } from "./ballot-page.ts";
import { votingCodePages, votingScript } from "./code.ts";
import { ending } from "./ending.ts";
import { digitsForChat } from "./receipt-page.ts";
import { refusalPage } from "./refusal-page.ts";
import { noProjects, type Refusal, refusal, signedOut, whyBarred, whyShut } from "./refusals.ts";
import { languageOf, votingPage } from "./shell.ts";
import { votes } from "./votes.ts";

/** From the ballot to the receipt, for who has signed in. */
export function ballotPages(options: BallotOptions): Hono {
  const app = new Hono();
  for (const part of [ballotPage(options), votes(options), ending(options), votingCodePages()])
    app.route("/", part);
  return app;
}

function ballotPage(options: BallotOptions): Hono {
  const { edition, words, today, rules, browsers, box, roll, sessions } = options;
  const app = new Hono();
  const refuse = (c: Request, refusal: Refusal) => refusalPage(c, options, refusal);

  app.get("/voto/scheda", async (c) => {
    const language = languageOf(c, options);
    const say = (text: Text) => words.say(language, text);
    const t = (name: string, params: Params = {}) => say({ key: `ballot.${name}`, params });
    const browser = await browsers.find(c);
    const digits = browser?.session.tying ? await sessions.voted(browser.token) : undefined;
    // The page with the receipt was loaded again, as phones do when memory is short.
    if (digits)
      return votingPage(c, options, {
        title: { key: "ballot.receipt.title" },
        body: html`<p>${t("receipt.gone")}</p>${digitsForChat(t, digits)}`,
      });
    const day = today();
    const shut = whyShut(edition, day);
    if (shut) return refuse(c, shut);
    if (!browser?.session.signedIn) return refuse(c, signedOut);
    const { voterId, route } = browser.session.signedIn;
    const barred = whyBarred(edition, await roll.read(voterId), day);
    if (barred) return refuse(c, barred);
    const ballot = await box.ballot(day);
    if (!ballot) return refuse(c, noProjects);
    if (ballot.closed) return refuse(c, refusal(edition, { kind: "closed" }));
    return votingPage(c, options, {
      title: { key: "ballot.title" },
      script: votingScript("ballot.js"),
      body: ballotBody({
        edition,
        rules,
        ballot,
        language,
        say,
        t,
        token: browser.token,
        atStation: route === "station",
        fromChat: browser.session.contactId !== undefined,
        until: edition.vote?.online?.to ?? day,
      }),
    });
  });
  return app;
}
