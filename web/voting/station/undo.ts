import { html } from "hono/html";
import { z } from "zod";
import { undoReasons } from "../../../core/voting/stations.ts";
import { type Counter, offPage, onward, type StationOptions } from "./counter.ts";
import { pinIn } from "./fields.ts";
import { home } from "./home.ts";
import { undoMinutes } from "./marks.ts";

/** Takes a mark back: a reason, the slip in hand, and both PINs. */
export async function undo(counter: Counter, options: StationOptions) {
  const { token: device, request, field, t, page } = counter;
  const reason = undoReasons.find((one) => one === field("reason"));
  const isSlipHere = field("slip") === "here";
  const of = z.uuid().safeParse(field("of")).data;
  if (!request || !of || !reason || !isSlipHere) return home(counter, options, "undo.missing");
  const minutes = undoMinutes(options);
  const done = await options.stationActs.undo({
    device,
    request,
    today: options.today(),
    of,
    pins: [pinIn(field("first")), pinIn(field("second"))],
    reason,
    minutes,
  });
  switch (done.kind) {
    case "off":
      return offPage(counter);
    case "wrongPins":
      return page(
        t("undo.title"),
        html`<p class="error" role="alert">${t("enrol.wrong", { left: done.triesLeft })}</p>${onward(counter, "back")}`,
        403,
      );
    case "tooLate":
      return page(t("undo.late"), html`<p>${t("undo.late_why", { minutes })}</p>${onward(counter)}`, 409);
    case "undone":
      return page(t("undo.done"), html`<p>${t("undo.done_what")}</p>${onward(counter)}`);
  }
}
