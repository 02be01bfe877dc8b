import { html } from "hono/html";
import { knowBrowsers } from "../browser.ts";
import { type Counter, form, STATION, type StationOptions } from "./counter.ts";
import { pinField, pinIn } from "./fields.ts";

/** What a voter finds who leaves the ballot, or has cast it: nothing of the station. */
export async function lockedPage(counter: Counter, options: StationOptions, wrong?: number) {
  const { c, t, page } = counter;
  const browser = await knowBrowsers(options, options.sessions).find(c);
  const taking = html`${pinField(t("locked.pin"), "pin")}<p><button>${t("locked.button")}</button></p>`;
  return page(
    t("locked.title"),
    html`<p>${t("locked.voter")}</p>
      ${
        browser?.session.signedIn
          ? html`<p>${t("locked.not_yet")}</p>
            <p><a class="button second" href="/voto/scheda">${t("locked.ballot")}</a></p>`
          : ""
      }
      <h2>${t("locked.staff")}</h2>
      ${wrong === undefined ? "" : html`<p class="error" role="alert">${t("locked.wrong", { left: wrong })}</p>`}
      ${form(counter, "riprendi", taking, "unsure_find")}`,
    wrong === undefined ? 200 : 403,
  );
}

/** Gives the device back to the staff; of the voter nothing stays on it. */
export async function takeBack(counter: Counter, options: StationOptions) {
  const { c, token, device, field } = counter;
  if (device.locked) {
    const wrong = await options.stationDevices.unlock(token, pinIn(field("pin")), options.today());
    if (wrong !== undefined) return lockedPage(counter, options, wrong);
    await knowBrowsers(options, options.sessions).end(c);
  }
  return c.redirect(STATION, 303);
}
