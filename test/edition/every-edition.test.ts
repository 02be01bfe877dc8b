import { readdirSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findPhase } from "../../core/edition/calendar.ts";
import type { CriterionAsked, Edition } from "../../core/edition/schema.ts";
import { loadWords } from "../../locales/index.ts";
import type { Database } from "../../prisma/client.ts";
import { play, type TranscriptTurn, transcript } from "../flows/transcript.ts";
import { openTestDatabase } from "../support/database.ts";
import { ANCHOR } from "../support/house.ts";
import { load } from "./samples.ts";

const names = readdirSync("editions")
  .filter((file) => file.endsWith(".yaml"))
  .map((file) => file.replace(/\.yaml$/, ""));
const editions = new Map(names.map((name) => [name, load(`editions/${name}.yaml`, ANCHOR)]));

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

const words = loadWords();
const says = (text: string) => ({ says: text });
const presses = (literal: Edition["name"]) => ({ presses: words.say("it", { literal }) });
const chooses = (key: string) => ({ presses: words.say("it", { key }) });
const heard = ({ hears = [] }: TranscriptTurn) => hears.join("\n");

/** How a conversation goes in an edition, on the first day of its proposals. */
async function converse(name: string, edition: Edition, about: string, turns: readonly TranscriptTurn[]) {
  const day = findPhase(edition, "proposals")?.from;
  const played = await play(
    database,
    transcript.parse({ about: `${about}, ${name}`, edition: name, day, turns }),
  );
  return { ...played, last: played.turns.at(-1) ?? {}, all: played.turns.map(heard).join("\n") };
}

/** Proper names that a citizen could read, of Union, Comuni, challenges and sources. */
function properNames({ name, union, comuni, proposals, sources }: Edition): string[] {
  const titles = Object.values(sources).map(({ title }) => title);
  return [
    name,
    union.name,
    ...comuni.map((one) => one.name),
    ...proposals.challenges.map((one) => one.name),
    ...titles,
  ].map((literal) => words.say("it", { literal }));
}

describe.each([...editions])("the edition %s", (name, edition) => {
  const [comune] = edition.comuni;
  const [challenge] = edition.proposals.challenges;
  if (!comune || !challenge) throw new Error("The schema wants one of each.");
  const { elsewhere } = edition.eligibility;

  test("tells every resident that they may take part, and by which rule", async () => {
    for (const { id, name: residence } of edition.comuni) {
      const asked = [says("partecipare"), says("83"), presses(residence)];
      const { last } = await converse(name, edition, `resident of ${id}`, asked);
      expect(heard(last)).toContain(`${edition.eligibility.minimumAge} anni`);
      for (const comune of edition.comuni)
        expect(heard(last)).toContain(words.say("it", { literal: comune.name }));
    }
  });

  test("tells people who live elsewhere what it says of them, and nothing where it says nothing", async () => {
    const asked = [says("partecipare"), says("83"), chooses("eligibility.residence.option.elsewhere")];
    if (!elsewhere) {
      const { last } = await converse(name, edition, "from elsewhere", asked);
      expect(heard(last)).toContain("Per questa edizione no.");
      return;
    }
    for (const link of elsewhere.links) {
      const citizen = elsewhere.stateless === "office" ? [chooses("eligibility.citizenship.option.has")] : [];
      const linked = [...asked, presses(link.name), ...citizen];
      const { last } = await converse(name, edition, `from elsewhere, ${link.id}`, linked);
      expect(heard(last)).toContain("Sì, puoi partecipare.");
    }
  });

  test("takes a proposal to its end, asking what its criteria need, and names nobody else", async () => {
    const { assistant } = edition.channels.proposals;
    const judgedBy = (criterion: CriterionAsked) =>
      edition.proposals.criteria.some(({ id }) => id === criterion);
    const when = (criterion: CriterionAsked, turn: TranscriptTurn) => (judgedBy(criterion) ? [turn] : []);
    const cost = edition.proposals.cost?.min ?? 1500;
    const { all, last, proposals } = await converse(name, edition, "a whole proposal", [
      says("proposta"),
      chooses("proposal.eligible.option.yes"),
      chooses("proposal.proposer.option.person"),
      says("Lucia"),
      says("Bianchi"),
      says("lucia.bianchi@posta.it"),
      ...(assistant ? [says("{code}")] : []),
      presses(challenge.name),
      says("Un pomeriggio con il computer"),
      says("Molte persone anziane non sanno prenotare una visita."),
      says("Un pomeriggio a settimana di aiuto in biblioteca."),
      ...when("reach", says("Ogni settimana in un Comune diverso.")),
      ...when("involvement", says("Le volontarie della biblioteca.")),
      ...when("public-interest", says("Le biblioteche comunali.")),
      says(`${cost} euro`),
      ...when("no-conflict", chooses("engine.option.skip")),
      says("regole"),
      chooses("proposal.review.option.send"),
    ]);
    expect(last.file).toMatch(/^proposta.*\.pdf$/);
    if (assistant) expect(proposals).toMatchObject([{ challenge: challenge.id, cost, state: "SUBMITTED" }]);
    else expect(proposals).toBeUndefined();

    const own = properNames(edition);
    const others = names.flatMap((one) => properNames(load(`editions/${one}.yaml`, ANCHOR)));
    const strangers = others.filter((other) => !own.some((mine) => mine.includes(other)));
    expect(strangers.filter((stranger) => all.includes(stranger))).toEqual([]);
  });

  test("answers every question about itself, whatever it lacks", async () => {
    const subjects = ["info", "date", "come si vota", "regole", "punti da chiarire", "sfide", "contatti"];
    const more = ["operatore", "annulla", "chi mi aiuta", "servizi online", "privacy", "promemoria"];
    const { turns } = await converse(name, edition, "questions", [...subjects, ...more].map(says));
    for (const turn of turns) {
      expect(heard(turn)).not.toMatch(/undefined|\{|Fonte: \.|Non ho capito|codice: [0-9a-f]/);
      expect(heard(turn)).not.toBe("");
    }
  });
});
