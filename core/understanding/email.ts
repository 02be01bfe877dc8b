export type EmailReading =
  | { readonly ok: true; readonly email: string }
  | { readonly ok: false; readonly problem: "none" | "several" | "malformed" };

// What mail programs and providers accept in practice, which is less than RFC 5321 allows:
// no quotes, no address in figures. Lengths are the RFC's (4.5.3.1).
const local = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/i;
const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i;
const topLevel = /^(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})$/i;

/**
 * Finds the one e-mail address in what somebody wrote or dictated ("mario punto rossi chiocciola
 * posta punto it"). The domain, where case means nothing, is put in lower case.
 */
export function readEmail(text: string): EmailReading {
  const words = undictate(text)
    .split(/[\s<>()[\]"“”«»,;]+/u)
    .map((word) => word.replace(/^(?:mailto:|[.:'])+/i, ""))
    .map(withoutFinalPoints)
    .filter((word) => word.includes("@"));
  const found = new Set(words.map((word) => normalise(word)));
  const [email, ...others] = found;
  if (found.size === 0) return { ok: false, problem: "none" };
  if (others.length > 0) return { ok: false, problem: "several" };
  return email === undefined ? { ok: false, problem: "malformed" } : { ok: true, email };
}

function undictate(text: string): string {
  if (text.includes("@") || !/\bchiocciola\b/i.test(text)) return text;
  return text.replace(/\s{0,3}\bchiocciola\b\s{0,3}/gi, "@").replace(/\s{1,3}(?:punto|dot)\s{1,3}/gi, ".");
}

function withoutFinalPoints(word: string): string {
  let end = word.length;
  while (end > 0 && ".:'!?".includes(word.charAt(end - 1))) end -= 1;
  return word.slice(0, end);
}

function normalise(word: string): string | undefined {
  const at = word.lastIndexOf("@");
  const name = word.slice(0, at);
  const domain = word.slice(at + 1).toLowerCase();
  if (name.length > 64 || word.length > 254 || !local.test(name)) return undefined;
  const labels = domain.split(".");
  const last = labels.at(-1) ?? "";
  if (labels.length < 2 || !labels.every((part) => label.test(part)) || !topLevel.test(last))
    return undefined;
  return `${name}@${domain}`;
}
