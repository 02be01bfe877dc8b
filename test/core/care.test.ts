import { describe, expect, it } from "vitest";
import { guard } from "../../core/care.ts";
import type { Session } from "../../core/engine/session.ts";
import { fresh, presses, says, talk } from "../support/talk.ts";

const start = new Date("2026-09-07T10:00:00Z");
const later = (seconds: number) => new Date(start.getTime() + seconds * 1000);

/** How each of so many messages is taken. */
function take(texts: readonly string[], at: (index: number) => Date): string[] {
  let session: Session = fresh();
  return texts.map((text, index) => {
    const guarded = guard(session, says(text), at(index));
    session = guarded.session;
    return guarded.kind;
  });
}

describe("another machine", () => {
  it("that always says the same is warned once, then gets silence until it says something else", () => {
    const kinds = take([...Array<string>(14).fill("ok"), "ciao"], (index) => later(index * 30));
    expect(kinds.slice(0, 9)).toEqual(Array(9).fill("answer"));
    expect(kinds.slice(9)).toEqual(["warn", "silence", "silence", "silence", "silence", "answer"]);
  });

  it("that floods is warned once, then gets silence for the rest of the minute", () => {
    const texts = Array.from({ length: 310 }, (_, index) => String(index));
    const kinds = take([...texts, "dopo"], (index) => later(index < 310 ? index * 0.1 : 70));
    expect(kinds.filter((kind) => kind === "warn")).toHaveLength(1);
    expect(kinds.indexOf("warn")).toBe(300);
    expect(kinds.slice(301, 310)).toEqual(Array(9).fill("silence"));
    expect(kinds.at(-1)).toBe("answer");
  });

  it("is not seen in somebody who says the same to one question after another", () => {
    let session = talk(fresh(), presses("go.cie")).session;
    for (let times = 0; times < 12; times++) {
      const guarded = guard(session, says("avanti"), later(times));
      expect(guarded.kind).toBe("answer");
      session = talk(guarded.session, says("avanti")).session;
    }
  });

  it("is not seen in somebody who presses the same button again and again", () => {
    let session = fresh();
    for (let times = 0; times < 30; times++) {
      const guarded = guard(session, presses("go.menu"), later(times));
      expect(guarded.kind).toBe("answer");
      session = guarded.session;
    }
  });
});

describe("somebody in danger", () => {
  it.each([
    "voglio morire",
    "Non ce la faccio più, VOGLIO MORIRE!!",
    "aiuto mi sta picchiando",
    "I want to kill myself",
  ])("gets 112 before everything: %s", (text) => {
    const asked = talk(talk(fresh(), presses("go.proposal")).session, presses("1.1.yes")).session;
    const { message, session } = talk(asked, says(text));
    expect(message.text).toContain("112");
    // What was being asked is there still, and was not answered by it.
    expect(session.active).toEqual(asked.active);
    expect(talk(session, says("ripeti")).message.choices.map(({ label }) => label)).toContain("A nome mio");
  });

  it("is not seen in a proposal that speaks of dangers", () => {
    const text = "Un defibrillatore in ogni piazza, per chi rischia di morire aspettando l'ambulanza.";
    expect(talk(fresh(), says(text)).message.text).not.toContain("112");
  });
});

it("offers a person after two refusals in a row, and no longer once understood", () => {
  let session = talk(fresh(), presses("go.eligibility")).session;
  const labels = (text: string) => {
    const heard = talk(session, says(text));
    session = heard.session;
    return heard.message.choices.map(({ data }) => data);
  };
  expect(labels("boh")).not.toContain("go.operator");
  expect(labels("mah")).toContain("go.operator");
  expect(labels("ho 83 anni")).not.toContain("go.operator");
});
