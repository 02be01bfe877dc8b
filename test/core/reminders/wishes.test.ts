import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { Effect } from "../../../core/effects.ts";
import type { Query } from "../../../core/queries.ts";
import { kinds } from "../../../core/reminders/kinds.ts";
import type { Wishes } from "../../../core/reminders/wishes.ts";
import { fresh, type Heard, presses, says, talk, words } from "../../support/talk.ts";

const session = { ...fresh(), welcomed: true };
const none: Wishes = { of: [], hours: "any", chats: ["chat"], withdrawn: false };

/** What there is to be known of somebody who wants that. */
const wishing =
  (wishes: Partial<Wishes>, others: Readonly<Record<string, unknown>> = {}) =>
  ({ kind }: Query) =>
    kind === "wishes" ? { ...none, ...wishes } : others[kind];

const opens = (payload: string, wishes: Partial<Wishes> = {}, language = "it"): Heard =>
  talk({ ...session, language }, presses(`go.${payload}`), { find: wishing(wishes) });
const labels = ({ message }: Heard) => message.choices.map(({ label }) => label);
const dataOf = ({ message }: Heard, label: string) =>
  message.choices.find((choice) => choice.label.endsWith(label))?.data ?? `no ${label}`;
const wished = (effects: readonly Effect[]) =>
  effects.flatMap((effect) => (effect.kind === "remind" ? [effect.of] : []));
const digest = (text: string) => createHash("sha256").update(text).digest("hex").slice(0, 8);

describe("«promemoria» of who wants nothing yet", () => {
  test("says what there is, and takes one press for all of it", () => {
    const asked = talk(session, says("promemoria"), { find: wishing({}) });
    expect(labels(asked)).toEqual(["Sì, avvisami di tutto", "Scelgo io", "Menu"]);
    const pressed = talk(asked.session, presses(dataOf(asked, "di tutto")), { find: wishing({}) });
    expect(wished(pressed.effects)).toEqual(kinds);
    expect(pressed.message.text).toContain("• quando comincia una fase");
    expect(pressed.message.text).toContain("Per non ricevere più avvisi scrivi «stop».");
  });

  test("keeps as proof which question was answered, in which language and words", () => {
    for (const language of words.languages) {
      const asked = opens("reminders", {}, language);
      const [all = ""] = asked.message.choices.map(({ data }) => data);
      const { effects } = talk(asked.session, presses(all), { find: wishing({}) });
      const said = { by: "button", words: `remind.offer:${language}:${digest(asked.message.text)}` };
      expect(effects).toEqual(
        kinds.map((of) => ({ kind: "remind", of, channel: "chat", address: "someone", said })),
      );
    }
  });

  test("tells from an old button which words it was pressed below, whatever language is spoken now", () => {
    const asked = opens("reminders");
    const [all = ""] = asked.message.choices.map(({ data }) => data);
    const { effects } = talk({ ...session, language: "en" }, presses(all), { find: wishing({}) });
    expect(effects[0]).toMatchObject({ said: { words: expect.stringMatching(/^remind\.offer:it:/) } });
  });

  test("offers what can still come, and nothing once all is over", () => {
    const on = (today: string) => talk(session, presses("go.reminders"), { today, find: wishing({}) });
    const voting = on("2027-02-20");
    const pressed = talk(voting.session, says("Sì, avvisami di tutto"), { today: "2027-02-20" });
    expect(wished(pressed.effects)).toEqual(["phase_closes", "unfinished_vote"]);
    const over = on("2027-06-01");
    expect(over.message.text).toBe("Non ci sono altre date da ricordare.");
    expect(labels(over)).toEqual(["Date e fasi", "Menu"]);
  });

  test("says that it is off to who had withdrawn, or had blocked us", () => {
    expect(opens("reminders", { withdrawn: true }).message.text).toMatch(/^Adesso non ricevi avvisi\./);
    expect(opens("reminders").message.text).not.toContain("Adesso non ricevi");
  });
});

describe("Choosing of what", () => {
  test("is a list in which a press sets or takes one, and pressing twice is pressing once", () => {
    const asked = opens("reminders-choose", { of: ["news"] });
    expect(labels(asked)).toEqual([
      "☐ Inizia una fase",
      "☐ Sta per finire",
      "☐ Proposta a metà",
      "☐ Voto da fare",
      "☑ La mia proposta",
      "Una data sola",
      "Fatto",
      "Menu",
    ]);
    const sets = presses(dataOf(asked, "Voto da fare"));
    for (const of of [["news"], ["news", "unfinished_vote"]]) {
      const { message, effects } = talk(asked.session, sets, { find: wishing({ of }) });
      expect(wished(effects)).toEqual(["unfinished_vote"]);
      expect(message.text).toMatch(/^Hai segnato: Voto da fare e La mia proposta\./);
    }
    const takes = presses(dataOf(asked, "La mia proposta"));
    for (const of of [["news"], []]) {
      const { message, effects } = talk(asked.session, takes, { find: wishing({ of }) });
      expect(effects).toMatchObject([
        {
          kind: "forgetReminders",
          of: "news",
          said: { words: expect.stringMatching(/^remind\.choose:it:/) },
        },
      ]);
      expect(message.text).toMatch(/^Non hai segnato niente\./);
    }
  });

  test("offers single dates and events, as ever", () => {
    const asked = opens("reminders-once");
    expect(asked.message.choices.map(({ data }) => data)).toContain("go.remind-event-idee");
    const { message, effects } = talk(asked.session, presses("go.remind-vote"), {});
    expect(effects).toMatchObject([
      { of: "vote", said: { by: "button", words: expect.stringMatching(/^remind\.option\.vote:it:/) } },
    ]);
    expect(message.text).toContain("votazione");
  });
});

describe("How one is reminded", () => {
  const all = { of: ["phase_opens", "vote"], chat: "telegram", chats: ["telegram", "whatsapp"] };

  test("is said with what one gets, in few words", () => {
    const { message } = opens("reminders", { ...all, hours: "evening", comune: "vigolzone" });
    expect(message.text).toBe(
      [
        "Ti avviso qui in chat:",
        "• quando comincia una fase",
        "• quando comincia la fase «votazione»",
        "",
        "Ti scrivo solo di sera.",
        "Ti scrivo su Telegram.",
        "Il tuo Comune: Vigolzone.",
        "Per non ricevere più avvisi scrivi «stop».",
      ].join("\n"),
    );
  });

  test.each([
    ["reminders-hours", "La mattina", { hours: "morning" }, "Ti scrivo solo di mattina."],
    ["reminders-comune", "Vigolzone", { comune: "vigolzone" }, "Il tuo Comune: Vigolzone."],
    ["reminders-chat", "WhatsApp", { chat: "whatsapp" }, "Ti scrivo su WhatsApp."],
  ])("is one question: %s, %s", (payload, label, chosen, told) => {
    const asked = opens(payload, all);
    const pressed = talk(asked.session, presses(dataOf(asked, label)), { find: wishing(all) });
    const said = { by: "button" };
    expect(pressed.effects).toEqual([{ kind: "preferReminders", ...chosen, channel: "chat", said }]);
    expect(pressed.message.text).toContain(told);
  });

  test("asks for the Comune only who wants to say it, tells why, and takes a no", () => {
    const asked = opens("reminders-comune", { ...all, comune: "vigolzone" });
    expect(asked.message.text).toContain("Mi serve solo per");
    const find = wishing({ ...all, comune: "vigolzone" });
    const { message, effects } = talk(asked.session, presses(dataOf(asked, "Preferisco non dirlo")), {
      find,
    });
    expect(effects).toMatchObject([{ kind: "preferReminders", comune: null }]);
    expect(message.text).not.toContain("Vigolzone");
  });

  test("asks for the app only where there are several", () => {
    expect(labels(opens("reminders", all))).toContain("Su quale app");
    const one = { ...all, chats: ["telegram"] };
    expect(labels(opens("reminders", one))).not.toContain("Su quale app");
    expect(opens("reminders-chat", one).message.text).toBe(opens("reminders", one).message.text);
  });

  test.each([
    "prefer-hours-never",
    "prefer-comune-roma",
    "prefer-chat-fax",
    "prefer",
    "wish-fax",
    "unwish-fax",
  ])("does nothing by a button of something that is there no more: %s", (payload) => {
    const { message, effects } = opens(payload, all);
    expect(effects).toEqual([]);
    expect(message.text).toBe(opens("reminders", all).message.text);
  });
});

describe("An offer by one button", () => {
  const answers = { eligible: "yes", proposer: "person", name: "Ada" };
  const touchedAt = "2026-09-07T09:00:00Z";
  const frame = { id: "1", flow: "proposal", asking: "surname", question: 4, memo: {}, answers, touchedAt };
  const writing = { ...session, active: [frame], counter: 1 };

  test("comes after a proposal is put aside, and says until when it can be finished", () => {
    const left = talk(writing, says("annulla"));
    const later = talk(left.session, says("La finisco dopo"), { find: wishing({}) });
    expect(later.message.text).toContain("fino al 18 ottobre 2026. Vuoi che ti avvisi prima che scada?");
    const pressed = talk(later.session, says("Sì, avvisami"), { find: wishing({}) });
    expect(wished(pressed.effects)).toEqual(["unfinished_proposal"]);
    expect(pressed.message.text).toContain("Ti avviso qui se hai una proposta a metà, prima che scada.");
    expect(pressed.session.parked).toHaveLength(1);
  });

  test("is not made twice, nor once proposals are closed", () => {
    const wanted = opens("reminders-aside", { of: ["unfinished_proposal"] });
    expect(wanted.message.text).toContain("Ti avviso prima che scada.");
    const over = talk(session, presses("go.reminders-aside"), { today: "2026-12-01" });
    for (const heard of [wanted, over]) expect(labels(heard)).toEqual(["Menu"]);
  });

  test("comes with the answer that one may take part, for what is open", () => {
    const may = (today: string) => {
      let heard = talk(session, says("partecipare"), { today });
      for (const said of ["3/5/1949", "Vigolzone"]) heard = talk(heard.session, says(said), { today });
      return heard;
    };
    const proposing = may("2026-09-08");
    const pressed = talk(proposing.session, says("Ricordamelo"), { find: wishing({}) });
    expect(wished(pressed.effects)).toEqual(["phase_closes"]);
    const voting = may("2027-02-20");
    expect(wished(talk(voting.session, says("Ricordamelo")).effects)).toEqual(["unfinished_vote"]);
    expect(labels(may("2026-12-01"))).not.toContain("Ricordamelo");
  });
});
