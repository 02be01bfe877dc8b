import { normal } from "./normal.ts";

/**
 * How alike two texts are by the words that matter, from 0 to 1: the cosine of their rare words'
 * weights. Words are cut to their first letters, which is where Italian words keep their meaning
 * ("biblioteca", "biblioteche", "bibliotecaria").
 */
export function mostSimilar<T>(
  text: string,
  others: readonly { readonly item: T; readonly text: string }[],
  least: number,
  most: number,
): readonly T[] {
  const documents = others.map(({ item, text: other }) => ({ item, roots: roots(other) }));
  const own = roots(text);
  const everywhere = new Map<string, number>();
  for (const { roots: found } of [...documents, { roots: own }])
    for (const root of found) everywhere.set(root, (everywhere.get(root) ?? 0) + 1);
  const weight = (root: string) => 1 + Math.log((documents.length + 1) / (everywhere.get(root) ?? 1));
  const length = (found: ReadonlySet<string>) =>
    Math.sqrt([...found].reduce((sum, root) => sum + weight(root) ** 2, 0));
  return documents
    .map(({ item, roots: found }) => {
      const shared = [...own].filter((root) => found.has(root));
      const product = shared.reduce((sum, root) => sum + weight(root) ** 2, 0);
      return { item, score: product / (length(own) * length(found) || 1) };
    })
    .filter(({ score }) => score >= least)
    .sort((a, b) => b.score - a.score)
    .slice(0, most)
    .map(({ item }) => item);
}

const roots = (text: string): Set<string> =>
  new Set(
    normal(text)
      .split(" ")
      .filter((word) => word.length > 3)
      .map((word) => word.slice(0, 6)),
  );
