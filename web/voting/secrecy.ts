import { html } from "hono/html";
import { fingerprint } from "../../core/voting/guarantors-key.ts";
import type { BallotPage } from "./ballot-page.ts";

/** What keeps the vote secret, and what this page cannot protect from: both said before anybody chooses. */
export function secrecy({ edition, rules, ballot, t }: BallotPage) {
  const says = [
    "secrecy.sealed",
    edition.demo ? "secrecy.demo" : "secrecy.guarantors",
    "secrecy.seen",
    "secrecy.page",
    ...(rules.routes.code === "self-declared" ? ["secrecy.self_declared"] : []),
    ...(rules.publishBallots ? ["secrecy.published"] : []),
  ];
  return html`
    <details>
      <summary>${t("secrecy.title")}</summary>
      ${says.map((name) => html`<p>${t(name)}</p>`)}
      <p>${t("secrecy.key")}</p>
      <p class="code">${fingerprint(ballot.publicKey)}</p>
      <p><a href="/dati" target="_blank" rel="noopener">${t("data")}</a></p>
    </details>`;
}
