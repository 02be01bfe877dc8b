import { html } from "hono/html";
import { readTaxCode } from "../../../core/voting/tax-code.ts";
import { type Counter, onward, type StationOptions } from "./counter.ts";
import { birthIn, voterIn } from "./fields.ts";
import { canRegister, home, registerDoor } from "./home.ts";
import { bigWord, people, personPage } from "./person.ts";

/** Looks somebody up by the whole of their code, or by surname and day of birth. */
export async function find(counter: Counter, options: StationOptions) {
  const { roll } = options;
  const { field, t, page } = counter;
  if (field("code") !== "") {
    const reading = await readTaxCode(field("code"));
    if (!reading.ok) return home(counter, options, "find.code_wrong");
    const voter = await roll.byTaxCode(reading.code);
    return voter ? personPage(counter, options, voter) : nobody(counter, options);
  }
  const birth = birthIn(counter, options);
  if (field("surname") === "" || birth === undefined) return home(counter, options, "find.name_wrong");
  const voters = await roll.bySurname(field("surname"), birth);
  const [only] = voters;
  if (!only) return nobody(counter, options);
  if (voters.length === 1) return personPage(counter, options, only);
  const which = html`<p>${t("find.several_which")}</p>${people(counter, options, voters)}`;
  return page(t("find.several"), html`${which}${onward(counter, "find.back")}`);
}

/** The one that staff chose among several. */
export async function chosen(counter: Counter, options: StationOptions) {
  const voter = await voterIn(counter, options);
  return voter ? personPage(counter, options, voter) : nobody(counter, options);
}

export function nobody(counter: Counter, options: StationOptions) {
  const { t, page } = counter;
  return page(
    t("person.nobody"),
    html`${bigWord(counter, "none")}
      <p>${t("person.none_call")}</p>
      ${canRegister(options) ? html`<p>${t("person.none_elsewhere")}</p>${registerDoor(counter)}` : ""}
      ${onward(counter, "find.back")}`,
    404,
  );
}
