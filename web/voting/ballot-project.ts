import { html } from "hono/html";
import type { BallotPage } from "./ballot-page.ts";
import type { Placed } from "./order.ts";

/** One project to choose. Its bit in the ballot is the value; it has no name, so no form ever sends it. */
export function projectCard({ project, position }: Placed, { edition, t }: BallotPage) {
  const challenge = edition.proposals.challenges.find(({ id }) => id === project.challenge);
  const id = `project-${position}`;
  return html`
    <div class="project">
      <input type="checkbox" id="${id}" value="${position}" data-cost="${project.cost}" autocomplete="off"
        aria-describedby="${id}-cost">
      <h3><label for="${id}" dir="auto">${project.title}</label></h3>
      <p class="cost" id="${id}-cost">${t("cost", { cost: { euros: project.cost } })}</p>
      <p dir="auto">${project.summary}</p>
      ${challenge ? html`<p class="hint">${t("challenge", { challenge: { literal: challenge.name } })}</p>` : ""}
      ${
        project.because
          ? html`<details><summary>${t("because")}</summary><p dir="auto">${project.because}</p></details>`
          : ""
      }
    </div>`;
}
