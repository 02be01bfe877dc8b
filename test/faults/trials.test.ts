import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Arrival } from "../../core/ports.ts";
import type { Database } from "../../prisma/client.ts";
import { endLeases } from "../../prisma/leases.ts";
import { openTestDatabase } from "../support/database.ts";
import { openTestHouse } from "../support/house.ts";
import { type Death, mortal } from "./mortal.ts";
import { atOnce, inTurns } from "./together.ts";
import {
  answerAll,
  answersTo,
  answerTo,
  asked,
  begin,
  newcomer,
  QUESTIONS,
  says,
  storedAnswers,
  TRIALS,
  type Trial,
} from "./trial.ts";

/*
 * What engines with durable state get wrong: each trial is made many times, and looks at the answers
 * that stand in the store in the end.
 */

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

const times = Array.from({ length: TRIALS }, (_, index) => index);

/** Makes a trial many times at once, each by another person, with one assistant. */
async function many(make: (trial: Trial) => Promise<readonly [address: string, answers: unknown]>) {
  const house = await openTestHouse(database);
  const trial = begin(house);
  const made = await Promise.all(times.map(() => make(trial)));
  await trial.assistant.stop();
  for (const [address, answers] of made) {
    expect(await storedAnswers(house, address)).toEqual(answers);
    // Nothing was answered that nobody wrote.
    expect(trial.chat.untaken(address)).toBe(0);
  }
}

describe("a message that comes twice", () => {
  const deliveries: Record<string, (trial: Trial, message: Arrival) => Promise<unknown>> = {
    "in one delivery": ({ assistant: { inbox } }, message) => inbox.receive([message, message]),
    "in two deliveries at once": ({ assistant: { inbox } }, message) =>
      Promise.all([inbox.receive([message]), inbox.receive([message])]),
  };

  test.each(Object.entries(deliveries))("%s, answers one question", async (_, deliver) => {
    await many(async (trial) => {
      const address = await newcomer(trial);
      for (const question of QUESTIONS.slice(0, 3)) {
        await deliver(trial, says(address, answerTo(question)));
        await trial.chat.next(address);
      }
      return [address, answersTo(QUESTIONS.slice(0, 3))];
    });
  });

  test("again after its answer, and after later ones, answers one question", async () => {
    await many(async (trial) => {
      const { inbox } = trial.assistant;
      const address = await newcomer(trial);
      const before: Arrival[] = [];
      for (const question of QUESTIONS.slice(0, 3)) {
        const message = says(address, answerTo(question));
        await inbox.receive([message]);
        await trial.chat.next(address);
        before.push(message);
        await inbox.receive(before);
      }
      return [address, answersTo(QUESTIONS.slice(0, 3))];
    });
  });
});

describe("a process that dies", () => {
  const deaths: readonly Death[] = ["stored, not answered", "answered, not sent", "sent, not recorded"];
  const cases = deaths.flatMap((death) => [
    { death, redelivered: false },
    { death, redelivered: true },
  ]);

  test.each(cases)("with messages $death, delivered again: $redelivered", async ({ death, redelivered }) => {
    const house = await openTestHouse(database);
    const healthy = begin(house);
    const people = await Promise.all(times.map(() => newcomer(healthy)));
    await healthy.assistant.stop();

    const doomed = mortal(house, death);
    const messages = people.map((address) => says(address, answerTo("title")));
    const last = begin(doomed.house);
    await last.assistant.inbox.receive(messages);
    await doomed.died;

    // What the next process does when it finds itself alone.
    await endLeases(database.pool);
    const next = begin(house);
    if (redelivered) await next.assistant.inbox.receive(messages);
    await Promise.all(
      people.map(async (address) => {
        expect(asked(next, await next.chat.next(address), QUESTIONS)).toBe("need");
        await next.assistant.inbox.receive([says(address, answerTo("need"))]);
        expect(asked(next, await next.chat.next(address), QUESTIONS)).toBe("involved");
      }),
    );
    await next.assistant.stop();
    await last.assistant.jobs.stop();
    for (const address of people) {
      expect(await storedAnswers(house, address)).toEqual(answersTo(["title", "need"]));
      expect(next.chat.untaken(address)).toBe(0);
    }
  });
});

describe("a deploy that inserts a question while drafts are open", () => {
  const places = {
    "before all others": ["solution", ...QUESTIONS],
    "in the place of the pending one": ["title", "solution", "need", "involved", "place"],
    "after the pending one": ["title", "need", "solution", "involved", "place"],
  };
  const cases = Object.entries(places).flatMap(([place, questions]) => [
    { place, questions, waiting: false },
    { place, questions, waiting: true },
  ]);

  test.each(cases)("$place, with the answer under way: $waiting", async ({ questions, waiting }) => {
    const house = await openTestHouse(database);
    const before = begin(house);
    const people = await Promise.all(times.map(() => newcomer(before)));
    for (const address of people) {
      await before.assistant.inbox.receive([says(address, answerTo("title"))]);
      expect(asked(before, await before.chat.next(address), QUESTIONS)).toBe("need");
    }
    await before.assistant.stop();
    if (waiting) {
      for (const address of people) await house.stores.inbox.receive([says(address, answerTo("need"))]);
    }

    const after = begin(house, questions);
    await Promise.all(
      people.map(async (address) => {
        if (!waiting) await after.assistant.inbox.receive([says(address, answerTo("need"))]);
        const next = asked(after, await after.chat.next(address), questions);
        expect(next).toBe("solution");
        await answerAll(after, address, "solution", questions);
      }),
    );
    await after.assistant.stop();
    for (const address of people) {
      expect(await storedAnswers(house, address)).toEqual(answersTo(questions));
    }
  });
});

describe("two messages of one person together", () => {
  test("to one process, each answer its question", async () => {
    await many(async (trial) => {
      const { inbox } = trial.assistant;
      const address = await newcomer(trial);
      const pair = ["title", "need"].map((question) => says(address, answerTo(question)));
      await Promise.all(pair.map((message) => inbox.receive([message])));
      await trial.chat.next(address);
      expect(asked(trial, await trial.chat.next(address), QUESTIONS)).toBe("involved");
      return [address, answersTo(["title", "need"])];
    });
  });

  test("to two processes by turns, each answer its question", async () => {
    const house = await openTestHouse(database);
    await inTurns([house, house]);
  });

  test("to two processes at once, are both answers, once", async () => {
    const house = await openTestHouse(database);
    await atOnce([house, house]);
  });

  test("that come in one delivery in the wrong order, are answered in the platform's", async () => {
    await many(async (trial) => {
      const address = await newcomer(trial);
      const inOrder = QUESTIONS.slice(0, 3).map((question) => says(address, answerTo(question)));
      await trial.assistant.inbox.receive(inOrder.toReversed());
      for (const _ of inOrder) await trial.chat.next(address);
      return [address, answersTo(QUESTIONS.slice(0, 3))];
    });
  });

  test("that come one by one in the wrong order while nobody answers, are answered in the platform's", async () => {
    const house = await openTestHouse(database);
    const before = begin(house);
    const people = await Promise.all(times.map(() => newcomer(before)));
    await before.assistant.stop();
    for (const address of people) {
      const inOrder = QUESTIONS.map((question) => says(address, answerTo(question)));
      for (const message of inOrder.toReversed()) await house.stores.inbox.receive([message]);
    }
    const after = begin(house);
    for (const address of people) for (const _ of QUESTIONS) await after.chat.next(address);
    await after.assistant.stop();
    for (const address of people) {
      expect(await storedAnswers(house, address)).toEqual(answersTo(QUESTIONS));
    }
  });
});
