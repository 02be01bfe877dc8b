/** Finds the concepts that a sentence speaks of, by name. */
export type FindConcepts = (sentence: string) => readonly string[];

/** Words by the concept they stand for; one that ends in `*` is every word that begins so. */
export type Concepts = Readonly<Record<string, readonly string[]>>;

/** Shorter beginnings than this would be every other word's. */
const SHORTEST_BEGINNING = 2;

/**
 * @param tidy puts a word as it stands in the sentences that will be given
 */
export function makeConcepts(concepts: Concepts, tidy: (text: string) => string): FindConcepts {
  const words = new Map<string, string[]>();
  const beginnings = new Map<string, string[]>();
  const phrases: (readonly [phrase: string, concept: string])[] = [];
  for (const [concept, written] of Object.entries(concepts)) {
    for (const one of written) {
      const open = one.endsWith("*");
      const word = tidy(open ? one.slice(0, -1) : one);
      if (word.includes(" ")) phrases.push([` ${word}${open ? "" : " "}`, concept]);
      else put(open ? beginnings : words, word, concept);
    }
  }
  return (sentence) => {
    const found = new Set<string>();
    for (const word of sentence.split(" ")) {
      for (const concept of words.get(word) ?? []) found.add(concept);
      for (let length = SHORTEST_BEGINNING; length <= word.length; length++)
        for (const concept of beginnings.get(word.slice(0, length)) ?? []) found.add(concept);
    }
    const padded = ` ${sentence} `;
    for (const [phrase, concept] of phrases) if (padded.includes(phrase)) found.add(concept);
    return [...found].sort();
  };
}

function put(map: Map<string, string[]>, key: string, value: string): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}
