import { randomUUID } from "node:crypto";
import { type Assistant, createAssistant, type House } from "../../assistant.ts";
import type { Channel } from "../../bots/channel.ts";
import type { Context } from "../../core/context.ts";
import { text } from "../../core/engine/field.ts";
import { type Flow, flow } from "../../core/engine/flow.ts";
import type { Message } from "../../core/engine/message.ts";
import type { Arrival } from "../../core/ports.ts";
import { repertoire } from "../../core/repertoire.ts";
import { createRecorder, type Recorder } from "../support/recorder.ts";
import { arrival, pendingOf } from "../support/stores.ts";

/** How often each trial is made: where others fail they failed in 15 of 15. */
export const TRIALS = 20;

/** Questions that need nothing but words. */
export const QUESTIONS = ["title", "need", "involved", "place"] as const;

/** A version of the flow: these questions, in this order. */
function version(names: readonly string[]): Flow<Context> {
  const none = flow<Context>("proposal").finish(() => ({ say: { literal: "Fatto" } }), { draft: true });
  return { ...none, steps: names.map((name) => ({ name, field: text({ min: 1, max: 200 }) })) };
}

/** An assistant that asks these questions, and a chat in which one can listen. */
export interface Trial {
  readonly assistant: Assistant;
  readonly chat: Recorder;
  readonly house: House;
}

export function begin(house: House, questions: readonly string[] = QUESTIONS, channel?: Channel): Trial {
  const chat = createRecorder("chat");
  const subjects = { ...repertoire, flows: [version(questions)] };
  const assistant = createAssistant(house, () => [channel ?? chat], subjects);
  // Without jobs: nothing here waits for its time.
  assistant.worker.start();
  assistant.dispatcher.start();
  return { assistant, chat, house };
}

/** A message of somebody's, as often delivered as it is given to an inbox. */
export const says = (address: string, words: string): Arrival => arrival(address, words, { channel: "chat" });

/** Somebody who has just been asked the first question. */
export async function newcomer({ assistant, chat }: Pick<Trial, "assistant" | "chat">): Promise<string> {
  const address = randomUUID();
  await assistant.inbox.receive([says(address, "proposta")]);
  await chat.next(address);
  return address;
}

/** What somebody answers who knows what they are asked. */
export const answerTo = (question: string): string => `risposta per ${question}`;
export const answersTo = (questions: readonly string[]) =>
  Object.fromEntries(questions.map((question) => [question, answerTo(question)]));

/** Which of its questions a message asks; undefined where it asks none. */
export function asked({ house }: Trial, message: Message, questions: readonly string[]): string | undefined {
  return questions.find((name) =>
    message.text.endsWith(house.words.say("it", { key: `proposal.${name}.ask` })),
  );
}

/** Answers what is asked until nothing is asked any more. */
export async function answerAll(
  trial: Trial,
  address: string,
  first: string,
  questions: readonly string[],
): Promise<void> {
  const { assistant, chat } = trial;
  for (let question: string | undefined = first; question !== undefined; ) {
    await assistant.inbox.receive([says(address, answerTo(question))]);
    question = asked(trial, await chat.next(address), questions);
  }
}

/** The answers that stand in the store. Nobody may be answering meanwhile. */
export async function storedAnswers(
  { stores }: House,
  address: string,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  await stores.inbox.receive([says(address, "…")]);
  const { session } = await pendingOf(stores, address);
  return session?.active[0]?.answers;
}
