import { describe, expect, test } from "vitest";
import { makeFindScam } from "../../core/understanding/scam.ts";
import { fresh, presses, says, talk, words } from "../support/talk.ts";

const scam = makeFindScam(words);

describe("A scam", () => {
  test.each([
    ["it", "mi ha chiamato la banca e vuole il codice", "learn-scam"],
    ["it", "mi è arrivato un SMS strano della posta con un link", "learn-scam"],
    ["it", "un carabiniere dice che mia nipote ha fatto un incidente e vuole soldi", "learn-scam"],
    ["it", "il comune mi chiede soldi per votare, è vero?", "learn-scam"],
    ["it", "ho dato il codice a uno al telefono", "learn-scam-told"],
    ["it", "ho cliccato su un link e mi ha chiesto la carta", "learn-scam-pressed"],
    ["en", "somebody from the bank wants the code", "learn-scam"],
    ["en", "I clicked on a link", "learn-scam-pressed"],
  ])("is heard in %s from: %s", (language, said, payload) => {
    expect(scam(language, said)?.payload).toBe(payload);
  });

  test.each([
    "che documenti servono per lo SPID",
    "perché mi chiedi il codice fiscale",
    "quanti soldi chiede il progetto numero due",
    "voglio fare una proposta per la biblioteca",
  ])("is not heard from: %s", (said) => {
    expect(scam("it", said)).toBeUndefined();
  });
});

const intents = (intent: string, decision: "answer" | "confirm" | "fallback") => ({
  find: ({ kind }: { readonly kind: string }) =>
    kind === "meaning" ? { intent, score: 0.9, top3: [intent], decision } : [],
});

describe("Who tells of a scam", () => {
  const told = "ho dato il codice a uno al telefono";

  test.each([
    ["where the sentence is not understood", "cancel", "fallback"],
    ["where it may be something else", "how_to_vote", "confirm"],
    ["where it seems to be about what is taught", "info_cie", "answer"],
  ] as const)("is told what to do %s", (_, intent, decision) => {
    const { message } = talk(fresh(), says(told), intents(intent, decision));
    expect(message.text).toContain("Chiama la banca");
  });

  test("gets what was asked for where that is sure", () => {
    const { message } = talk(fresh(), says(told), intents("phases_dates", "answer"));
    expect(message.text).not.toContain("Chiama la banca");
  });

  test("is told in the middle of something else, which goes on after that", () => {
    const asked = talk(fresh(), presses("go.eligibility")).session;
    const { message } = talk(asked, says(`scusa, ${told}, che faccio?`), intents("cancel", "fallback"));
    expect(message.text).toContain("Chiama la banca");
    expect(message.text).toContain("data di nascita");
  });

  test("is asked whether they have an idea against scams", () => {
    const idea = "vorrei un corso contro le truffe";
    const { message } = talk(fresh(), says(idea), intents("submit_proposal", "confirm"));
    expect(message.choices.map(({ data }) => data)).toContain("go.proposal");
  });
});
