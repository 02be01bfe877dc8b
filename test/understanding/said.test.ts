import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Circumstances, makeContext } from "../../core/context.ts";
import { type Answers, tidy } from "../../core/engine/field.ts";
import { saidOfCityUser, saidOfProposal, saidOfSelf } from "../../core/flows/said.ts";
import { findBirth } from "../../core/understanding/birth-mention.ts";
import { readIdea } from "../../core/understanding/idea.ts";
import { readTies } from "../../core/understanding/ties.ts";
import { demo, words } from "../support/talk.ts";
import { hostile } from "./hostile.ts";

const today = "2026-09-08";

describe("An age or a day of birth in the middle of a sentence", () => {
  test.each([
    ["ma io che o 83 anni e abito a Vigolzone posso votare??", { kind: "age", age: 83 }],
    ["Ho ottantatré anni, posso partecipare?", { kind: "age", age: 83 }],
    ["HO GIA 16 ANNI", { kind: "age", age: 16 }],
    ["sono una pensionata di 72 anni, posso proporre?", { kind: "age", age: 72 }],
    ["ho 40 anni di età e una idea da 4000 euro per 120 persone", { kind: "age", age: 40 }],
    ["I am 83 years old, can I vote?", { kind: "age", age: 83 }],
    ["sono nata a Piacenza il 3 maggio del 1949, voto?", { kind: "date", date: "1949-05-03" }],
    ["nato nel '50, chiamatemi al 333 1234567", { kind: "year", year: 1950 }],
    ["io sono classe 1950", { kind: "year", year: 1950 }],
  ])("%s", (text, birth) => {
    expect(findBirth(text, today)).toEqual(birth);
  });

  test.each([
    "vorrei proporre il wifi a Gropparello, 4000 euro",
    "un corso di 3 anni per 83 anziani",
    "abito qui da 20 anni",
    "ho 20 anni di esperienza",
    "mi hanno operato 3 anni fa, posso votare?",
    "chiamatemi al 333 1234567",
    "0523 370704",
    "quasi 16 anni",
    "ho 15 o 16 anni",
    "non ho ancora 16 anni",
    "mio figlio ha 15 anni e io ho 45 anni",
    "mia nonna di 90 anni può votare?",
    "siamo in 83",
    "la classe 2 B della scuola",
    "è nato un comitato di 12 persone",
    "ho 4000 euro",
    "ho 150 anni",
    "",
  ])("is not read surely from: %s", (text) => {
    expect(findBirth(text, today)).toBeUndefined();
  });
});

describe("Home and work in a sentence", () => {
  test.each([
    ["lavoro a Podenzano ma abito a Piacenza", { residence: "elsewhere", link: "work" }],
    ["abito a Piacenza e faccio la volontaria a san giorgio", { residence: "elsewhere", link: "volunteer" }],
    ["sono residente nel comune di Vigolzone", { residence: "vigolzone" }],
    ["lavoro a Podenzano ma abito a Vigolzone", { residence: "vigolzone" }],
    ["VIVO A CARPANETO", { residence: "carpaneto" }],
    ["I live in Piacenza but I work in Podenzano", { residence: "elsewhere", link: "work" }],
    ["studio a Vigolzone", { link: "study" }],
    // A name that is not in the edition may be that of a hamlet.
    ["abito a Grazzano", {}],
    ["non abito a Vigolzone", {}],
    ["cerco lavoro a Podenzano", {}],
    ["abito a Vigolzone e abito a Podenzano", {}],
    ["lavoro a Podenzano e studio a Vigolzone", {}],
    ["vorrei il wifi a Gropparello", {}],
    ["dove abito a Gropparello non prende", {}],
    ["", {}],
  ])("%s", (text, ties) => {
    expect(readTies(text, demo)).toEqual(ties);
  });
});

describe("The idea in a sentence", () => {
  test.each([
    ["vorrei proporre il wifi a Gropparello, 4000 euro", "Wifi a Gropparello"],
    ["VORREI PROPORRE UN CORSO DI COMPUTER DA 3.000€", "CORSO DI COMPUTER"],
    [
      "Buongiorno, sono Maria Rossi. La mia idea è un’app per gli anziani. Costa 5 mila euro.",
      "App per gli anziani",
    ],
    ["un'idea per Vigolzone: panchine con la ricarica, circa cinquemila euro", "Panchine con la ricarica"],
    ["propongo di mettere delle panchine, costo circa 3.500 euro", "Mettere delle panchine"],
    ["panchine con ricarica a Vigolzone 5000 euro", "Panchine con ricarica a Vigolzone"],
    ["I'd like to propose free wifi in Gropparello, 4000 euros", "Free wifi in Gropparello"],
  ])("%s", (text, idea) => {
    expect(readIdea(text)).toBe(idea);
  });

  test.each([
    "vorrei fare una proposta",
    "vorrei proporre un progetto",
    "Voglio presentare un progetto alla commissione",
    "posso proporre il wifi a Gropparello?",
    "quanto può costare un'idea?",
    "posso spendere 5000 euro",
    "posso proporre se non sono residente",
    "allora se io propongo una cosa solo per Gropparello va bene",
    "si puo proporre un campo da calcetto",
    "voto il progetto numero 2",
    "prenota un tavolo per due",
    "Vorrei continuare la proposta che avevo iniziato",
    "4000 euro",
    "😂",
    "",
  ])("is none in: %s", (text) => {
    expect(readIdea(text)).toBeUndefined();
  });
});

describe("What opens a flow", () => {
  const circumstances: Circumstances = {
    edition: demo,
    today,
    now: new Date(`${today}T10:00:00Z`),
    realNow: new Date(`${today}T10:00:00Z`),
    asked: [],
    language: "it",
    guest: false,
    channel: "chat",
    address: "someone",
    by: "word",
    mail: true,
    hears: false,
    pages: () => undefined,
    opening: () => undefined,
    openings: () => [],
    languages: words.languages,
    covers: words.covers,
    entropy: new Uint8Array(64),
    say: (text) => words.say("it", text),
  };
  const context = makeContext(circumstances, new Map());

  test("says a title, a place and a cost, and the whole where it is more than that", () => {
    const short = "vorrei proporre il wifi a Gropparello, 4000 euro";
    const said = { title: "Wifi a Gropparello", place: "Gropparello", cost: 4000 };
    expect(saidOfProposal(short, context)).toEqual(said);
    const long = `${short}.\nChi sta in collina non riesce a collegarsi, e in piazza non prende nemmeno il telefono: serve un ripetitore.`;
    expect(saidOfProposal(long, context)).toEqual({ ...said, solution: long });
  });

  test("asks for a whole day of birth where a request needs one", () => {
    const text = (birth: string) => `sono nata ${birth}, lavoro a Podenzano e abito a Piacenza`;
    const ties = { residence: "elsewhere", link: "work" };
    expect(saidOfCityUser(text("il 3 maggio 1949"), context)).toEqual({
      ...ties,
      birth: { kind: "date", date: "1949-05-03" },
    });
    expect(saidOfCityUser(text("nel 1949"), context)).toEqual(ties);
  });

  const anything = fc.oneof(hostile, fc.string({ unit: "binary", maxLength: 4096 }));
  const withoutWhole = ({ solution: _, ...said }: Answers) => said;
  test("is read from the beginning of anything, so that no length makes work, and nothing throws", () => {
    fc.assert(
      fc.property(anything, (text) => {
        expect(saidOfSelf(text, context)).toEqual(saidOfSelf(text.slice(0, 1000), context));
        expect(saidOfCityUser(text, context)).toEqual(saidOfCityUser(text.slice(0, 1000), context));
        const beginning = tidy(text).slice(0, 1000);
        const said = saidOfProposal(text, context);
        expect(withoutWhole(said)).toEqual(withoutWhole(saidOfProposal(beginning, context)));
        expect(JSON.parse(JSON.stringify(said))).toEqual(said);
      }),
      { numRuns: 100 },
    );
  });
});
