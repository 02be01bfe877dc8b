import { randomBytes, timingSafeEqual } from "node:crypto";
import { Hono } from "hono";
import { html } from "hono/html";
import { z } from "zod";
import type { Localised } from "../../core/engine/message.ts";
import type { IdentityProvider } from "../../core/voting/identity.ts";
import { languageOf, type Surroundings, votingPage } from "./shell.ts";
import { RETURN } from "./sign-in/spid.ts";

/** Somebody made up, whom one may sign in as. */
export interface StandInPerson {
  readonly id: string;
  readonly person: { readonly name: string; readonly surname: string; readonly taxCode: string };
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
  /** What one finds out by being them. */
  readonly note: Localised;
}

const PAGE = "/voto/prova";
const departed = z.object({ state: z.string() });

/**
 * Stands where SPID and CIE would in a demonstration: it asks for no proof, and lets anybody be
 * anybody made up.
 */
export const standInProvider = (people: readonly StandInPerson[]): IdentityProvider => ({
  async begin() {
    const state = randomBytes(32).toString("base64url");
    return { kind: "go", url: `${PAGE}?state=${state}`, memo: { state } };
  },
  async finish(answer, memo) {
    const kept = departed.safeParse(memo);
    if (!kept.success || !isSame(kept.data.state, answer.get("state") ?? "")) return { kind: "refused" };
    const chosen = people.find(({ id }) => id === answer.get("person"));
    return chosen ? { kind: "person", taxCode: chosen.person.taxCode } : { kind: "cancelled" };
  },
});

function isSame(kept: string, given: string): boolean {
  const [one, other] = [Buffer.from(kept), Buffer.from(given)];
  return one.length === other.length && timingSafeEqual(one, other);
}

/** The page of the stand-in. Mount it where the edition is a demo, and nowhere else. */
export function standInPage(surroundings: Surroundings, people: readonly StandInPerson[]): Hono {
  const { words } = surroundings;
  const app = new Hono();
  app.get(PAGE, (c) => {
    const language = languageOf(c, surroundings);
    const t = (name: string, params: Readonly<Record<string, string>> = {}) =>
      words.say(language, { key: `sign-in.${name}`, params });
    const back = (answer: Readonly<Record<string, string>>) =>
      `${RETURN}?${new URLSearchParams({ state: c.req.query("state") ?? "", ...answer })}`;
    return votingPage(c, surroundings, {
      title: { key: "sign-in.stand_in.title" },
      body: html`<p class="error"><strong>${t("stand_in.warning")}</strong></p>
      <p>${t("stand_in.text")}</p>
      ${people.map(({ id, person: { name, surname, taxCode }, email, phone, note }) => {
        const contact = email ?? phone;
        return html`<section>
        <h2>${name} ${surname}</h2>
        <p>${words.say(language, { literal: note })}</p>
        <p class="hint">${
          contact
            ? t("stand_in.data", { code: taxCode, contact })
            : t("stand_in.no_contact", { code: taxCode })
        }</p>
        <p><a class="button" href="${back({ person: id })}">${t("stand_in.person", { name })}</a></p>
      </section>`;
      })}
      <p><a class="button second" href="${back({})}">${t("option.back")}</a></p>`,
    });
  });
  return app;
}
