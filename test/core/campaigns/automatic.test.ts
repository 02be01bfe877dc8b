import { describe, expect, test } from "vitest";
import { automaticCampaigns, dueCampaigns } from "../../../core/campaigns/automatic.ts";
import { campaignPlan } from "../../../core/campaigns/campaign.ts";
import { campaignOf, messageOf } from "../../../core/campaigns/message.ts";
import { type ReminderRules, reminders } from "../../../core/edition/reminders.ts";
import type { Edition } from "../../../core/edition/schema.ts";
import { loadWords } from "../../../locales/index.ts";
import { edition2022, fileDemo, load } from "../../edition/samples.ts";

const words = loadWords();
const demo = load(fileDemo, "2026-09-07");
const usual: Edition = { ...edition2022, reminders: reminders.parse({}) };
const withRules = (automatic: ReminderRules["automatic"], edition = usual): Edition => ({
  ...edition,
  reminders: { ...edition.reminders, automatic },
});
const days = (edition: Edition) =>
  [...automaticCampaigns(edition)].map(([id, { from }]) => `${from.slice(0, 10)} ${id}`);

/** What somebody reads. */
function read(edition: Edition, id: string, language = "it", simple = false) {
  const plan = automaticCampaigns(edition).get(id);
  if (!plan) throw new Error(`There is no ${id}.`);
  return messageOf(campaignOf(plan, words), { language, simple }, words, () => true);
}

describe("The calendar makes campaigns", () => {
  // Midnight in Rome is 22:00 of the day before, by UTC.
  test("for phases, drafts and votes, and earlier ones for who uses the simple profile", () => {
    expect(days(usual)).toEqual([
      "2022-04-12 auto.opens.proposals.2022-04-13",
      "2022-05-31 auto.opens.evaluation.2022-06-01",
      "2022-06-29 auto.opens.promotion.2022-06-30",
      "2022-08-31 auto.opens.vote.2022-09-01",
      "2022-05-23 auto.closes.proposals.2022-05-31",
      "2022-05-16 auto.closes.proposals.simple.2022-05-31",
      "2022-10-10 auto.closes.vote.2022-10-18",
      "2022-10-03 auto.closes.vote.simple.2022-10-18",
      "2022-05-25 auto.proposal.2022-05-31",
      "2022-05-20 auto.proposal.simple.2022-05-31",
      // Paper ends a month before online does.
      "2022-09-12 auto.vote.2022-09-18",
      "2022-09-07 auto.vote.simple.2022-09-18",
      "2022-10-12 auto.vote.2022-10-18",
      "2022-10-07 auto.vote.simple.2022-10-18",
    ]);
  });

  test("to who wished for them, and has not done it yet", () => {
    const all = automaticCampaigns(usual);
    expect(all.get("auto.opens.vote.2022-09-01")).toMatchObject({
      wishes: ["vote", "phase_opens"],
      audience: {},
    });
    expect(all.get("auto.closes.vote.2022-10-18")).toMatchObject({
      ...{ wishes: ["phase_closes"], audience: { state: "notVoted", simple: false } },
      until: "2022-10-18T22:00:00.000Z",
    });
    expect(all.get("auto.proposal.simple.2022-05-31")).toMatchObject({
      ...{ wishes: ["unfinished_proposal"], audience: { state: "draft", simple: true } },
    });
    expect(all.get("auto.vote.2022-09-18")).toMatchObject({ wishes: ["unfinished_vote"] });
  });

  test("for events and phases that were asked for by name, whatever the edition's list leaves out", () => {
    const bare = withRules([{ id: "opens", kind: "phase_opens", phases: ["vote"] }], demo);
    expect([...automaticCampaigns(bare).values()].map(({ wishes }) => wishes)).toEqual([
      ["vote", "phase_opens"],
      ["proposals"],
      ["evaluation"],
      ["promotion"],
      ["event-idee"],
      ["event-progetti"],
    ]);
  });

  test("for an event on the last day before it on which people are written to", () => {
    const [first] = demo.events;
    if (!first) throw new Error("The demonstration has no events.");
    const on = (day: string) => {
      const events = [{ ...first, from: `${day} 09:00`, to: `${day} 11:00` }];
      return automaticCampaigns({ ...usual, events }).get(`auto.event.idee.${day}`)?.from;
    };
    expect(on("2026-10-23")).toBe("2026-10-21T22:00:00.000Z");
    // A Monday, and the Tuesday after Easter Monday.
    expect(on("2026-10-26")).toBe("2026-10-23T22:00:00.000Z");
    expect(on("2027-03-30")).toBe("2027-03-26T23:00:00.000Z");
  });

  test("on the second day of a phase that is shorter than the notice, and once", () => {
    const phases = usual.phases.map((one) => (one.id === "proposals" ? { ...one, from: "2022-05-28" } : one));
    const short = withRules(
      [{ id: "closes", kind: "phase_closes", phases: ["proposals"], daysBefore: 7, simpleDaysBefore: 14 }],
      { ...usual, phases },
    );
    expect(days(short)[0]).toBe("2022-05-28 auto.closes.proposals.2022-05-31");
    expect(days(short).filter((one) => one.includes("closes"))).toHaveLength(1);
    const day = { ...usual, phases: phases.map((one) => ({ ...one, from: one.to })) };
    expect(
      days(withRules([{ id: "proposal", kind: "unfinished_proposal", daysBefore: 5 }], day)),
    ).not.toContain("proposal.2022");
  });

  test("under other ids once a day is moved, and the same ones otherwise", () => {
    const phases = usual.phases.map((one) => (one.id === "vote" ? { ...one, to: "2022-10-20" } : one));
    const moved = automaticCampaigns({ ...usual, phases });
    expect(moved.has("auto.closes.vote.2022-10-18")).toBe(false);
    expect(moved.has("auto.closes.vote.2022-10-20")).toBe(true);
    expect(moved.has("auto.closes.proposals.2022-05-31")).toBe(true);
  });

  test("that are plain data, as they are kept", () => {
    for (const plan of automaticCampaigns(demo).values())
      expect(campaignPlan.parse(JSON.parse(JSON.stringify(plan)))).toEqual(plan);
  });

  test("due from their day on, until they would come too late", () => {
    const calendar = automaticCampaigns(usual);
    const due = (now: string) => [...dueCampaigns(calendar, new Date(now)).keys()];
    expect(due("2022-10-10T21:59:59Z")).not.toContain("auto.closes.vote.2022-10-18");
    expect(due("2022-10-10T22:00:00Z")).toContain("auto.closes.vote.2022-10-18");
    expect(due("2022-10-18T21:59:59Z")).toContain("auto.closes.vote.2022-10-18");
    expect(due("2022-10-18T22:00:00Z")).toEqual([]);
  });
});

describe("A reminder says", () => {
  test("what begins and until when, and how to stop", () => {
    const { text, choices, template } = read(usual, "auto.opens.vote.2022-09-01");
    expect(text).toBe(
      "Ciao! È cominciata una nuova fase.\n\nLa fase «votazione» dura fino al 18 ottobre 2022.\n\nNon vuoi più promemoria? Scrivi «stop».",
    );
    expect(choices.map(({ data }) => data)).toEqual(["go.now", "go.menu"]);
    expect(template).toEqual({
      name: "phase_begins",
      language: "it",
      parameters: ["votazione", "18 ottobre 2022"],
    });
  });

  test("which way to vote ends, and takes an answer from who has voted", () => {
    const { text, choices, template } = read(usual, "auto.vote.2022-09-18");
    expect(text).toContain("L'ultimo giorno per votare su carta è il 18 settembre 2022.");
    expect(choices.map(({ data }) => data)).toEqual(["go.now", "go.voted", "go.menu"]);
    expect(template?.parameters).toEqual(["18 settembre 2022, su carta"]);
    const { vote, ...rest } = usual;
    expect(read(rest, "auto.vote.2022-10-18").text).toContain(
      "L'ultimo giorno per votare è il 18 ottobre 2022.",
    );
    expect(vote?.online?.to).toBe("2022-10-18");
  });

  test("the same in every language, whole, with the way to stop", () => {
    for (const language of ["en", "ro", "sq", "ar"])
      for (const id of automaticCampaigns(demo).keys()) {
        const { text, language: spoken } = read(demo, id, language);
        expect(spoken).toBe(language);
        expect(text.split("\n\n").at(-1)).toBe(words.say(language, { key: "campaign.stop" }));
      }
  });

  test("the edition's own words in place of ours, and the dates all the same", () => {
    const text = { it: "Manca poco!", en: "Not long now!" };
    const own = withRules([{ id: "mine", kind: "phase_closes", phases: ["vote"], daysBefore: 3, text }]);
    expect(read(own, "auto.mine.vote.2022-10-18").text).toMatch(
      /^Manca poco!\n\nL'ultimo giorno della fase «votazione» è il 18 ottobre 2022/,
    );
    expect(read(own, "auto.mine.vote.2022-10-18", "en").text).toMatch(/^Not long now!\n\nThe last day of/);
    // Not half in one language, half in the other.
    expect(read(own, "auto.mine.vote.2022-10-18", "ro").text).toMatch(/^Manca poco!\n\nL'ultimo giorno/);
    const plan = automaticCampaigns(own).get("auto.mine.vote.2022-10-18");
    expect(plan && campaignOf(plan, words).languages).toEqual(["it", "en"]);
  });

  test("it with a template in a language in which there is one", () => {
    const plan = automaticCampaigns(usual).get("auto.opens.vote.2022-09-01");
    if (!plan) throw new Error("There is no such campaign.");
    const one = campaignOf(plan, words);
    const inRomanian = (approved: (name: string, language: string) => boolean) =>
      messageOf(one, { language: "ro", simple: false }, words, approved);
    expect(inRomanian((_, language) => language === "it")).toMatchObject({
      language: "ro",
      template: { language: "it" },
    });
    expect(inRomanian(() => false).template).toBeUndefined();
  });
});
