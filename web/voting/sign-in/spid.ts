import { Hono } from "hono";
import { z } from "zod";
import type { Identified } from "../../../core/voting/identity.ts";
import { admit } from "./admit.ts";
import { onTheWay, otherWays, type SignInOptions, type Step, WAYS } from "./step.ts";

/** Where the gateway of SPID and CIE sends browsers back to. */
export const RETURN = `${WAYS}/ritorno`;

/** What a session keeps while its person is at the gateway. */
const departed = z.object({ at: z.literal("provider"), memo: z.unknown() });

/** Signing in with SPID and CIE. */
export function spid(options: SignInOptions): Hono {
  const { provider, rules, sessions, roll } = options;
  const app = new Hono();
  if (!provider || !rules.routes.spid) return app;
  const { asks } = onTheWay(options);

  // By a link: a form's way would end at our own site, which its policy holds it to.
  app.get(
    `${WAYS}/spid`,
    asks(async (step, { token }, c) => {
      const departure = await provider.begin();
      if (departure.kind === "away") return turnedBack(step, departure);
      await sessions.remember(token, { at: "provider", memo: departure.memo });
      return c.redirect(departure.url, 303);
    }),
  );

  app.get(
    RETURN,
    asks(async (step, browser, c) => {
      const left = departed.safeParse(browser.session.memo);
      if (!left.success) return turnedBack(step, { kind: "refused" });
      // Worth one return, whatever comes of it: it is forgotten before anybody is asked.
      await sessions.remember(browser.token, undefined);
      const identified = await provider.finish(new URL(c.req.url).searchParams, left.data.memo);
      if (identified.kind !== "person") return turnedBack(step, identified);
      const voter = await roll.byTaxCode(identified.taxCode);
      return admit(c, options, step, { browser, voter, route: "spid" });
    }),
  );
  return app;
}

type Unidentified = Exclude<Identified, { kind: "person" }>;

const STATUS = { cancelled: 403, weak: 403, nameless: 403, refused: 403, away: 503 } as const;

const turnedBack = (step: Step, { kind }: Unidentified) =>
  step.halt(`spid.${kind}`, STATUS[kind], { doors: [otherWays] });
