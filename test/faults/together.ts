import { expect } from "vitest";
import type { House } from "../../assistant.ts";
import { createRecorder } from "../support/recorder.ts";
import {
  answersTo,
  answerTo,
  asked,
  begin,
  newcomer,
  QUESTIONS,
  says,
  storedAnswers,
  TRIALS,
} from "./trial.ts";

/*
 * Two assistants on one database, each with its half of what one person writes: neither knows of
 * the other but through the store.
 */

/** Both halves come to one chat, as they would on a platform. */
function beginBoth(houses: readonly [House, House]) {
  const chat = createRecorder("chat");
  const [one, other] = [begin(houses[0], QUESTIONS, chat), begin(houses[1], QUESTIONS, chat)];
  return { chat, one, other, trial: { ...one, chat } };
}

/** One message after the other is stored, each by the other process, and nobody waits for answers. */
export async function inTurns(houses: readonly [House, House]): Promise<void> {
  const { chat, one, other, trial } = beginBoth(houses);
  const questions = QUESTIONS.slice(0, 3);
  const people = await Promise.all(
    Array.from({ length: TRIALS }, async () => {
      const address = await newcomer(trial);
      for (const [index, question] of questions.entries()) {
        const { inbox } = (index % 2 === 0 ? one : other).assistant;
        await inbox.receive([says(address, answerTo(question))]);
      }
      for (const _ of questions.slice(1)) await chat.next(address);
      expect(asked(trial, await chat.next(address), QUESTIONS)).toBe("place");
      return address;
    }),
  );
  await Promise.all([one.assistant.stop(), other.assistant.stop()]);
  for (const address of people) {
    expect(await storedAnswers(houses[0], address)).toEqual(answersTo(questions));
    expect(chat.untaken(address)).toBe(0);
  }
}

/** Both at the same moment: either may be stored first, and each must be taken once. */
export async function atOnce(houses: readonly [House, House]): Promise<void> {
  const { chat, one, other, trial } = beginBoth(houses);
  const people = await Promise.all(
    Array.from({ length: TRIALS }, async () => {
      const address = await newcomer(trial);
      // Each delivered to both of them, too.
      const pair = [says(address, answerTo("title")), says(address, answerTo("need"))];
      const receive = (message: (typeof pair)[0]) =>
        [one, other].map(({ assistant }) => assistant.inbox.receive([message]));
      await Promise.all(pair.flatMap(receive));
      await chat.next(address);
      expect(asked(trial, await chat.next(address), QUESTIONS)).toBe("involved");
      return address;
    }),
  );
  await Promise.all([one.assistant.stop(), other.assistant.stop()]);
  for (const address of people) {
    const stored = await storedAnswers(houses[0], address);
    const values = Object.values(answersTo(["title", "need"]));
    expect(new Set(Object.values(stored ?? {}))).toEqual(new Set(values));
    expect(Object.keys(stored ?? {}).sort()).toEqual(["need", "title"]);
    expect(chat.untaken(address)).toBe(0);
  }
}
