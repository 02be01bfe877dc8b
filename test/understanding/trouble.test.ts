import { describe, expect, test } from "vitest";
import { makeFindTrouble } from "../../core/understanding/trouble.ts";
import { words } from "../support/talk.ts";

const trouble = makeFindTrouble(words);

describe("What has gone wrong", () => {
  test.each([
    ["it", "learn-spid", "ho dimenticato la pasword, anzi la password dello SPID", "learn-spid-password"],
    ["it", "learn-spid", "IL CODICE NON MI ARRIVA", "learn-spid-code"],
    ["it", "learn-spid", "mi hanno bloccato lo spid cosa devo fare", "learn-spid-blocked"],
    ["it", "learn-spid", "ho perso il telefono con l'app dello spid", "learn-spid-phone"],
    ["it", "learn-cie", "ho sbagliato tre volte il pin della cie e adesso è bloccata", "learn-cie-pin"],
    ["it", "learn-cie", "il telefono non vede la carta d identita", "learn-cie-read"],
    ["it", "learn-cie", "mi hanno rubato la carta d'identità", "learn-cie-card"],
    ["it", "learn-pagopa", "Ho sbagliato importo nel pagamento pagoPA", "learn-pagopa-amount"],
    ["it", "learn-appio", "nn riesco a entrare nell'app io", "learn-appio-enter"],
    ["it", "learn-appio", "Non ricevo i messaggi sull'app IO", "learn-appio-empty"],
    ["en", "learn-spid", "I forgot my SPID password", "learn-spid-password"],
  ])("is known in %s, of %s, from: %s", (language, payload, said, opens) => {
    expect(trouble(language, payload, said)).toBe(opens);
  });

  // "Ho perso il PIN della carta" has "perso" and "carta" in it too.
  test("is the first of several", () => {
    expect(trouble("it", "learn-cie", "ho perso il pin della carta")).toBe("learn-cie-pin");
  });

  test.each([
    ["learn-spid", "come si fa lo spid"],
    ["learn-spid", "quali documenti servono"],
    ["learn-pagopa", "quanto costa la commissione"],
    ["services", "ho dimenticato la password"],
    ["learn-boh", "ho dimenticato la password"],
  ])("is not found where %s is asked: %s", (payload, said) => {
    expect(trouble("it", payload, said)).toBe(payload);
  });

  test.each([
    ["learn-spid", "ho dimenticato la password", "learn-spid-password"],
    ["learn-spid", "si è bloccato", "learn-spid-blocked"],
    ["learn-spid", "che password scelgo", "learn-spid"],
    ["learn-spid", "il documento è scaduto", "learn-spid"],
  ])("is told, in passing, by more than a word: %s", (payload, said, opens) => {
    expect(trouble("it", payload, said, 2)).toBe(opens);
  });
});
