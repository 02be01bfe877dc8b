import { Hono } from "hono";
import { html } from "hono/html";
import { directionOf } from "../../core/direction.ts";
import type { Edition } from "../../core/edition/schema.ts";
import type { Text } from "../../core/engine/message.ts";
import { standing } from "../../core/topics/dates.ts";
import { pageLanguage, type Words } from "../../core/words.ts";

/** The short public page of an edition that is not a demonstration. */
export function homePage(options: {
  readonly edition: Edition;
  readonly words: Words;
  /** The edition's day. */
  readonly today: () => string;
}): Hono {
  const { edition, words, today } = options;
  const app = new Hono();
  app.get("/", (c) => {
    const language = pageLanguage(words, c.req.query("lang"), "dates");
    const say = (text: Text) => words.say(language, text);
    const { site } = edition.union;
    const { notice } = edition.privacy;
    return c.html(html`<!doctype html>
<html lang="${language}" dir="${directionOf(language)}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${say({ literal: edition.name })}</title>
<main>
<h1>${say({ literal: edition.name })}</h1>
<p>${say({ literal: edition.union.name })}</p>
<p>${say(standing({ edition, today: today() }))}</p>
${site ? html`<p><a href="${site}">${site}</a></p>` : ""}
${notice ? html`<p><a href="${notice}">Privacy</a></p>` : ""}
</main>
</html>`);
  });
  return app;
}
