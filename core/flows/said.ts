import type { Context } from "../context.ts";
import { type Answers, tidy } from "../engine/field.ts";
import { findBirth } from "../understanding/birth-mention.ts";
import { readIdea } from "../understanding/idea.ts";
import { readMentions } from "../understanding/mentions.ts";
import { readTies } from "../understanding/ties.ts";

/* What a free sentence says in answer to the questions of the flow that it opens. */

/** Of a longer one the beginning is read: what somebody wants is said early, and the work is bounded. */
const READ = 1000;
/** Shorter than this it says no more than the title made of it. */
const SHORTEST_SOLUTION = 120;

/** The idea as a title, the whole as the beginning of what is to be done, the place and the cost. */
export function saidOfProposal(sentence: string, { edition, say }: Context): Answers {
  const whole = tidy(sentence);
  const read = whole.slice(0, READ);
  const { euros, comune, place } = readMentions(read, edition);
  const title = readIdea(read);
  const { name } = edition.comuni.find(({ id }) => id === comune) ?? {};
  const where = place ?? (name && say({ literal: name }));
  return {
    ...(title && { title }),
    ...(title && whole.length >= SHORTEST_SOLUTION && { solution: whole }),
    ...(title && where && { place: where }),
    ...(euros !== undefined && { cost: euros }),
  };
}

/** Age, home, and what ties the writer to the territory. */
export function saidOfSelf(sentence: string, { edition, today }: Context): Answers {
  const read = sentence.slice(0, READ);
  const birth = findBirth(read, today);
  return { ...(birth && { birth }), ...readTies(read, edition) };
}

/** As {@link saidOfSelf}, for a request that needs the whole day of birth. */
export function saidOfCityUser(sentence: string, { edition, today }: Context): Answers {
  const read = sentence.slice(0, READ);
  const birth = findBirth(read, today);
  return { ...(birth?.kind === "date" && { birth }), ...readTies(read, edition) };
}
