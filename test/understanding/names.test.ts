import { expect, test } from "vitest";
import { isName } from "../../core/understanding/names.ts";

test.each(["Rosa", "D'Angelo", "Nguyễn", "Łukasz-Jan", "محمد", "Maria Vittoria degli Uberti della Torre"])(
  "%s is a name",
  (text) => expect(isName(text)).toBe(true),
);

test.each(["", "   ", "83", "rosa@posta.it", "mi ha chiamato la banca e vuole il codice", "Rosa?"])(
  "%j is none",
  (text) => expect(isName(text)).toBe(false),
);
