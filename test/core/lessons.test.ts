import { describe, expect, it, test } from "vitest";
import type { Session } from "../../core/engine/session.ts";
import { lessons } from "../../core/lessons/index.ts";
import { lessonNames } from "../../core/lessons/names.ts";
import { demo, fresh, type Heard, presses, says, talk, words } from "../support/talk.ts";

/** Languages that have all the words of a lesson. */
const languages = words.languages.filter((language) =>
  lessonNames.every((name) => words.covers(language, name)),
);

/** What may be pressed of the question itself, without what only leads elsewhere. */
const answers = ({ message }: Heard) => message.choices.filter(({ data }) => !data.startsWith("go."));
const asking = ({ session }: Heard): string => session.active.at(-1)?.asking ?? "";

/** Goes through a whole lesson and tries everything on the way: each answer, help, a question in between. */
function* everything(name: string, language: string): Generator<Heard> {
  const session: Session = { ...fresh(), language, welcomed: true };
  let heard = talk(session, presses(`go.${name}`));
  const seen = new Set<string>();
  while (asking(heard) !== "" && !seen.has(asking(heard))) {
    seen.add(asking(heard));
    yield heard;
    for (const between of ["help", "lessons"]) yield talk(heard.session, presses(`go.${between}`));
    for (const { data } of answers(heard)) yield talk(heard.session, presses(data));
    for (const { data } of answers(heard)) {
      const next = talk(heard.session, presses(data));
      // A wrong answer, or a tick, leaves the question: the last answer is the one that goes on.
      if (asking(next) === asking(heard)) {
        yield* answers(next).map((again) => talk(next.session, presses(again.data)));
      }
    }
    const onward = answers(heard)
      .map(({ data }) => talk(heard.session, presses(data)))
      .find((next) => !seen.has(asking(next)));
    if (!onward) return;
    heard = onward;
  }
  yield heard;
}

test("are taught in Italian and in English at least", () => {
  expect(languages).toEqual(expect.arrayContaining(["it", "en"]));
});

describe.each(lessonNames)("the lesson %s", (name) => {
  const { steps } = lessons[name].flow;

  it("has steps that can be told apart, and kept by their names", () => {
    const names = steps.map((step) => step.name);
    expect(new Set(names).size).toBe(names.length);
    for (const one of names) expect(one).toMatch(/^[A-Za-z][A-Za-z0-9]{0,29}$/);
    expect(names).not.toContain("review");
    expect(names).not.toContain("edit");
  });

  it.each(languages)(
    "is whole in %s, whatever is pressed, and no message too long for a picture and buttons",
    (language) => {
      let last: Heard | undefined;
      const asked = new Set<string>();
      for (const heard of everything(name, language)) {
        const { text, choices, picture } = heard.message;
        expect(text.length).toBeLessThanOrEqual(1024);
        // WhatsApp's lists have ten rows of 24 characters; with a picture go three buttons of 20 at most.
        expect(choices.length).toBeLessThanOrEqual(picture ? 3 : 10);
        for (const { label } of choices)
          expect([label, label.length <= (picture ? 20 : 24)]).toEqual([label, true]);
        asked.add(asking(heard));
        last = heard;
      }
      const skipped = ["here"].filter(() => !demo.services?.items.some(({ id }) => id === name));
      expect(
        steps.map((step) => step.name).filter((step) => !asked.has(step) && !skipped.includes(step)),
      ).toEqual([]);
      expect(last?.session.active).toEqual([]);
    },
  );

  it.each(languages)(
    "has a page to print in %s: the steps, boxes to tick, the telephone, and sources with their dates",
    (language) => {
      const { message } = talk({ ...fresh(), language }, presses(`go.sheet-${name}`));
      const { rows, boxes = [], notes } = message.document ?? { rows: [], notes: [] };
      expect(rows.filter(({ label }) => /^\d+\. /.test(label)).length).toBeGreaterThanOrEqual(5);
      expect(boxes.length).toBeGreaterThanOrEqual(2);
      expect(rows.map(({ value }) => value).join("\n")).toContain(demo.union.phone);
      expect(notes.length).toBeGreaterThan(0);
      for (const note of notes) expect(note).toMatch(/https:\/\/\S+\. .*2026/);
    },
  );
});

describe("what is kept of a lesson", () => {
  const ticking = talk(talk(fresh(), says("spid")).session, says("avanti")).session;
  const [lesson] = ticking.active;
  const labels = ({ message }: Heard) => message.choices.map(({ label }) => label);

  it("forgets ticks on what a newer version no longer asks for, or that are none", () => {
    if (!lesson) throw new Error("No lesson is going on.");
    for (const needs of [["document", "fax"], "document", 3, null]) {
      const session = { ...ticking, active: [{ ...lesson, memo: { needs } }] };
      const shown = labels(talk(session, says("ripeti")));
      const more = talk(session, says("e-mail solo tua")).message.text;
      expect(more).toMatch(
        Array.isArray(needs) ? /^Hai segnato: Documento valido e E-mail/ : /^Hai segnato: E-mail/,
      );
      expect(shown[0]).toBe(Array.isArray(needs) ? "☑ Documento valido" : "☐ Documento valido");
      expect(shown.filter((label) => label.startsWith("☑"))).toHaveLength(Array.isArray(needs) ? 1 : 0);
    }
  });

  it("is asked again where it is no answer any more", () => {
    if (!lesson) throw new Error("No lesson is going on.");
    const stored = { start: "next", needs: "everything", provider: "next" };
    const session = { ...ticking, active: [{ ...lesson, asking: "here", answers: stored }] };
    const went = talk(session, says("avanti"));
    expect(asking(went)).toBe("needs");
  });

  it("takes two presses of one button for one", () => {
    const tick = ticking.screen.find(({ label }) => label === "☐ Documento valido")?.data ?? "";
    const once = talk(ticking, presses(tick));
    expect(labels(talk(once.session, presses(tick)))).toEqual(labels(once));
  });
});
