/** Names of the months as they begin in Italian and in English, in order. */
const beginnings = [
  ["gen", "jan"],
  ["feb"],
  ["mar"],
  ["apr"],
  ["mag", "may"],
  ["giu", "jun"],
  ["lug", "jul"],
  ["ago", "aug"],
  ["set", "sep"],
  ["ott", "oct"],
  ["nov"],
  ["dic", "dec"],
] as const;

const names = new Set(
  [
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "january february march april may june july august september october november december",
    "gen feb mar apr mag giu lug ago set sett ott nov dic jan jun jul aug sep sept oct dec",
    // As they are often misspelt.
    "genaio febraio genn febb setembre otobre novenbre dicenbre",
  ].flatMap((line) => line.split(" ")),
);

/** The month, 1 to 12, that a word in lower case names whole or shortened. */
export function readMonth(word: string | undefined): number | undefined {
  if (word === undefined || !names.has(word)) return undefined;
  const index = beginnings.findIndex((starts) => starts.some((start) => word.startsWith(start)));
  // "otobre" begins as no month does.
  return index === -1 ? 10 : index + 1;
}
