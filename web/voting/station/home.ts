import { html } from "hono/html";
import { stationName } from "../../../core/voting/paper-notice.ts";
import { isVoting } from "../../../core/voting/window.ts";
import { type Counter, form, type Html, problemIn, STATION, type StationOptions } from "./counter.ts";
import { codeField, nameFields } from "./fields.ts";
import { lastMarks } from "./marks.ts";

/** The station's first page: looking somebody up, and the last marks. */
export async function home(counter: Counter, options: StationOptions, problem?: string) {
  const { t, device, page } = counter;
  const find = html`<p><button>${t("find.button")}</button></p>`;
  return page(
    t("title", { station: stationName(options.edition, device.name) }),
    html`
      <p>${t("find.day", { day: { date: device.day } })} ${t("find.marks", { count: device.marks })}</p>
      ${problemIn(counter, problem)}
      <h2>${t("find.code_title")}</h2>
      ${form(counter, "cerca", html`${codeField(counter)}${find}`, "unsure_find")}
      <h2>${t("find.name_title")}</h2>
      ${form(counter, "cerca", html`${nameFields(counter)}${find}`, "unsure_find")}
      ${canRegister(options) ? registerDoor(counter) : ""}
      ${await lastMarks(counter, options)}`,
    problem === undefined ? 200 : 400,
  );
}

/** Whether people who live elsewhere are put on the register here: at booths, at once. */
export const canRegister = ({ edition, today }: StationOptions): boolean =>
  edition.eligibility.elsewhere !== undefined &&
  edition.vote?.cityUserAtBooth !== undefined &&
  isVoting(edition, "paper", today());

export const registerDoor = ({ t }: Counter): Html =>
  html`<p><a class="button second" href="${STATION}/albo">${t("register.open")}</a></p>`;
