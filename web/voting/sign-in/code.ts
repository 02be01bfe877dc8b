import { Hono } from "hono";
import { html } from "hono/html";
import { admit } from "./admit.ts";
import { field } from "./field.ts";
import { askedFor, CODE, notNow, sendCode } from "./send-code.ts";
import { onTheWay, ownForm, type SignInOptions, type Step, WAYS } from "./step.ts";
import { via } from "./ways.ts";

/** The page on which the code is typed. */
export function codePage(options: SignInOptions): Hono {
  const { codes, roll, codeChannels, log, now } = options;
  const app = new Hono();
  const { asks, sends } = onTheWay(options);

  function show(step: Step, token: string, problem?: string) {
    const { t } = step;
    const code = field({
      name: "code",
      label: t("digits.label"),
      problem,
      keyboard: "numeric",
      autocomplete: "one-time-code",
    });
    return step.page(
      "digits",
      html`<p>${t("digits.text", { via: via(codeChannels) })}</p>
      ${ownForm(token, CODE, html`${code}<p><button>${t("option.enter")}</button></p>`)}
      <h2>${t("digits.late_heading")}</h2>
      ${t("digits.late", { via: via(codeChannels) })
        .split("\n\n")
        .map((line) => html`<p>${line}</p>`)}
      ${another(step, token)}
      <p><a class="button second" href="${WAYS}/dati">${t("option.correct")}</a></p>`,
      problem === undefined ? 200 : 400,
    );
  }

  const another = ({ t }: Step, token: string) =>
    ownForm(token, `${CODE}/nuovo`, html`<p><button class="second">${t("option.another")}</button></p>`);

  app.get(
    CODE,
    asks((step, { token, session }, c) =>
      askedFor(session) ? show(step, token) : c.redirect(`${WAYS}/dati`, 303),
    ),
  );

  app.post(
    CODE,
    sends(async (step, browser, form, c) => {
      const waiting = askedFor(browser.session);
      if (!waiting) return c.redirect(`${WAYS}/dati`, 303);
      const code = (form.get("code") ?? "").replace(/[\s.-]/g, "");
      if (!/^\d{8}$/.test(code)) return show(step, browser.token, step.t("digits.problem.shape"));
      const { handle } = waiting;
      const checked = await codes.verify({ handle, code, session: browser.session.lookup }, now());
      switch (checked.kind) {
        case "right":
          return admit(c, options, step, { browser, voter: await roll.read(checked.voterId), route: "code" });
        case "wrong":
          if (checked.brakes)
            log.warn({}, "Too many wrong codes: nobody signs in by a code for the next hour");
          if (checked.triesLeft > 0)
            return show(step, browser.token, step.t("digits.problem.wrong", { left: checked.triesLeft }));
          return spent(step, browser.token);
        case "over":
          return spent(step, browser.token);
        case "braked":
          return notNow(options, step, checked);
      }
    }),
  );

  const spent = (step: Step, token: string) =>
    step.page("spent", html`<p>${step.t("spent.text")}</p>${another(step, token)}`, 410);

  app.post(
    `${CODE}/nuovo`,
    sends(async (step, browser, _form, c) => {
      const waiting = askedFor(browser.session);
      return waiting ? sendCode(c, options, step, browser, waiting.claim) : c.redirect(`${WAYS}/dati`, 303);
    }),
  );
  return app;
}
