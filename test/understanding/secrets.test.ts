import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { makeFindSecret } from "../../core/understanding/secrets.ts";
import { readUntrained, readUtterances, trainedLanguages } from "../../scripts/training/corpus.ts";
import { words } from "../support/talk.ts";
import { hostile } from "./hostile.ts";

const find = makeFindSecret(words);

// Numbers that the networks publish for trying things out.
const cards = [
  "4111 1111 1111 1111",
  "4111-1111-1111-1111",
  "4111111111111111",
  "4222222222222",
  "5555 5555 5555 4444",
  "2223003122003222",
  "3782 822463 10005",
  "378282246310005",
  "3530 1113 3330 0000",
  "6304000000000000",
  "٤١١١ ١١١١ ١١١١ ١١١١",
];

describe("A secret is known", () => {
  it.each([
    ...cards,
    ...cards.map((card) => `la mia carta è ${card}, scade il 12/28`),
    ...cards.map((card) => `ecco la carta ${card}`),
    "cvv 123",
    "il codice di sicurezza è 123",
  ])("by the number of a card: %s", (text) => expect(find(text)).toBe("card"));

  it.each([
    "la mia password è Fido1949",
    "la mia password e fido1949",
    "La password dello SPID è questa: Nonna1940",
    "password: pippo",
    "PASSWORD: NONNA40",
    "la password è aurora.",
    "pwd Pippo49!",
    "password 123456",
    "Fido1949 è la mia password",
    "la parola d'ordine è aurora",
    "my password is hunter2",
    "password = correcthorse",
  ])("by what is said of a password: %s", (text) => expect(find(text)).toBe("password"));

  it.each([
    "il pin è 12345",
    "il pin e 12345",
    "IL PIN È 12345",
    "pin: 1234",
    "pin della carta 1234 5678",
    "il mio puk è 12345678",
    "12345 è il mio pin",
    "ho messo il pin 1234 ma non va",
    "il pin sono 1 2 3 4 5",
    "il pin è uno due tre quattro cinque",
    "il pin è 1949",
    "my pin is 1234",
    "my pin's 1234",
  ])("by what is said of a PIN: %s", (text) => expect(find(text)).toBe("pin"));

  it.each([
    "mi è arrivato il codice 123456, te lo do",
    "ho ricevuto un sms con il codice 123 456",
    "codice SPID 482913",
    "il codice temporaneo è 482913",
    "482913 è il codice di verifica",
    "otp 123456",
    "the verification code is 482913",
    "I got the code 482913",
  ])("by what is said of a code: %s", (text) => expect(find(text)).toBe("code"));
});

describe("Nothing is a secret", () => {
  it.each([
    "ho dimenticato la password",
    "la password è scaduta",
    "la mia password è sbagliata, cosa faccio?",
    "ho perso la password e basta",
    "la password è obbligatoria?",
    "password: dimenticata",
    "la password è quella di mio figlio",
    "mi dite la password del wifi?",
    "I forgot my password",
    "the password is wrong",
    "cos'è il PIN",
    "dove trovo il codice PUK",
    "il pin ha 8 cifre",
    "ho fatto il pin nel 2019",
    "il pin del 2019 non va più",
    "il pin costa 5000 euro?",
    "what is a PIN",
  ])("in who asks about one: %s", (text) => expect(find(text)).toBeUndefined());

  it.each([
    "333 1234567",
    "+39 333 123 4567 oppure 0523 123456",
    "4111 1111 1111 1112",
    "codice avviso 411111111111111112",
    "411111111111111111",
    "IT60 X054 2811 1010 0000 0123 456",
    "IT60X0542811101000000123456",
    "RSSMRA49E41G535X",
    "il codice fiscale è 12345678901",
    "123456",
    "QLTVXD",
    "il codice è QLTVXD",
    "29027 Podenzano",
    "5-3-1949 e 12-12-2020",
  ])("in what has another use: %s", (text) => expect(find(text)).toBeUndefined());

  const sentences = trainedLanguages().flatMap((language) =>
    [
      ...readUtterances(language),
      ...readUntrained("development", language),
      ...readUntrained("held-out", language),
    ].map(({ text }) => text),
  );

  it("in the sentences that people write", () => {
    expect(sentences.length).toBeGreaterThan(3000);
    expect(sentences.filter((text) => find(text))).toEqual([]);
  });

  it("in what the assistant says itself", () => {
    const directory = join(import.meta.dirname, "../../locales");
    const own = trainedLanguages().flatMap((language) =>
      readdirSync(join(directory, language))
        .filter((name) => name.endsWith(".yaml"))
        .flatMap((name) => stringsIn(parse(readFileSync(join(directory, language, name), "utf8")))),
    );
    expect(own.length).toBeGreaterThan(500);
    expect(own.filter((text) => find(text))).toEqual([]);
  });

  const day = fc.tuple(
    fc.integer({ min: 1, max: 31 }),
    fc.integer({ min: 1, max: 12 }),
    fc.integer({ min: 1920, max: 2030 }),
  );
  const digits = (length: number) =>
    fc.string({ unit: fc.constantFrom(..."0123456789"), minLength: length, maxLength: length });
  const harmless = fc.oneof(
    fc.integer({ min: 1, max: 99_999_999 }).map((euros) => `${euros.toLocaleString("it-IT")} euro`),
    fc.integer({ min: 1, max: 99_999_999 }).map((euros) => `€ ${euros}`),
    fc.tuple(day, fc.constantFrom("/", "-", ".", " ")).map(([parts, mark]) => parts.join(mark)),
    fc.tuple(day, fc.constantFrom("-", " ")).map(([[d, m, y], mark]) =>
      [d, m]
        .map((n) => String(n).padStart(2, "0"))
        .concat(String(y))
        .join(mark),
    ),
    day.map(([d, m, y]) => [y, m, d].join("-")),
    digits(7).map((rest) => `333 ${rest}`),
    digits(7).map((rest) => `+39 347 ${rest.slice(0, 3)} ${rest.slice(3)}`),
    digits(6).map((rest) => `0523 ${rest}`),
    digits(18),
    digits(18).map((notice) => notice.replace(/\d{4}(?=\d)/g, "$& ")),
    digits(22).map((account) => `IT60X${account}`),
    digits(22).map((account) => `IT60 X${account.replace(/\d{4}(?=\d)/g, "$& ")}`),
    digits(2).map((year) => `RSSMRA${year}E41G535X`),
    digits(5).map((postcode) => `${postcode} Podenzano`),
    digits(6),
  );

  it("in amounts, dates, telephones, notices, accounts and codici fiscali, alone or after a sentence", () => {
    fc.assert(
      fc.property(
        fc.array(harmless, { minLength: 1, maxLength: 2 }),
        fc.constantFrom("", ...sentences),
        (parts, before) => {
          expect(find(`${before}. ${parts.join(", ")}`)).toBeUndefined();
        },
      ),
      { numRuns: 2000 },
    );
  });
});

it("Whatever is written is read, in the same way each time", () => {
  fc.assert(
    fc.property(fc.oneof(hostile, fc.string({ unit: "binary", maxLength: 300 })), (text) => {
      expect(find(text)).toBe(find(text));
    }),
  );
});

function stringsIn(node: unknown): readonly string[] {
  if (typeof node === "string") return [node];
  return typeof node === "object" && node !== null ? Object.values(node).flatMap(stringsIn) : [];
}
