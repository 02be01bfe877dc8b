import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { claimPage } from "./claim-page.ts";
import { codePage } from "./code.ts";
import { entrance } from "./entrance.ts";
import { spid } from "./spid.ts";
import { HOME, type SignInOptions, stepOf, WAYS } from "./step.ts";
import { waysIn } from "./ways.ts";

export type { SignInOptions } from "./step.ts";

/** A form with the data of a person fills a hundredth of it. */
const MOST_BYTES = 16 * 1024;

/** Proving who one is, before the ballot. */
export function signIn(options: SignInOptions): Hono {
  const app = new Hono();
  const limit = bodyLimit({
    maxSize: MOST_BYTES,
    onError: (c) => stepOf(c, options).halt("too_much", 413),
  });
  for (const path of [HOME, `${HOME}/l/*`, `${WAYS}/*`]) app.use(path, limit);
  const parts = [entrance(options), waysIn(options), spid(options)];
  if (options.rules.routes.code !== "off" && options.codeChannels.length > 0)
    parts.push(claimPage(options), codePage(options));
  for (const part of parts) app.route("/", part);
  return app;
}
