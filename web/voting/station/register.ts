import { html } from "hono/html";
import { bornOnOrBefore } from "../../../core/edition/calendar.ts";
import type { AtStation } from "../../../core/voting/stations.ts";
import { likelyBirths, readTaxCode } from "../../../core/voting/tax-code.ts";
import { type Counter, form, type Html, offPage, onward, problemIn, type StationOptions } from "./counter.ts";
import { birthIn, documentChoice, documentIn, nameFields } from "./fields.ts";
import { canRegister, home } from "./home.ts";
import { people, personPage } from "./person.ts";

const CONFIRMED = ["seen", "elsewhere", "signed"] as const;

/** The form by which somebody who lives elsewhere is put on the register. */
export function registerPage(counter: Counter, options: StationOptions, problem?: string) {
  const { t, say, page } = counter;
  const { elsewhere } = options.edition.eligibility;
  if (!elsewhere || !canRegister(options)) return home(counter, options);
  return page(
    t("register.title"),
    html`<p>${t("register.who", { who: say({ literal: elsewhere.who }) })}</p>
      ${problemIn(counter, problem)}
      ${form(counter, "albo", registerFields(counter, elsewhere.links), "unsure_find")}
      ${onward(counter, "back")}`,
    problem === undefined ? 200 : 400,
  );
}

type Links = NonNullable<StationOptions["edition"]["eligibility"]["elsewhere"]>["links"];

const registerFields = (counter: Counter, links: Links): Html => {
  const { t, say, field } = counter;
  return html`<label>${t("register.name")}
        <input name="name" required spellcheck="false" value="${field("name")}">
      </label>
      ${nameFields(counter)}
      ${documentChoice(counter, t("register.document"))}
      <label>${t("register.code")}
        <span class="hint">${t("find.code_hint")}</span>
        <input name="code" autocapitalize="characters" spellcheck="false" value="${field("code")}">
      </label>
      <fieldset>
        <legend>${t("register.link")}</legend>
        ${links.map(
          ({ id, name }) => html`<label class="choice">
            <input type="radio" name="link" value="${id}" ${field("link") === id ? "checked" : ""} required>
            ${say({ literal: name })}
          </label>`,
        )}
      </fieldset>
      ${CONFIRMED.map(
        (name) => html`<label class="choice">
          <input type="checkbox" name="${name}" value="yes" ${field(name) === "yes" ? "checked" : ""} required>
          ${t(`register.${name}`)}
        </label>`,
      )}
      <p><button>${t("register.button")}</button></p>`;
};

/** Puts somebody on the register, and shows them as somebody who can be marked. */
export async function register(counter: Counter, options: StationOptions) {
  const { token: device, request, t, page, field } = counter;
  const { stationActs, edition, roll, today } = options;
  const read = await personIn(counter, options);
  if (typeof read === "string") return registerPage(counter, options, read);
  if (!request || !canRegister(options)) return registerPage(counter, options);
  const born = bornOnOrBefore(edition);
  if (read.birth > born) {
    const why = html`<p>${t("register.young_why", { born: { date: born } })}</p>${onward(counter)}`;
    return page(t("register.young"), why, 409);
  }
  if (field("another") !== "yes") {
    const alike = await alikePage(counter, options, read);
    if (alike) return alike;
  }
  const done = await stationActs.register({ device, request, today: today(), person: read });
  if (done.kind === "off") return offPage(counter);
  const voter = await roll.read(done.voterId);
  const what = done.kind === "known" ? "register.known" : "register.done";
  return voter ? personPage(counter, options, voter, { done: what }) : offPage(counter);
}

/** @returns a message of `station.yaml` where something is missing or wrong */
async function personIn(counter: Counter, options: StationOptions): Promise<AtStation | string> {
  const { field } = counter;
  const [name, surname] = [field("name"), field("surname")];
  if (![name, surname].every((one) => /^\p{L}[\p{L}\p{M}'’. -]{0,59}$/u.test(one)))
    return "register.wrong.names";
  const birth = birthIn(counter, options);
  if (birth === undefined) return "register.wrong.birth";
  const code = field("code") === "" ? undefined : await readTaxCode(field("code"));
  if (code && !code.ok) return "register.wrong.code";
  if (code && code.births.length > 0 && !likelyBirths(code, options.today()).includes(birth))
    return "register.wrong.mismatch";
  const link = options.edition.eligibility.elsewhere?.links.find(({ id }) => id === field("link"));
  const document = documentIn(counter);
  if (!link || !document || !CONFIRMED.every((one) => field(one) === "yes")) return "register.wrong.rest";
  return { name, surname, birth, link: link.id, document, ...(code && { taxCode: code.code }) };
}

/**
 * Where somebody of that surname and birthday is on the roll under another code, or none: whoever
 * comes with a document one day and a code the next votes once all the same.
 */
async function alikePage(counter: Counter, options: StationOptions, person: AtStation) {
  const { t, page, field } = counter;
  const known = person.taxCode && (await options.roll.byTaxCode(person.taxCode));
  const alike = known ? [] : await options.roll.bySurname(person.surname, person.birth);
  if (alike.length === 0) return undefined;
  const again = ["name", "surname", "birth", "document", "code", "link", ...CONFIRMED];
  const fields = html`${again.map((name) => html`<input type="hidden" name="${name}" value="${field(name)}">`)}
    <input type="hidden" name="another" value="yes">
    <button>${t("register.someone_else")}</button>`;
  return page(
    t("register.alike"),
    html`<p>${t("register.alike_what")}</p>
      ${people(counter, options, alike)}
      ${form(counter, "albo", fields, "unsure_find")}
      ${onward(counter, "find.back")}`,
    409,
  );
}
