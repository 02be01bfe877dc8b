import { Hono, type Context as Request } from "hono";
import { bodyLimit } from "hono/body-limit";
import { ENVELOPE_BYTES } from "../../core/voting/envelope.ts";
import type { BallotOptions } from "./ballot-options.ts";
import { expired, type Refusal, refusal, spoilt, whyShut } from "./refusals.ts";
import { isFormToken, languageOf } from "./shell.ts";

/** Carries the token of the page that asks; a page of another site can neither know nor send it. */
const FORM_HEADER = "x-form";

/** Takes sealed envelopes. What is asked of it is never logged. */
export function votes(options: BallotOptions): Hono {
  const { edition, words, today, browsers, casting, sessions } = options;
  const app = new Hono();

  const refuse = (c: Request, { why, next, status }: Refusal, as: Refusal["status"] | 413 | 415 = status) =>
    c.json({ refused: words.say(languageOf(c, options), why), ...(next && { next }) }, as);

  /** The browser whose page asks; nobody where it was made for another session, or that has ended. */
  async function asking(c: Request) {
    const browser = await browsers.find(c);
    return browser && isFormToken(browser.token, c.req.header(FORM_HEADER)) ? browser : undefined;
  }

  app.post(
    "/voto/voti",
    (c, next) =>
      c.req.header("content-type") === "application/octet-stream" ? next() : refuse(c, spoilt, 415),
    bodyLimit({ maxSize: ENVELOPE_BYTES, onError: (c) => refuse(c, spoilt, 413) }),
    async (c) => {
      const envelope = new Uint8Array(await c.req.arrayBuffer());
      if (envelope.length !== ENVELOPE_BYTES) return refuse(c, spoilt);
      const day = today();
      const shut = whyShut(edition, day);
      const browser = await asking(c);
      const signedIn = browser?.session.signedIn;
      // Who sends again what was taken gets the receipt again, whatever has ended meanwhile.
      if (!signedIn || shut) {
        const receipt = await casting.again(envelope);
        if (!receipt) return refuse(c, shut ?? expired);
        const digits = browser?.session.tying ? await sessions.voted(browser.token) : undefined;
        return c.json({ receipt, digits });
      }
      const cast = await casting.cast({ ...signedIn, envelope, today: day });
      if (cast.kind !== "cast") return refuse(c, refusal(edition, cast));
      return c.json({ receipt: cast.receipt, digits: await sessions.voted(browser.token) });
    },
  );

  // A page on which somebody takes their time keeps its session.
  app.post("/voto/ancora", async (c) => ((await asking(c)) ? c.json({}) : refuse(c, expired)));

  return app;
}
