import { html, raw } from "hono/html";
import type { BallotRules, Edition } from "../../core/edition/schema.ts";
import type { Params, Text } from "../../core/engine/message.ts";
import { phoneOf } from "../../core/topics/contacts.ts";
import type { Ballot } from "../../core/voting/ports.ts";
import { projectCard } from "./ballot-project.ts";
import { FORM_TOKEN } from "./browser.ts";
import { clientSettings } from "./client-settings.ts";
import { drawnOrder } from "./order.ts";
import { receiptStep } from "./receipt-page.ts";
import { secrecy } from "./secrecy.ts";
import { formToken } from "./shell.ts";

/** What the ballot page is made from. */
export interface BallotPage {
  readonly edition: Edition;
  readonly rules: BallotRules;
  readonly ballot: Ballot;
  readonly language: string;
  readonly say: (text: Text) => string;
  /** A message of `ballot.yaml`. */
  readonly t: (name: string, params?: Params) => string;
  /** The session's cookie. */
  readonly token: string;
  /** Whether it is a station's own device, on which others vote next. */
  readonly atStation: boolean;
  /** Whether the session came from a chat, which can be told of the vote. */
  readonly fromChat: boolean;
  /** The last day of the online vote. */
  readonly until: string;
}

/**
 * All that a voter sees between signing in and the end, in one page: `client/ballot.js` shows its
 * steps one at a time, so that the choice leaves the page sealed alone.
 */
export function ballotBody(page: BallotPage) {
  const { edition, rules, ballot, token, t, say } = page;
  // A "<" could end the element that holds the settings.
  const settings = JSON.stringify(clientSettings(page)).replaceAll("<", "\\u003c");
  const phone = phoneOf(edition);

  return html`
    <script type="application/json" id="settings">${raw(settings)}</script>
    <noscript><div class="error">${elsewhere(page)}</div></noscript>

    <section id="choose">
      <fieldset class="projects">
        <legend><h2 tabindex="-1">${say(ruleOf(page))}</h2></legend>
        <p>${[rules.blank ? t("blank") : t("no_blank"), t("once"), t("order")].join(" ")}</p>
        ${drawnOrder(ballot.projects, token).map((placed) => projectCard(placed, page))}
      </fieldset>
      ${secrecy(page)}
      <div id="unable" class="error">${elsewhere(page)}</div>
      <div class="bar" id="bar" hidden>
        <p role="status" id="count"></p>
        <button type="button" id="to-review">${t("option.review")}</button>
      </div>
    </section>

    <section id="review" hidden>
      <h2 tabindex="-1">${t("review")}</h2>
      <p id="total" class="strong"></p>
      <ul id="chosen"></ul>
      <p id="is-blank" class="strong">${t("is_blank")}</p>
      <p>${t("final")}</p>
      <div class="buttons">
        <button type="button" id="send">${t("option.send")}</button>
        <button type="button" id="to-choice" class="second">${t("option.back")}</button>
      </div>
      <h3>${t("envelope")}</h3>
      <p class="code" id="envelope"></p>
      <p class="hint">${t("envelope_is")}</p>
    </section>

    <section id="sending" hidden>
      <h2 tabindex="-1">${t("sending")}</h2>
      <p role="status" id="progress"></p>
      <p class="hint">${t("counts_once")}</p>
      <button type="button" id="retry">${t("option.retry")}</button>
    </section>

    <section id="refused" hidden>
      <h2 tabindex="-1">${t("refused")}</h2>
      <p id="why"></p>
      <p><a class="button" id="way-on" href="/voto/scheda"></a></p>
      <p class="hint">${t("help", { phone })}</p>
    </section>

    ${receiptStep(page)}

    <form id="end" method="post" action="/voto/fine">
      <input type="hidden" name="${FORM_TOKEN}" value="${formToken(token)}">
      ${page.atStation ? html`<input type="hidden" name="station" value="1">` : ""}
    </form>
    <dialog id="idle" aria-labelledby="idle-title">
      <h2 id="idle-title">${t("idle")}</h2>
      <p>${t("idle_ends")}</p>
      <button type="button" id="stay">${t("option.stay")}</button>
    </dialog>`;
}

function ruleOf({ rules: { choices }, edition }: BallotPage): Text {
  if (choices.rule === "one") return { key: "ballot.rule.one" };
  if (choices.rule === "upTo") return { key: "ballot.rule.upTo", params: { most: choices.most } };
  return { key: "ballot.rule.withinBudget", params: { budget: { euros: edition.budget?.amount ?? 0 } } };
}

/** Where to vote when this browser cannot seal a ballot. */
function elsewhere({ edition, t, say }: BallotPage) {
  const stations = (edition.vote?.stations ?? []).map(({ name, where, hours }) => {
    const parts = [name, where, ...(hours ? [hours] : [])];
    return html`<li>${parts.map((literal) => say({ literal })).join(", ")}</li>`;
  });
  return html`<p>${t("unable", { phone: phoneOf(edition) })}</p>
    ${stations.length > 0 ? html`<ul>${stations}</ul>` : ""}`;
}
