import { Hono } from "hono";
import { html } from "hono/html";
import type { Claim } from "../../../core/voting/identity.ts";
import { CLAIM_FIELDS, type ClaimField, readClaim, type Typed, typedIn } from "./claim.ts";
import { type Field, field } from "./field.ts";
import { askedFor, sendCode } from "./send-code.ts";
import { onTheWay, ownForm, type SignInOptions, type Step, WAYS } from "./step.ts";
import { privacyNotice } from "./ways.ts";

/** The data that the pact asks of who has no SPID, before a code is sent. */
export function claimPage(options: SignInOptions): Hono {
  const { edition, rules } = options;
  const app = new Hono();
  const { asks, sends } = onTheWay(options);
  const isSelfDeclared = rules.routes.code === "self-declared";

  function show(
    step: Step,
    token: string,
    typed: Typed,
    problems: Readonly<Partial<Record<ClaimField, string>>> = {},
  ) {
    const { t } = step;
    const isWrong = Object.keys(problems).length > 0;
    const fields = CLAIM_FIELDS.map((name) => {
      const problem = problems[name];
      return field({
        ...HELP[name],
        name,
        label: t(`claim.${name}.label`),
        hint: t(`claim.${name}.hint`),
        value: typed[name],
        problem: problem && t(`claim.problem.${problem}`),
      });
    });
    return step.page(
      "claim",
      html`<p>${t("claim.text")}</p>
      <p>${t(isSelfDeclared ? "claim.where_typed" : "claim.where_known")}</p>
      ${isSelfDeclared ? html`<p>${t("code.self_declared")}</p>` : ""}
      ${privacyNotice(step, edition)}
      ${isWrong ? html`<p class="error" role="alert">${t("claim.problems")}</p>` : ""}
      ${ownForm(token, `${WAYS}/dati`, html`${fields}<p><button>${t("option.send")}</button></p>`)}
      <p><a class="button second" href="${WAYS}">${t("option.ways")}</a></p>`,
      isWrong ? 400 : 200,
    );
  }

  app.get(
    `${WAYS}/dati`,
    asks((step, { token, session }) => show(step, token, typedBefore(askedFor(session)?.claim))),
  );
  app.post(
    `${WAYS}/dati`,
    sends(async (step, browser, form, c) => {
      const typed = typedIn(form);
      const reading = await readClaim(typed);
      if (!reading.ok) return show(step, browser.token, typed, reading.problems);
      return sendCode(c, options, step, browser, reading.claim);
    }),
  );
  return app;
}

const typedBefore = (claim: Claim | undefined): Typed => ({
  name: "",
  surname: "",
  taxCode: "",
  email: "",
  phone: "",
  letter: "",
  ...claim,
});

const HELP: Readonly<Record<ClaimField, Omit<Field, "name" | "label">>> = {
  name: { autocomplete: "given-name", capitals: "words" },
  surname: { autocomplete: "family-name", capitals: "words" },
  taxCode: { autocomplete: "off", capitals: "characters" },
  email: { autocomplete: "email", type: "email", keyboard: "email" },
  phone: { autocomplete: "tel", type: "tel", keyboard: "tel" },
  letter: { autocomplete: "off", capitals: "characters", optional: true },
};
