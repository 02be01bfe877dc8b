import { html } from "hono/html";
import { readBirth } from "../../../core/understanding/dates.ts";
import type { Voter } from "../../../core/voting/ports.ts";
import { type DocumentKind, documentKinds } from "../../../core/voting/stations.ts";
import type { Counter, Html, Screen, StationOptions } from "./counter.ts";

/** Fields of the stations' forms, with what was sent in them, and how they are read. */

export const codeField = ({ t, field }: Counter): Html => html`<label>${t("find.code")}
      <span class="hint">${t("find.code_hint")}</span>
      <input name="code" required autocapitalize="characters" spellcheck="false" value="${field("code")}">
    </label>`;

/** Surname and day of birth, which the roll is searched by. */
export const nameFields = ({ t, field }: Counter): Html => html`<label>${t("find.surname")}
      <input name="surname" required spellcheck="false" value="${field("surname")}">
    </label>
    <label>${t("find.birth")}
      <span class="hint">${t("find.birth_hint")}</span>
      <input name="birth" required value="${field("birth")}">
    </label>`;

/** The day of birth, where it is a whole one. */
export function birthIn({ field }: Counter, { today }: StationOptions): string | undefined {
  const reading = readBirth(field("birth"), today());
  return reading.ok && reading.birth.kind === "date" ? reading.birth.date : undefined;
}

export const documentChoice = ({ t, field }: Counter, legend: string): Html => html`<fieldset>
      <legend>${legend}</legend>
      ${documentKinds.map(
        (kind) => html`<label class="choice">
          <input type="radio" name="document" value="${kind}" ${field("document") === kind ? "checked" : ""} required>
          ${t(`document.${kind}`)}
        </label>`,
      )}
    </fieldset>`;

export const documentIn = ({ field }: Counter): DocumentKind | undefined =>
  documentKinds.find((kind) => kind === field("document"));

export const pinField = (label: string, name: string, hint?: string): Html => html`<label>${label}
      ${hint === undefined ? "" : html`<span class="hint">${hint}</span>`}
      <input name="${name}" type="password" inputmode="numeric" autocomplete="off" required>
    </label>`;

/** A PIN as it was typed. */
export const pinIn = (typed: unknown): string => String(typed ?? "").replace(/\s/g, "");

/** One for each member of staff. */
export const bothPins = ({ t }: Screen): Html => html`
    ${pinField(t("enrol.first"), "first", t("enrol.hint"))}
    ${pinField(t("enrol.second"), "second", t("enrol.hint"))}`;

export const voterField = ({ id }: Voter): Html => html`<input type="hidden" name="voter" value="${id}">`;

const VOTER_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The person that a form is about. */
export async function voterIn({ field }: Counter, { roll }: StationOptions): Promise<Voter | undefined> {
  const id = field("voter");
  return VOTER_ID.test(id) ? roll.read(id) : undefined;
}
