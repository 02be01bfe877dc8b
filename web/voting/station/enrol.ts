import type { Context as Request } from "hono";
import { html } from "hono/html";
import { stationName } from "../../../core/voting/paper-notice.ts";
import { deviceCookie, type Screen, STATION, type StationOptions, screenOf } from "./counter.ts";
import { bothPins, pinIn } from "./fields.ts";

/** What the link of a station shows, without using it up: two PINs are needed. */
export async function invitation(c: Request, options: StationOptions, wrong?: number) {
  const screen = screenOf(c, options);
  const { t, page } = screen;
  const invited = await options.stationDevices.invited(c.req.param("token") ?? "", options.today());
  if (!invited) return over(screen, wrong);
  return page(
    t("enrol.title", { station: stationName(options.edition, invited.name) }),
    html`<p>${t("enrol.what", { day: { date: invited.day } })}</p>
      ${wrong === undefined ? "" : html`<p class="error" role="alert">${t("enrol.wrong", { left: wrong })}</p>`}
      <p>${t("enrol.pins")}</p>
      <form method="post" autocomplete="off">
        ${bothPins(screen)}
        <p><button>${t("enrol.button")}</button></p>
      </form>`,
    wrong === undefined ? 200 : 403,
  );
}

/** Makes this browser the station's device, and the link worth nothing. */
export async function enrol(c: Request, options: StationOptions) {
  const form = await c.req.parseBody();
  const pins = [pinIn(form["first"]), pinIn(form["second"])] as const;
  const token = c.req.param("token") ?? "";
  const done = await options.stationDevices.enrol(token, pins, options.today());
  if (done.kind === "unknown") return over(screenOf(c, options));
  if (done.kind === "wrongPins") return invitation(c, options, done.triesLeft);
  deviceCookie(options).set(c, done.device);
  return c.redirect(STATION, 303);
}

function over({ t, page }: Screen, wrong?: number) {
  return page(
    t("enrol.over"),
    html`${wrong === undefined ? "" : html`<p class="error">${t("enrol.wrong", { left: wrong })}</p>`}
      <p>${t("enrol.over_why")}</p>`,
    410,
  );
}
