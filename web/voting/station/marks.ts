import { html } from "hono/html";
import { type RecentMark, undoReasons } from "../../../core/voting/stations.ts";
import { type Counter, form, type Html, type StationOptions } from "./counter.ts";
import { bothPins } from "./fields.ts";

/** How long a mark may be taken back. */
export const undoMinutes = ({ edition }: StationOptions): number => edition.vote?.ballot?.undoMinutes ?? 0;

/** The marks that may still be taken back, each with the form for it. */
export async function lastMarks(counter: Counter, options: StationOptions): Promise<Html | ""> {
  const { t, device } = counter;
  const minutes = undoMinutes(options);
  if (minutes === 0 || device.marks === 0) return "";
  const oldest = Date.now() - minutes * 60_000;
  const recent = device.latest.filter(({ at }) => at.getTime() >= oldest);
  const entries = await Promise.all(recent.map((mark) => markEntry(counter, options, mark)));
  return html`<h2>${t("undo.title")}</h2>
    <p>${recent.length === 0 ? t("undo.none") : t("undo.how", { minutes })}</p>
    ${entries}`;
}

async function markEntry(counter: Counter, options: StationOptions, { request, voterId, at }: RecentMark) {
  const voter = await options.roll.read(voterId);
  if (!voter) return "";
  const { name, surname } = voter;
  const { timeZone } = options.edition;
  const time = new Intl.DateTimeFormat("it", { timeStyle: "short", timeZone }).format(at);
  return html`<details>
      <summary>${counter.t("undo.entry", { name, surname, time })}</summary>
      ${form(counter, "annulla", undoFields(counter, request), "unsure_undo")}
    </details>`;
}

const undoFields = (counter: Counter, request: string): Html => {
  const { t } = counter;
  return html`<input type="hidden" name="of" value="${request}">
      <fieldset>
        <legend>${t("undo.reason")}</legend>
        ${undoReasons.map(
          (reason) => html`<label class="choice">
            <input type="radio" name="reason" value="${reason}" required> ${t(`undo.reasons.${reason}`)}
          </label>`,
        )}
      </fieldset>
      <label class="choice"><input type="checkbox" name="slip" value="here" required> ${t("undo.slip")}</label>
      ${bothPins(counter)}
      <p><button>${t("undo.button")}</button></p>`;
};
