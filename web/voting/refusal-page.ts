import type { Context as Request } from "hono";
import { html } from "hono/html";
import type { Text } from "../../core/engine/message.ts";
import { phoneOf } from "../../core/topics/contacts.ts";
import type { Refusal } from "./refusals.ts";
import { languageOf, type Surroundings, votingPage } from "./shell.ts";

/** A page where one cannot go on: why, what to do instead, and whom to call. */
export function refusalPage(c: Request, surroundings: Surroundings, { why, next, status }: Refusal) {
  const { edition, words } = surroundings;
  const language = languageOf(c, surroundings);
  const say = (text: Text) => words.say(language, text);
  return votingPage(c, surroundings, {
    title: { key: "ballot.title" },
    status,
    body: html`
      ${say(why)
        .split("\n\n")
        .map((paragraph) => html`<p>${paragraph}</p>`)}
      ${next ? html`<p><a class="button" href="${WAYS[next]}">${say({ key: `ballot.said.${next}` })}</a></p>` : ""}
      <p class="hint">${say({ key: "ballot.help", params: { phone: phoneOf(edition) } })}</p>`,
  });
}

const WAYS = { anew: "/voto/scheda", enter: "/voto" };
