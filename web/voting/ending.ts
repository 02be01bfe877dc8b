import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { html } from "hono/html";
import type { BallotOptions } from "./ballot-options.ts";
import { refusalPage } from "./refusal-page.ts";
import { expired } from "./refusals.ts";
import { languageOf, votingPage } from "./shell.ts";
import { STATION } from "./station/counter.ts";

/** The end of a session, by the voter or by a page that nobody looks at any more. */
export function ending(options: BallotOptions): Hono {
  const { words, browsers } = options;
  const app = new Hono();
  app.post("/voto/fine", bodyLimit({ maxSize: 1024 }), async (c) => {
    const form = new URLSearchParams(await c.req.text());
    const browser = await browsers.find(c);
    if (browser && !browsers.isOwnForm(browser, form)) return refusalPage(c, options, expired);
    await browsers.end(c);
    return c.redirect(form.get("station") ? STATION : "/voto/fine", 303);
  });
  app.get("/voto/fine", (c) => {
    const say = (key: string) => words.say(languageOf(c, options), { key });
    return votingPage(c, options, {
      title: { key: "ballot.end.title" },
      body: html`
        <p>${say("ballot.end.text")}</p>
        <p class="strong">${say("ballot.end.voted")}</p>
        <p>${say("ballot.end.not_voted")}</p>
        <p><a class="button second" href="/voto">${say("ballot.said.enter")}</a></p>`,
    });
  });
  return app;
}
