import { describe, expect, test } from "vitest";
import { whatsappLimits } from "../../bots/whatsapp/limits.ts";
import type { Session } from "../../core/engine/session.ts";
import { lessonNames } from "../../core/lessons/names.ts";
import { OFFICIAL } from "../../core/lessons/sources.ts";
import { fresh, type Heard, presses, says, talk, words } from "../support/talk.ts";

const languages = ["it", "en"] as const;
const at = (session: Session, language: string): Session => ({ ...session, language });
const label = (language: string, key: string) => words.say(language, { key });

/** Every message of a lesson, with a wrong answer to each question before the right one. */
function walk(lesson: string, language: string): Heard[] {
  const heard = [talk(at(fresh(), language), presses(`go.${lesson}`))];
  const next = label(language, "lesson.option.next");
  while (heard.length < 60) {
    const last = heard.at(-1);
    const asked = last?.message.choices.filter(({ data }) => !data.startsWith("go.")) ?? [];
    if (!last || asked.length === 0) return heard;
    const onward = asked.find((choice) => choice.label === next);
    if (onward) heard.push(talk(last.session, presses(onward.data)));
    else
      for (const { data } of asked) {
        const now = heard.at(-1)?.session;
        // The number of a question is drawn anew where it is asked again.
        const again =
          now &&
          talk(now, says("ripeti")).message.choices.find((one) =>
            one.data.endsWith(data.split(".").at(-1) ?? ""),
          );
        if (now && again) heard.push(talk(now, presses(again.data)));
      }
  }
  throw new Error(`The lesson ${lesson} does not end.`);
}

describe.each(languages)("In %s,", (language) => {
  test.each(lessonNames)("every message of the lesson %s is seen whole above buttons", (lesson) => {
    const heard = walk(lesson, language);
    expect(heard.length).toBeGreaterThan(8);
    const whole = label(language, "engine.option.whole");
    for (const { message } of heard) {
      expect(message.text.length).toBeLessThanOrEqual(whatsappLimits.textWithChoices);
      expect(message.choices.map((choice) => choice.label)).not.toContain(whole);
    }
  });

  test.each(lessonNames)("what is said in short of %s is seen whole, and leads to the lesson", (lesson) => {
    const { message, session } = talk(at(fresh(), language), presses(`go.learn-${lesson}`));
    expect(message.text.length).toBeLessThanOrEqual(whatsappLimits.textWithChoices);
    expect(message.choices.map(({ data }) => data)).toContain(`go.${lesson}`);
    const wrong = talk(session, presses(`go.learn-${lesson}-wrong`)).message.choices.map(({ data }) => data);
    const answers = wrong.filter((data) => data.startsWith(`go.learn-${lesson}-`));
    expect(answers.length).toBeGreaterThan(2);
    for (const data of answers) {
      const { message } = talk(session, presses(data));
      expect(message.text.length).toBeLessThanOrEqual(whatsappLimits.textWithChoices);
      expect(message.choices.map((choice) => choice.data)).toContain("go.helpers");
    }
  });

  test("every official page has a name", () => {
    for (const name of Object.keys(OFFICIAL))
      expect(words.say(language, { key: `sources.page.${name}` })).toMatch(/\(.+\)$/);
  });
});

test("what is not a lesson leads to the list of them", () => {
  const { message } = talk(fresh(), presses("go.learn-boh"));
  expect(message.choices.map(({ data }) => data)).toEqual(expect.arrayContaining(["go.spid", "go.scam"]));
});
