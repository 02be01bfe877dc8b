import { fold, readNumberWord } from "./numbers.ts";
import { wordSet } from "./word-set.ts";

/**
 * The idea in a free sentence that proposes something, as a title would say it: "vorrei proporre il wifi a
 * Gropparello, 4000 euro" → "Wifi a Gropparello". None where it asks, where it proposes nothing in
 * particular ("vorrei fare una proposta"), and where what it proposes cannot be told apart.
 */
export function readIdea(text: string): string | undefined {
  for (const sentence of text.split(/[!\n;]+|\.(?!\d)|(?<=\?)/)) {
    if (sentence.includes("?")) continue;
    const idea = ideaIn(sentence);
    if (idea !== undefined) return idea;
  }
  return undefined;
}

/** Verbs that are followed by what is proposed. */
const proposing = wordSet(
  "proporre propongo proporrei proponiamo proporvi suggerire suggerisco suggerirei suggeriamo",
  "propose proposing suggest suggesting",
);
/** Nouns that are, after a colon or "is". */
const announcing = wordSet("proposta idea progetto proposal project suggestion");
const being = wordSet("e e' sarebbe is would be di che");
/** Who speaks of themselves, or of how it is done, names no thing. */
const speaking = wordSet(
  "vorrei voglio vogliamo posso possiamo potrei ho abbiamo sono siamo pensavo penso si puo come quanto quanti cosa",
  "quale dove chi se serve bisogna devo i want can could have am we how what where who if should my ho non",
);
/** The verb stands so near to the beginning: later it is somebody else's. */
const REACH = 12;

function ideaIn(sentence: string): string | undefined {
  const words = sentence.split(/\s+/).filter((word) => word !== "");
  const start = words.slice(0, REACH).findIndex((_, at) => begins(words, at));
  const rest = withoutCost(words.slice(start + 1));
  // Who only names a thing and what it costs proposes it too.
  const isNamed = isPriced(words.slice(rest.length)) && !words.some((word) => speaking.has(plain(word)));
  if (start === -1 ? !isNamed : isAsked(words, start)) return undefined;
  const said = withoutLead(rest);
  const idea = said.join(" ").replace(/[\s,:;.-]+$/u, "");
  return said.some(means) ? capital(idea) : undefined;
}

const isPriced = (words: readonly string[]): boolean =>
  words.some((word) => bare(word).includes("€") || /(?:eur[oi]?s?|mila|k)$/.test(bare(word)));

/** "se io propongo", "si può proporre", "can I propose": whoever asks has proposed nothing yet. */
const isAsked = (words: readonly string[], start: number): boolean =>
  words.slice(Math.max(0, start - 2), start).some((word) => asking.has(plain(word)));
const asking = wordSet("posso possiamo potrei potremmo puo puoi se come can may could if how");

/** Whether what comes after a word is what is proposed. */
function begins(words: readonly string[], at: number): boolean {
  const word = words[at] ?? "";
  if (proposing.has(plain(word))) return true;
  const next = fold(words[at + 1] ?? "");
  if (word.endsWith(":")) return words.slice(0, at + 1).some(isAnnouncing);
  return isAnnouncing(word) && (next === ":" || isBeing(words, at));
}

/** Also with an article before it: "un'idea". */
const isAnnouncing = (word: string): boolean => announcing.has(plain(fold(word).replace(/^un'/, "")));

/** "la mia idea è", "my idea is": a noun alone is followed by anything. */
const isBeing = (words: readonly string[], at: number): boolean =>
  ["e", "e'", "sarebbe", "is"].includes(fold(words[at + 1] ?? "")) && owners.has(plain(words[at - 1] ?? ""));
const owners = wordSet("mia nostra mio nostro l my our the la");

const articles = wordSet(
  "il lo la l i gli le un uno una del dei degli delle the a an some questo questa this : - –",
);

/** What is proposed without the words that only lead to it: "che sia il", "di", an article. */
function withoutLead(words: readonly string[]): readonly string[] {
  let from = 0;
  while (from < words.length && (being.has(fold(words[from] ?? "")) || plain(words[from] ?? "") === ""))
    from++;
  const first = words[from] ?? "";
  if (articles.has(plain(first)) && words.length > from + 1) return words.slice(from + 1);
  // An article with an apostrophe stands in the same word: "un'app", "l'orto".
  const elided = /^(?:un|l|dell)['’](.+)$/iu.exec(first)?.[1];
  return elided ? [elided, ...words.slice(from + 1)] : words.slice(from);
}

const currencies = wordSet("euro euri eur euros € mila k");
/** Words that only tie a cost to what comes before it. */
const tying = wordSet(
  "da per con di a al costo costa costerebbe costi spesa budget circa un una e su intorno massimo",
  "prezzo totale ci vogliono servono bastano sui for about around cost costing costs it at of some",
  "need needs would",
);

/** The words without a cost that ends them. */
function withoutCost(words: readonly string[]): readonly string[] {
  let end = words.length;
  while (end > 0 && isPartOfCost(words[end - 1] ?? "")) end--;
  if (end === words.length || !words.slice(end).some(isNumber)) return words;
  while (end > 0 && tying.has(plain(words[end - 1] ?? ""))) end--;
  return words.slice(0, end);
}

const FIGURES = /^(?:€|eur)?\d[\d.,]*(?:€|euro|euri|eur|mila|k)?$/;
const isNumber = (word: string): boolean =>
  FIGURES.test(bare(word)) || (readNumberWord(plain(word)) !== undefined && !articles.has(plain(word)));
const isPartOfCost = (word: string): boolean =>
  isNumber(word) || currencies.has(bare(word)) || plain(word) === "circa";

/** Words that name no idea: who proposes "un progetto" has said nothing of it yet. */
const empty = wordSet(
  "progetto progetti proposta proposte idea idee qualcosa cosa iniziativa modulo project proposal",
  "something ideas initiative form fare mia mio nostra nostro una per paese comune anche io",
  "qualcuno",
);
const means = (word: string): boolean => plain(word).length > 2 && !empty.has(plain(word)) && !isNumber(word);

/** A word as it is compared: nothing but its letters and figures. */
const plain = (word: string): string => fold(word).replace(/[^\p{L}\p{N}]/gu, "");
/** The same with what belongs to an amount. */
const bare = (word: string): string =>
  fold(word)
    .replace(/[^\p{L}\p{N}€.,]/gu, "")
    .replace(/[.,]+$/, "");

const capital = (text: string): string => {
  const [first = "", ...rest] = text;
  return first.toUpperCase() + rest.join("");
};
