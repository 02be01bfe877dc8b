import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { commands } from "../../core/commands.ts";
import type { Edition } from "../../core/edition/schema.ts";
import type { Query } from "../../core/queries.ts";
import { repertoire } from "../../core/repertoire.ts";
import { intents } from "../../core/understanding/intents.ts";
import { OPENS } from "../../core/understanding/meanings.ts";
import { load } from "../edition/samples.ts";
import { ANCHOR } from "../support/house.ts";
import { demo, fresh, presses, talk } from "../support/talk.ts";

const archive = load("editions/digitale-bene-comune-2022.yaml");
const valDEnza = load("editions/val-d-enza.yaml", ANCHOR);

const days: readonly (readonly [name: string, phase: string, edition: Edition, day: string])[] = [
  ["demo", "proposals", demo, "2026-09-08"],
  ["demo", "evaluation", demo, "2026-10-25"],
  ["demo", "promotion", demo, "2026-12-01"],
  ["demo", "the vote on paper", demo, "2027-01-25"],
  ["demo", "the online vote", demo, "2027-02-20"],
  ["demo", "the time after", demo, "2027-04-01"],
  ["2022", "the time before", archive, "2022-04-01"],
  ["2022", "proposals", archive, "2022-05-02"],
  ["2022", "evaluation", archive, "2022-06-15"],
  ["2022", "promotion", archive, "2022-07-15"],
  ["2022", "the vote on paper", archive, "2022-09-10"],
  ["2022", "the online vote", archive, "2022-10-01"],
  ["2022", "the time after", archive, "2022-11-01"],
  ["Val d'Enza", "proposals", valDEnza, "2026-09-08"],
  ["Val d'Enza", "the time after", valDEnza, "2027-01-01"],
];

/** An empty database. */
function find({ kind }: Query): unknown {
  if (kind === "projects") return { fixed: false, projects: [] };
  return kind === "ballotTies" ? 0 : undefined;
}

const answer = (opens: string, edition: Edition, today: string, language = "it") =>
  talk({ ...fresh(), welcomed: true, language }, presses(`go.${opens}`), { edition, today, find }).message;

/** Answers that state no fact of the edition. */
const ownWords: Readonly<Record<string, string>> = {
  home: "It asks what one wants.",
  courtesy: "It is a greeting.",
  reminders: "It asks of what to remind.",
  stop: "It says what was done.",
  erase: "It asks before it does anything.",
  privacy: "It is what the assistant itself does.",
};

/** What begins a conversation or acts on one answers with a question. */
const asks = (name: string) =>
  Object.hasOwn(commands, name) || repertoire.flows.some((flow) => flow.name === name);

const facts = intents.filter((intent) => {
  const [name = ""] = OPENS[intent].split("-");
  return !asks(name) && !Object.hasOwn(ownWords, name);
});

describe.each(days)("in the edition %s, during %s", (_name, _phase, edition, day) => {
  test.each(facts)("%s is answered with a source, or as not published", (intent) => {
    expect(answer(OPENS[intent], edition, day).text).toMatch(/Fonte: .|L'Unione non ha (ancora )?pubblicato/);
  });

  test("how, where and when one votes are different answers, as long as one will vote", () => {
    const [how, where, when] = ["ways", "where", "when"].map((name) => answer(name, edition, day).text);
    const isAhead = edition.vote?.online !== undefined && day <= edition.vote.online.to;
    expect(new Set([how, where, when]).size).toBe(isAhead ? 3 : 1);
    for (const phase of edition.phases.filter(({ id }) => id !== "vote"))
      expect(when).not.toContain(phase.name);
  });
});

describe("what one can do today", () => {
  test.each(["ways", "where", "when", "vote"])("comes first, and what is over in short: %s", (name) => {
    const onPaper = answer(name, archive, "2022-09-10").text;
    expect(onPaper).toMatch(
      /^Oggi puoi votare su carta, fino al 18 settembre 2022\.\n\nPoi si vota online, dal 19 settembre/,
    );
    const online = answer(name, archive, "2022-10-01").text;
    expect(online).toMatch(
      /^Oggi puoi votare online, fino al 18 ottobre 2022\.\n\nIl voto su carta è finito il 18 settembre/,
    );
    expect(online).not.toContain("porta con te");
  });

  test("is said to count elsewhere, where the assistant is no way to vote", () => {
    for (const name of ["ways", "where", "vote"]) {
      expect(answer(name, archive, "2022-09-10").text).toContain("Da questa chat non si vota.");
      expect(answer(name, demo, "2027-01-25").text).not.toContain("Da questa chat non si vota.");
    }
  });
});

test("who asked for the register here is told from when they may vote", () => {
  const request = {
    number: 12345,
    name: "Anna",
    surname: "Neri",
    state: "enabled",
    hasCode: true,
    requestedOn: "2027-02-15",
    enabledFrom: "2027-02-18",
  };
  const options = {
    edition: demo,
    today: "2027-02-20",
    find: (query: Query) => (query.kind === "ownCityUsers" ? [request] : find(query)),
  };
  const { text } = talk({ ...fresh(), welcomed: true }, presses("go.when"), options).message;
  expect(text).toContain("di Anna Neri, è accolta. Si può votare dal 18 febbraio 2027.");
});

describe("what is not settled", () => {
  test("is named where it is asked about, with both sources and a way to the rest", () => {
    const { text, choices } = answer("when", archive, "2022-09-10");
    expect(text).toContain("• no, si vota solo online (Patto di partecipazione");
    expect(text).toContain("• seggi per tutta la votazione (Pagina dell'agenda");
    expect(choices.map(({ data }) => data)).toContain("go.conflicts");
  });

  test.each([
    ["ways", "quanti progetti può scegliere una persona"],
    ["ways", "se un voto si può cambiare"],
    ["ways", "se si può votare con una delega"],
    ["where", "gli indirizzi e gli orari dei seggi"],
    ["register", "se i tre giorni per i city user sono lavorativi"],
    ["results", "chi vince a parità di voti"],
    ["helpers", "se ci sono corsi di digitale"],
    ["contacts", "un'e-mail"],
    ["privacy", "chi risponde dei dati"],
  ])("is said to be unpublished: %s, %s", (name, matter) => {
    const { text } = answer(name, archive, "2022-05-02");
    expect(text).toMatch(/non ha ancora pubblicato/);
    expect(text).toContain(matter);
  });
});

describe("a question in the middle of a proposal", () => {
  const options = { edition: demo, today: "2026-09-08", find };
  const begun = talk({ ...fresh(), welcomed: true }, presses("go.proposal"), options);
  const question = begun.message.text;

  test.each(["rules", "dates", "about", "ways", "where", "when"])(
    "is answered in short, with a source, and the pending one asked again: %s",
    (name) => {
      const { text, choices } = talk(begun.session, presses(`go.${name}`), options).message;
      const whole = answer(name, demo, options.today).text;
      expect(text.endsWith(`\n\n${question}`)).toBe(true);
      expect(text).toContain("Fonte: ");
      expect(text.length - question.length).toBeLessThan(whole.length);
      expect(choices.map(({ data }) => data)).toContain(`go.${name}-all`);
    },
  );

  test("is answered in full where that is wanted", () => {
    const { text } = talk(begun.session, presses("go.rules-all"), options).message;
    expect(text).toBe(`${answer("rules", demo, options.today).text}\n\n${question}`);
  });
});

describe("one of the Union's services", () => {
  const service = (patch: object): Edition => ({
    ...demo,
    services: {
      sources: ["agenda"],
      items: [{ id: "multe", name: "Multe", what: "Per le multe.", asked: { it: ["multa"] }, ...patch }],
    },
  });

  test("says what nobody has published of it, and whom to call", () => {
    const { text, link } = answer("service-multe", service({}), ANCHOR);
    expect(text).toContain("Per le multe.");
    expect(text).toContain("L'Unione non ha ancora pubblicato:\n• l'indirizzo della pagina\n• se serve SPID");
    expect(text).toContain("0523 370704");
    expect(text).toContain("Fonte: Agenda digitale");
    expect(link).toBeUndefined();
  });

  test("leads to its page, and to SPID where it is needed", () => {
    const whole = service({ link: "https://multe.example.org/", spid: "needed", help: "Chiedi al Comune." });
    const { text, link, choices } = answer("service-multe", whole, ANCHOR);
    expect(text).not.toContain("pubblicato");
    expect(text).toContain("Chiedi al Comune.");
    expect(link?.url).toBe("https://multe.example.org/");
    expect(choices.map(({ data }) => data)).toContain("go.spid");
    const without = answer("service-multe", service({ spid: "notNeeded" }), ANCHOR);
    expect(without.text).toContain("Non serve avere SPID.");
    expect(without.choices.map(({ data }) => data)).not.toContain("go.spid");
  });

  test("that is there no more leads to the others", () => {
    expect(answer("service-gone", demo, ANCHOR).text).toBe(answer("services", demo, ANCHOR).text);
  });
});

test("nothing that can be opened fails in an edition without phases, vote, services or telephone", () => {
  const bare: Edition = { ...valDEnza, phases: [], channels: { proposals: valDEnza.channels.proposals } };
  const names = [
    ...repertoire.topics.map(({ name }) => name),
    ...repertoire.flows.map(({ name }) => name),
    ...Object.keys(commands),
  ];
  const about = fc.oneof(
    fc.constant(""),
    fc.constantFrom("-multe", "-connessa", "-vote", "-it"),
    fc.string(),
  );
  fc.assert(
    fc.property(
      fc.constantFrom(...names),
      about,
      fc.constantFrom("whole", "bare"),
      fc.constantFrom("2026-09-08", "2026-10-20", "2027-01-01"),
      fc.constantFrom("it", "en"),
      (name, rest, edition, day, language) => {
        const { text } = answer(`${name}${rest}`, edition === "bare" ? bare : valDEnza, day, language);
        return text !== "" && !/undefined|\{/.test(text);
      },
    ),
    { numRuns: 400 },
  );
});
