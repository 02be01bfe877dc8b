import fc from "fast-check";
import { expect, test } from "vitest";
import { readEmail } from "../../core/understanding/email.ts";
import { hostile } from "./hostile.ts";

test.each([
  ["mario.rossi@posta.it", "mario.rossi@posta.it"],
  ["la mia è <Mario.Rossi@Posta.IT>.", "Mario.Rossi@posta.it"],
  ["mailto:mario@posta.it", "mario@posta.it"],
  ["mario@posta.it, mario@posta.it", "mario@posta.it"],
  ["mario+voto@uffici.comune.posta.it!", "mario+voto@uffici.comune.posta.it"],
  ["mario punto rossi chiocciola posta punto it", "mario.rossi@posta.it"],
])("%s", (text, email) => {
  expect(readEmail(text)).toEqual({ ok: true, email });
});

test.each([
  ["non ce l'ho", "none"],
  ["", "none"],
  ["mario@", "malformed"],
  ["@posta.it", "malformed"],
  ["mario@posta", "malformed"],
  ["mario..rossi@posta.it", "malformed"],
  ["mario@posta..it", "malformed"],
  ["mario@127.0.0.1", "malformed"],
  ["mario@rossi@posta.it", "malformed"],
  [`${"a".repeat(65)}@posta.it`, "malformed"],
  ["mario@posta.it o maria@posta.it", "several"],
])("refused: %s", (text, problem) => {
  expect(readEmail(text)).toEqual({ ok: false, problem });
});

test("an address is found in the middle of a sentence", () => {
  fc.assert(
    fc.property(fc.emailAddress(), fc.constantFrom("", "scrivimi a ", "è: ", "<"), (email, before) => {
      const [name, domain] = email.split("@");
      fc.pre(!/^[.':]|mailto:/i.test(email));
      expect(readEmail(`${before}${email} , grazie`)).toEqual({
        ok: true,
        email: `${name}@${domain?.toLowerCase()}`,
      });
    }),
  );
});

test("what is accepted can always be put in a header: no space, no control character, one at sign", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: "binary", maxLength: 4096 }), hostile), (text) => {
      const read = readEmail(text);
      if (read.ok) expect(read.email).toMatch(/^[\x21-\x3f\x41-\x7e]+@[a-z0-9.-]+$/);
    }),
    { numRuns: 40 },
  );
});
