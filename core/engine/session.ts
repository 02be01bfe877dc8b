import { z } from "zod";

/**
 * One conversation about one thing: a flow that was begun and what has been answered so far.
 * It stores names, never positions, so that questions may be added, removed or moved meanwhile.
 */
const frame = z.object({
  /** Unique within the session: tells two drafts of the same flow apart. */
  id: z.string(),
  flow: z.string(),
  /** The question that the person is looking at: a step's name, `review` or `edit`. */
  asking: z.string(),
  /** Changes with every question asked: a button drawn for an earlier one is recognised by it. */
  question: z.number().int(),
  answers: z.record(z.string(), z.unknown()),
  /** What a step keeps for itself between two messages, such as the digest of a code that was sent. */
  memo: z.record(z.string(), z.unknown()),
  /** What the sentence that opened it says in answer to steps: never taken without asking. */
  suggested: z.record(z.string(), z.unknown()).optional().catch(undefined),
  /** When the person last did something here (real time, ISO). */
  touchedAt: z.string(),
});
export type Frame = z.infer<typeof frame>;

const screen = z.array(z.object({ data: z.string(), label: z.string() }));

const ahead = z.object({
  said: z.string(),
  left: z.string(),
  choices: screen,
  link: z.object({ url: z.string(), label: z.string() }).optional(),
});

/** All that is remembered of a person's conversation between two messages. */
export const session = z.object({
  language: z.string(),
  /** Whether the person has been told who is speaking and where the privacy notice stands. */
  welcomed: z.boolean(),
  /** What is going on, the innermost last: a digression lies on top of what it interrupted. */
  active: z.array(frame),
  /** Drafts put aside, the latest last. */
  parked: z.array(frame),
  /** What can be pressed now, so that its number or its title may be typed instead. */
  screen,
  /** Source of the numbers of frames and questions. */
  counter: z.number().int(),
  /** Messages in a row that were not understood. */
  misses: z.number().int(),
  /** Words of a voice note, until the person says whether they are right. */
  heard: z
    .object({
      /** Tells the words of two notes apart. */
      id: z.string(),
      text: z.string(),
      /** What was on the screen, and ahead, when they were said. */
      screen,
      ahead: ahead.optional(),
    })
    .optional()
    .catch(undefined),
  /** The day of the last message, `YYYY-MM-DD` in UTC. */
  seenOn: z.iso.date().optional(),
  /** A free sentence that waits for what it opens to be chosen: it goes with the next message. */
  sentence: z.string().optional().catch(undefined),
  /** How the person likes to be spoken to; absent: as everybody is. */
  profile: z.object({ simple: z.boolean(), numbers: z.boolean() }).optional().catch(undefined),
  /**
   * What was said last to who gets one portion at a time, what comes after it, and what can be pressed then:
   * dropped when the person does something else.
   */
  ahead: ahead.optional().catch(undefined),
  /** Who is accompanied, and in what; what the store has of it counts. */
  accompanied: z
    .object({
      /** Of the accompaniment. */
      id: z.string(),
      /** The facilitator's name. */
      by: z.string(),
      /** The name of a flow. */
      task: z.string(),
    })
    .optional()
    .catch(undefined),
  /** Somebody is being helped on a facilitator's phone, who is a guest here until it is over. */
  assisted: z
    .object({
      /** Real time, ISO. */
      until: z.string(),
      /** The facilitator's. */
      language: z.string(),
      /** Names of the flows that were gone through to their end. */
      done: z.array(z.string()),
      /** Whether it was said that little time is left. */
      warned: z.boolean().optional(),
    })
    .optional(),
  /** This chat was a guest's until the clock ended that: the next words may still be theirs. */
  givenBack: z.boolean().optional(),
  /** Nobody has written for so long that it may be somebody else now: proofs asked for in vain. */
  asleep: z.number().int().optional(),
  /** How fast the person writes, and whether always the same. */
  pace: z
    .object({ since: z.string(), count: z.number().int(), last: z.string(), alike: z.number().int() })
    .optional(),
});
export type Session = z.infer<typeof session>;

/** The session of somebody who writes for the first time. */
export const newSession = (language: string): Session => ({
  language,
  welcomed: false,
  active: [],
  parked: [],
  screen: [],
  counter: 0,
  misses: 0,
});
