import { randomUUID } from "node:crypto";
import type { Context as Request } from "hono";
import { html } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";
import { z } from "zod";
import type { Params, Text } from "../../../core/engine/message.ts";
import { phoneOf } from "../../../core/topics/contacts.ts";
import type { BallotSessions, Roll } from "../../../core/voting/ports.ts";
import type { StationActs, StationDevice, StationDevices } from "../../../core/voting/stations.ts";
import { FORM_TOKEN } from "../browser.ts";
import { votingScript } from "../code.ts";
import { formToken, holder, isFormToken, languageOf, type Surroundings, votingPage } from "../shell.ts";

/** What the pages of the stations work with. */
export interface StationOptions extends Surroundings {
  readonly stationDevices: StationDevices;
  readonly stationActs: StationActs;
  readonly roll: Roll;
  readonly sessions: BallotSessions;
}

export const STATION = "/voto/seggio";

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;
type Status = NonNullable<Parameters<typeof votingPage>[2]["status"]>;

/** A page of a station, in words. */
export interface Screen {
  /** A message of `station.yaml`. */
  readonly t: (name: string, params?: Params) => string;
  readonly say: (text: Text) => string;
  readonly page: (title: string, body: Html, status?: Status) => Response | Promise<Response>;
}

/** What staff sent, by the station's own device. */
export interface Counter extends Screen {
  readonly c: Request;
  /** What the device's cookie holds. */
  readonly token: string;
  readonly device: StationDevice;
  /** A field of the form that was sent; empty where there is none. */
  readonly field: (name: string) => string;
  /** The id drawn for what the form asks for; `undefined` for a form that is none of ours. */
  readonly request: string | undefined;
}

/** A cookie that is there until the next day whatever the tablet does with its browser. */
export const deviceCookie = ({ secure }: Surroundings) => holder("station", secure, 24 * 60 * 60);

export function screenOf(c: Request, options: StationOptions): Screen {
  const { edition, words } = options;
  const also = ["station"];
  const language = languageOf(c, options, undefined, also);
  const t = (name: string, params: Params = {}) =>
    words.say(language, { key: `station.${name}`, params: { phone: phoneOf(edition), ...params } });
  return {
    t,
    say: (text) => words.say(language, text),
    page: (title, body, status = 200) =>
      votingPage(c, options, {
        title: { literal: title },
        also,
        status,
        script: votingScript("station.js"),
        body: html`<div id="station">${body}<p class="hint">${t("help")}</p></div>`,
      }),
  };
}

/** This browser is not, or no more, the device of a station that is open. */
export const offPage = ({ t, page }: Screen) =>
  page(t("off.title"), html`<p class="error">${t("off.why")}</p>`, 403);

type Guarded = (counter: Counter) => Response | Promise<Response>;

/**
 * Lets the station's own device in, and nobody else.
 *
 * @param whenLocked what is done while a voter holds it
 */
export function guard(options: StationOptions, whenLocked: Guarded) {
  const cookie = deviceCookie(options);
  return (does: Guarded) => async (c: Request) => {
    const screen = screenOf(c, options);
    const token = cookie.get(c);
    const device =
      token === undefined ? undefined : await options.stationDevices.read(token, options.today());
    if (token === undefined || device === undefined) return offPage(screen);
    const form = c.req.method === "POST" ? await c.req.parseBody() : {};
    if (c.req.method === "POST" && !isFormToken(token, form[FORM_TOKEN])) return offPage(screen);
    const field = (name: string) => {
      const value = form[name];
      return typeof value === "string" ? value.trim() : "";
    };
    const request = z.uuid().safeParse(field("request")).data;
    return (device.locked ? whenLocked : does)({ ...screen, c, token, device, field, request });
  };
}

/** What a form says where no answer came: that nothing is known to be recorded, and to press again. */
type Unsure = "unsure" | "unsure_undo" | "unsure_find";

/**
 * A form of a station. It works without the page's script, which sends it with a time-out.
 *
 * @param unsure absent for a form that leads away from the station: the script leaves it alone
 */
export function form({ t, token }: Counter, action: string, inner: Html, unsure?: Unsure): Html {
  return html`<form method="post" action="${STATION}/${action}" autocomplete="off" ${unsure ? "data-patient" : ""}>
      <input type="hidden" name="${FORM_TOKEN}" value="${formToken(token)}">
      <input type="hidden" name="request" value="${randomUUID()}">
      ${inner}
      ${unsure ? html`<p class="error" role="alert" data-unsure hidden>${t(unsure)}</p>` : ""}
    </form>`;
}

/** What is wrong with what was sent, if anything: a message of `station.yaml`. */
export const problemIn = ({ t }: Pick<Screen, "t">, problem: string | undefined): Html | "" =>
  problem === undefined ? "" : html`<p class="error" role="alert">${t(problem)}</p>`;

/** The way to the station's first page. */
export const onward = ({ t }: Pick<Screen, "t">, label: "next" | "back" | "find.back" = "next") =>
  html`<p><a class="button second" href="${STATION}">${t(label)}</a></p>`;
