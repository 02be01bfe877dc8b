import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Choice, Message } from "../../../core/engine/message.ts";
import type { Session } from "../../../core/engine/session.ts";
import { type Ahead, firstPortion, LONGEST } from "../../../core/manner/portions.ts";
import { payloads } from "../../../core/repertoire.ts";
import { fresh, presses, says, talk, words } from "../../support/talk.ts";

const choices = fc.array(
  fc.record({ data: fc.string({ minLength: 1 }), label: fc.string({ minLength: 1 }) }),
  { maxLength: 12 },
);
const prose = fc
  .array(
    fc.tuple(
      fc.oneof(fc.lorem({ maxCount: 3, mode: "sentences" }), fc.string({ unit: "grapheme", maxLength: 400 })),
      fc.constantFrom(" ", "\n", "\n\n", "\n\n\n", ""),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.flat().join(""));
const link = { url: "https://partecipa.example.org/voto", label: "Apri" };
const message: fc.Arbitrary<Message> = fc.record(
  { text: prose, choices, link: fc.constant(link), language: fc.constant("it") },
  { requiredKeys: ["text", "choices"] },
);

/** All portions of a message, as they are given one after the other. */
function portionsOf(whole: Message): readonly Message[] {
  const given: Message[] = [];
  let rest = whole;
  for (;;) {
    const [portion, ahead] = firstPortion(rest, "Avanti");
    given.push(portion);
    if (ahead.left === "") return given;
    rest = { text: ahead.left, choices: ahead.choices, ...(ahead.link && { link: ahead.link }) };
  }
}

const letters = (text: string) => text.replace(/\s+/g, "");

describe("A message in portions", () => {
  it("is all there, in its order, in portions that are short and say something", () => {
    fc.assert(
      fc.property(message, (whole) => {
        const given = portionsOf(whole);
        expect(letters(given.map(({ text }) => text).join(""))).toBe(letters(whole.text));
        for (const { text } of given) expect(text.trim().length).toBeLessThanOrEqual(LONGEST);
        if (given.length > 1) expect(given.every(({ text }) => text.trim() !== "")).toBe(true);
      }),
    );
  });

  it("has all that can be pressed, and its link, with the last one, and the way there with the others", () => {
    fc.assert(
      fc.property(message, (whole) => {
        const given = portionsOf(whole);
        const last = given.at(-1);
        expect(last?.choices).toEqual(whole.choices);
        expect(last?.link).toEqual(whole.link);
        for (const portion of given.slice(0, -1)) {
          expect(portion.choices.map(({ label }) => label)).toEqual(["Avanti"]);
          expect(portion.link).toBeUndefined();
        }
      }),
    );
  });

  it("breaks after a paragraph, else a line, else a sentence, else a word", () => {
    const first = (text: string) => portionsOf({ text, choices: [] })[0]?.text;
    const long = "Una frase di alcune parole. ".repeat(20).trim();
    const before =
      "Prima di tutto una frase che da sola riempie un messaggio, e che ha molto più di cento lettere in una riga sola";
    expect(first(`${before}.\n\n${long}`)).toBe(`${before}.`);
    expect(first(`${before}\n${long}`)).toBe(before);
    expect(first(`${before}:\n\n• uno\n• due\n${long}`)).toBe(`${before}:\n\n• uno\n• due`);
    expect(first(long)).toBe("Una frase di alcune parole. ".repeat(12).trim());
    expect(first("parola ".repeat(100))).toBe("parola ".repeat(50).trim());
    const source = "Fonte: Patto di partecipazione.";
    expect(first(`${"Una frase. ".repeat(31)}\n\n${source}`)).toContain(source);
    expect(first("😀".repeat(300))).toBe("😀".repeat(175));
  });

  it("leaves neither a heading nor a source alone", () => {
    const given = (text: string) => portionsOf({ text, choices: [] }).map((portion) => portion.text);
    const body = "Una frase di alcune parole. ".repeat(12).trim();
    const source = `Fonte: ${"Patto di partecipazione, ".repeat(5)}presentato al Tavolo.`;
    const [first, last, ...others] = given(`Passo 2 di 10\n\n${body}\n\n${source}`);
    expect(first).toMatch(/^Passo 2 di 10\n\nUna frase/);
    expect(last).toBe(`Una frase di alcune parole.\n\n${source}`);
    expect(others).toEqual([]);
  });
});

const simple: Session = { ...fresh(), welcomed: true, profile: { simple: true, numbers: false } };
/** What goes on, where something is ahead. */
const onwardOf = ({ screen }: Session): Choice => screen[0] ?? { data: "", label: "" };
const labels = (session: Session) => session.screen.map(({ label }) => label);
const long = talk(simple, says("privacy"));

describe("Portions in a conversation", () => {
  it("never say but where something comes from", () => {
    const alone: string[] = [];
    for (const opened of new Set([...payloads.word, ...payloads.question])) {
      let { session, message } = talk(simple, presses(`go.${opened}`));
      for (let said = 0; said < 60; said++) {
        if (/^Font[ei]:(?!.*\n\n)/s.test(message.text)) alone.push(opened);
        if (session.screen[0]?.label !== "Avanti") break;
        ({ session, message } = talk(session, presses(onwardOf(session).data)));
      }
    }
    expect(alone).toEqual([]);
  });

  it("go on with «avanti», pressed or typed, and with its number", () => {
    expect(labels(long.session)).toEqual(["Avanti"]);
    const onward = onwardOf(long.session);
    const next = talk(long.session, presses(onward.data));
    for (const typed of ["avanti", "Avanti!", "1", "ok"]) {
      expect(talk(long.session, says(typed)).message).toEqual(next.message);
    }
    expect(next.message.text).not.toBe(long.message.text);
  });

  it("say the same again to a button that was pressed twice, and for «ripeti»", () => {
    const onward = onwardOf(long.session);
    const next = talk(long.session, presses(onward.data));
    expect(talk(next.session, presses(onward.data)).message).toEqual(next.message);
    expect(talk(next.session, says("ripeti")).message).toEqual(next.message);
    expect(talk(long.session, says("ripeti")).message).toEqual(long.message);
  });

  it("repeat the last one where nothing is being asked", () => {
    let session = long.session;
    let { text } = long.message;
    while (session.ahead?.left)
      ({
        session,
        message: { text },
      } = talk(session, says("avanti")));
    expect(labels(session)).toContain("Menu");
    const again = talk(session, says("ripeti"));
    expect(again.message.text).toBe(text);
    expect(labels(again.session)).toEqual(labels(session));
    // Nothing is ahead any more: who goes on all the same is where they were.
    expect(talk(session, says("avanti")).message).toEqual(again.message);
  });

  it("are dropped by anything else", () => {
    const other = talk(long.session, says("date")).session;
    expect(other.ahead?.said).not.toBe(long.session.ahead?.said);
    const onward = onwardOf(long.session);
    expect(talk(other, presses(onward.data)).session.ahead?.said).toBe(other.ahead?.said);
  });

  it("wait for no answer: what can be pressed later can be typed at once", () => {
    const asked = talk(simple, says("proposta"));
    expect(labels(asked.session)).toEqual(["Avanti"]);
    const answered = talk(asked.session, says("sì"));
    expect(answered.session.active.at(-1)?.asking).toBe("proposer");
  });

  it("are never made of what to do in danger, not even at first contact", () => {
    const { session, message } = talk({ ...simple, welcomed: false }, says("voglio morire"));
    expect(message.text).toContain(words.say("it", { key: "engine.emergency" }));
    expect(labels(session)).toContain("Chiedi a una persona");
  });

  it("leave what waits for the next message to the message after the last", () => {
    const heard = {
      ...simple,
      heard: { id: "7", text: "parole ".repeat(100), screen: [] },
      sentence: "vorrei proporre il wifi a Gropparello, 4000 euro",
      ahead: {
        said: "prima",
        left: "poi",
        choices: [{ data: "go.heard-7", label: "È giusto" }],
      } satisfies Ahead,
      screen: [{ data: "go.ahead-3", label: "Avanti" }],
    };
    const { session } = talk(heard, says("avanti"));
    expect(session.heard).toEqual(heard.heard);
    expect(session.sentence).toBe(heard.sentence);
    expect(labels(session)).toEqual(["È giusto"]);
  });
});
