import { describe, expect, it } from "vitest";
import type { Incoming } from "../../../core/engine/message.ts";
import { type Session, session as sessionSchema } from "../../../core/engine/session.ts";
import { present } from "../../../core/manner/present.ts";
import { repertoire } from "../../../core/repertoire.ts";
import { fresh, presses, says, talk, words } from "../../support/talk.ts";

const met: Session = { ...fresh(), welcomed: true };
const having = (...messages: readonly Incoming[]) =>
  messages.reduce((heard, incoming) => talk(heard.session, incoming), talk(met, says("menu")));
const labels = ({ session }: { readonly session: Session }) => session.screen.map(({ label }) => label);
const text = (key: string) => words.say("it", { key });

const elderly = says("più semplice");

describe("«più semplice»", () => {
  it("asks the pending question again in simpler words, and the next ones too", () => {
    const proposing = [
      "proposta",
      "sì",
      "a nome mio",
      "Rosa",
      "Rossi",
      "rosa@posta.it",
      "777777",
      "1",
      "Nonni in rete",
    ];
    const asked = having(...proposing.map(says));
    expect(asked.message.text).toContain(text("proposal.need.ask"));
    const simple = talk(asked.session, elderly);
    expect(simple.message.text).toContain(text("manner.simpler"));
    expect(simple.message.text).toContain(text("simple.proposal.need.ask"));
    expect(labels(simple)).toContain("Come prima");
    const numbered = talk(simple.session, says("numeri"));
    const help = talk(numbered.session, elderly);
    expect(help.message.text).toContain(text("simple.proposal.need.help"));
    const normal = talk(help.session, says("normale"));
    expect(normal.message.text).toContain(text("proposal.need.ask"));
    expect(normal.session.profile).toBeUndefined();
  });

  it("is offered after two misunderstandings, at a question or not, and no longer once it is on", () => {
    const asking = having(says("partecipare"));
    const unread = talk(asking.session, says("boh"));
    expect(labels(unread)).not.toContain("Più semplice");
    expect(labels(talk(unread.session, says("mah")))).toContain("Più semplice");
    const lost = having(says("blabla"));
    expect(labels(lost)).not.toContain("Più semplice");
    expect(labels(talk(lost.session, says("blabla")))).toContain("Più semplice");
    const simple = having(elderly, says("blabla"), says("bleble"));
    expect(labels(simple)).toContain("Chiedi a una persona");
    expect(labels(simple)).not.toContain("Più semplice");
  });

  it("may be set by a link, which goes home", () => {
    const { session, message } = talk(fresh(), { kind: "start", payload: "simple" });
    expect(session.profile).toEqual({ simple: true, numbers: false });
    expect(message.text).toContain(text("home.privacy"));
    const all = [message, talk(session, says("avanti")).message].map((one) => one.text).join("\n");
    expect(all).toContain(text("home.ask"));
  });

  it("leaves more time to answer", () => {
    const later = (hours: number) => ({
      realNow: new Date(Date.parse("2026-09-07T10:00:00Z") + hours * 3_600_000),
    });
    const asking = having(says("partecipare")).session;
    const askedSimply = talk(asking, elderly).session;
    const isTaken = (session: Session, hours: number) =>
      talk(session, says("ho 83 anni"), later(hours)).session.active.at(-1)?.asking !== "birth";
    expect([isTaken(asking, 23), isTaken(asking, 25)]).toEqual([true, false]);
    expect([isTaken(askedSimply, 71), isTaken(askedSimply, 73)]).toEqual([true, false]);
  });
});

describe("«numeri»", () => {
  it("writes choices out, which their number or their words answer", () => {
    const asked = having(says("numeri"), says("proposta"));
    expect(asked.message.choices).toEqual([]);
    expect(asked.message.text.split("\n").slice(-2)).toEqual(["1. Sì", "2. Non so, vediamo"]);
    for (const typed of ["1", "sì"])
      expect(talk(asked.session, says(typed)).session.active.at(-1)?.asking).toBe("proposer");
  });

  it("gives no number to choices where a number is the answer", () => {
    const asked = having(says("numeri"), says("partecipare"));
    expect(asked.message.text).toMatch(/\n• Per un'altra persona$/);
    expect(talk(asked.session, says("83")).session.active.at(-1)?.asking).toBe("residence");
  });

  it("goes with one portion at a time, and ends with «pulsanti»", () => {
    const asked = having(says("numeri"), elderly, says("proposta"));
    expect(asked.message.text).toMatch(/\n\n1\. Avanti$/);
    const next = talk(asked.session, says("1"));
    expect(next.message.text).not.toBe(asked.message.text);
    const pressed = talk(next.session, says("pulsanti"));
    expect(pressed.message.choices.length).toBeGreaterThan(0);
    expect(pressed.session.profile).toEqual({ simple: true, numbers: false });
  });

  it("leaves a long review within what a message carries", () => {
    const row = { label: { literal: "Bisogno" }, value: { literal: "una risposta lunga ".repeat(30) } };
    const option = { data: "1.1.send", label: { literal: "Invia" } };
    const question = { text: { literal: "Va bene?" }, rows: [row, row], options: [option, option] };
    const session: Session = { ...met, profile: { simple: false, numbers: true } };
    for (let text = 300; text < 400; text++) {
      const room = { text, textWithChoices: text };
      const { message } = present({ notes: [], question }, session, { words, repertoire, room });
      expect(message.text.length).toBeLessThanOrEqual(text);
      expect(message.text).toMatch(/\n\n1\. Invia\n2\. Invia$/);
    }
  });
});

describe("Whoever may be somebody else", () => {
  it("is told at once who helps in danger, and nothing of who was here before", () => {
    const draft = having(...["proposta", "sì", "a nome mio", "Rosa", "Rossi"].map(says)).session;
    const silent = { ...draft, seenOn: "2026-01-01" };
    const asked = talk(silent, says("ciao"));
    expect(asked.message.text).toContain(text("privacy.who"));
    for (const session of [silent, asked.session]) {
      const { message } = talk(session, says("voglio morire"));
      expect(message.text).toContain(text("engine.emergency"));
      expect(JSON.stringify(message)).not.toMatch(/Ross?[ai]/);
      expect(talk(talk(session, says("voglio morire")).session, presses("go.repeat")).message.text).toContain(
        text("privacy.who"),
      );
    }
  });
});

describe("A voice note", () => {
  it("that says «avanti» goes on with what was ahead when it was sent", () => {
    const note: Incoming = { kind: "media", media: "voice", recording: { file: "x" } };
    const options = { find: () => ({ kind: "heard", text: "avanti" }) };
    const long = having(elderly, says("privacy"));
    const onward = talk(long.session, says("avanti"));
    const heard = talk(long.session, note, options);
    expect(heard.message.text).toContain("«avanti»");
    const confirmed = talk(heard.session, says("sì"));
    expect(confirmed.message).toEqual(onward.message);
    expect(confirmed.session.heard).toBeUndefined();
  });
});

describe("How somebody is spoken to", () => {
  it("is told to who asks what is kept, in the chat and in the file", () => {
    const { session, message } = talk(having(says("numeri"), elderly).session, presses("go.mydata"));
    expect(JSON.stringify(session.ahead)).toContain("con parole semplici e con i numeri");
    expect(message.document?.rows).toContainEqual({
      label: text("manner.row"),
      value: "con parole semplici",
    });
    const others = talk(met, presses("go.mydata"));
    expect(others.message.text).not.toContain("parole semplici");
  });

  it("is forgotten with everything else", () => {
    const erased = talk(having(says("numeri"), elderly).session, presses("go.erased"));
    expect(erased.session.profile).toBeUndefined();
    expect(erased.session.ahead).toBeUndefined();
  });

  it("is nothing where a session holds none, or one that nobody can read", () => {
    const { profile: _, ...old } = met;
    expect(sessionSchema.parse(old).profile).toBeUndefined();
    expect(sessionSchema.parse({ ...old, profile: "simple", ahead: 3, heard: "x", sentence: 3 })).toEqual(
      old,
    );
  });
});
