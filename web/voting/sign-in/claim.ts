import { readEmail } from "../../../core/understanding/email.ts";
import { isName } from "../../../core/understanding/names.ts";
import { readMobile } from "../../../core/understanding/phone.ts";
import type { Claim } from "../../../core/voting/identity.ts";
import { readLetterCode } from "../../../core/voting/letter.ts";
import { readTaxCode } from "../../../core/voting/tax-code.ts";

export const CLAIM_FIELDS = ["name", "surname", "taxCode", "email", "phone", "letter"] as const;
export type ClaimField = (typeof CLAIM_FIELDS)[number];

/** What was typed in each field. */
export type Typed = Readonly<Record<ClaimField, string>>;

export type ClaimReading =
  | { readonly ok: true; readonly claim: Claim }
  /** What is wrong by field: a message under `claim.problem`. */
  | { readonly ok: false; readonly problems: Readonly<Partial<Record<ClaimField, string>>> };

export const typedIn = (form: URLSearchParams): Typed => {
  const text = (name: ClaimField) => (form.get(name) ?? "").normalize("NFC").trim();
  return {
    name: text("name"),
    surname: text("surname"),
    taxCode: text("taxCode"),
    email: text("email"),
    phone: text("phone"),
    letter: text("letter"),
  };
};

/** Reads what somebody says of themselves. It is held against nobody's data here: only its shape counts. */
export async function readClaim(typed: Typed): Promise<ClaimReading> {
  const taxCode = await readTaxCode(typed.taxCode);
  const email = readEmail(typed.email);
  const phone = await readMobile(typed.phone);
  const letter = typed.letter === "" ? undefined : readLetterCode(typed.letter);
  const problems = {
    ...(!isName(typed.name) && { name: "name" }),
    ...(!isName(typed.surname) && { surname: "surname" }),
    ...(!taxCode.ok && { taxCode: `taxCode.${taxCode.problem}` }),
    ...(!email.ok && { email: "email" }),
    ...(phone === undefined && { phone: "phone" }),
    ...(typed.letter !== "" && letter === undefined && { letter: "letter" }),
  };
  if (!taxCode.ok || !email.ok || phone === undefined || Object.keys(problems).length > 0)
    return { ok: false, problems };
  const { name, surname } = typed;
  const known = { name, surname, taxCode: taxCode.code, email: email.email, phone };
  return { ok: true, claim: letter === undefined ? known : { ...known, letter } };
}
