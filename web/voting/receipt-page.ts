import { html } from "hono/html";
import type { BallotPage } from "./ballot-page.ts";

/** What is shown once the vote is taken: the receipt, and nothing of the choice. */
export function receiptStep({ rules, until, fromChat, t }: BallotPage) {
  return html`
    <section id="receipt" hidden>
      <h2 tabindex="-1">${t("receipt.title")}</h2>
      <p>${t("receipt.lead")}</p>
      ${fromChat ? digitsForChat(t) : ""}
      <h3>${t("receipt.heading")}</h3>
      <p>${t("receipt.save")}</p>
      <dl>
        <dt>${t("receipt.id")}</dt><dd class="code" id="receipt-id"></dd>
        <dt>${t("receipt.signature")}</dt><dd class="code" id="receipt-signature"></dd>
      </dl>
      <div class="buttons no-print">
        <button type="button" id="download" class="second">${t("option.download")}</button>
        <button type="button" id="copy" class="second">${t("option.copy")}</button>
        <button type="button" id="print" class="second">${t("option.print")}</button>
      </div>
      <p role="status" id="said"></p>
      <p>${t("receipt.where", { to: { date: until } })} <a href="/dati" target="_blank" rel="noopener">${t("data")}</a></p>
      ${
        rules.publishBallots
          ? html`<h3>${t("receipt.check")}</h3><p class="code" id="check-code"></p><p>${t("receipt.check_is")}</p>`
          : ""
      }
      <p class="no-print"><button type="submit" form="end">${t("option.end")}</button></p>
      <p class="hint no-print">${t("receipt.ends")}</p>
    </section>`;
}

/** What ties the vote to the chat that gave the link. */
export function digitsForChat(t: BallotPage["t"], digits?: string) {
  return html`
    <div id="tie" class="tie no-print">
      <h3>${t("digits.title")}</h3>
      <p>${t("digits.how")}</p>
      <p class="digits" id="digits">${digits}</p>
      <p>${t("digits.why")}</p>
      <p class="hint">${t("digits.others")}</p>
    </div>`;
}
