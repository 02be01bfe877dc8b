import type { Context as Request } from "hono";
import { source } from "../../../core/topics/sources.ts";
import type { Route, Voter } from "../../../core/voting/ports.ts";
import type { Browser } from "../browser.ts";
import { refusalPage } from "../refusal-page.ts";
import { whyBarred } from "../refusals.ts";
import { BALLOT, type SignInOptions, type Step } from "./step.ts";

/** Lets a person who proved who they are to the ballot, or tells why not: now they may know. */
export async function admit(
  c: Request,
  options: SignInOptions,
  step: Step,
  {
    browser,
    voter,
    route,
  }: { readonly browser: Browser; readonly voter: Voter | undefined; readonly route: Route },
): Promise<Response> {
  const { edition, today, browsers, sessions } = options;
  if (!voter) {
    const { elsewhere } = edition.eligibility;
    const params = { elsewhere: { literal: elsewhere?.who ?? "" } };
    return step.halt("not_on_roll", 403, {
      also: elsewhere?.register
        ? [
            { key: "sign-in.not_on_roll.register", params },
            { literal: elsewhere.register.how },
            source(edition, elsewhere.register.sources),
          ]
        : [],
    });
  }
  const barred = whyBarred(edition, voter, today());
  if (barred) return refusalPage(c, options, barred);
  browsers.hold(c, await sessions.signIn(browser.token, voter.id, route));
  return c.redirect(BALLOT, 303);
}
