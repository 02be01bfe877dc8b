import type { Edition } from "../edition/schema.ts";
import type { Localised } from "../engine/message.ts";
import { isSame } from "./alike.ts";
import { findMoney } from "./money.ts";
import { normal } from "./normal.ts";
import { fold } from "./numbers.ts";

/** What a free sentence says beside what is wanted. It is a guess: whoever wrote it confirms it. */
export interface Mentions {
  /** An amount of whole euros that is called so. */
  readonly euros?: number;
  /** Id of the one Comune that is named, or that the named hamlet belongs to. */
  readonly comune?: string;
  /** The hamlet, as the edition writes it. */
  readonly place?: string;
}

/** Amounts stand beside one of these: other numbers are ages, dates and telephones. */
const called = /€|\beur|\p{L}mila\b|\bmila\b|\d\s*k\b|\bthousand\b/u;

/** Finds the amount and the place in "vorrei proporre il wifi a Gropparello, 4000 euro". */
export function readMentions(text: string, { comuni }: Pick<Edition, "comuni">): Mentions {
  const money = called.test(fold(text)) ? findMoney(text) : undefined;
  const words = normal(text).split(" ");
  const named = comuni.flatMap((comune) => findComune(comune, comuni, words));
  const [first, ...others] = named;
  const where = first && others.every(({ comune }) => comune === first.comune) ? first : undefined;
  return { ...(money?.ok && { euros: money.euros }), ...where };
}

type Comune = Edition["comuni"][number];

function findComune(
  { id, name, places = [] }: Comune,
  all: readonly Comune[],
  words: readonly string[],
): readonly Pick<Mentions, "comune" | "place">[] {
  const place = places.find((one) => says(words, normal(one).split(" ")));
  if (place !== undefined) return [{ comune: id, place }];
  const named = writings(name).some((own) => {
    const others = all.filter((one) => one.id !== id).flatMap((one) => writings(one.name));
    return shortenings(own, others).some((short) => says(words, short));
  });
  return named ? [{ comune: id }] : [];
}

const writings = (name: Localised): readonly (readonly string[])[] =>
  (typeof name === "string" ? [name] : Object.values(name)).map((one) => normal(one).split(" "));

/** Shorter beginnings, such as `san`, are not a name. */
const SHORTEST_NAME = 5;

/** A name and its beginnings that no other Comune has: people say Carpaneto for Carpaneto Piacentino. */
function shortenings(name: readonly string[], others: readonly (readonly string[])[]): readonly string[][] {
  return name
    .map((_, last) => name.slice(0, last + 1))
    .filter((short) => short.join("").length >= SHORTEST_NAME)
    .filter((short) => !others.some((other) => short.every((word, at) => word === other[at])));
}

/** Whether the words of a name follow one another in a sentence. */
const says = (words: readonly string[], name: readonly string[]): boolean =>
  words.some((_, from) => name.every((word, at) => isSame(word, words[from + at] ?? "")));
