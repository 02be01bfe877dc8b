import { createRequire } from "node:module";
import type { Bidi } from "bidi-js";
import { hasLettersFromRight, ISOLATES } from "../fonts.ts";

const require = createRequire(import.meta.url);

/** A piece of a line without spaces in it, or spaces alone, whose letters all go one way. */
export interface Run {
  /** As a font shapes it: letters that are written from the right in the order they are read. */
  readonly text: string;
  /** Sorts the runs of a line from the left. */
  readonly place: number;
}

let loaded: Bidi | undefined;

/**
 * Takes a line apart, in the order in which it is read, and tells where each piece stands.
 *
 * @param line may hold isolates, which are gone afterwards
 * @see https://www.unicode.org/reports/tr9/
 */
export function runsOf(line: string, direction: "ltr" | "rtl"): readonly Run[] {
  loaded ??= makeBidi();
  const bidi = loaded;
  const found = bidi.getEmbeddingLevels(line, direction);
  const { levels } = found;
  const places: number[] = [];
  bidi.getReorderedIndices(line, found).forEach((index, place) => {
    places[index] = place;
  });
  const isSpace = (at: number) => line.charAt(at) === " ";
  const runs: Run[] = [];
  for (let from = 0; from < line.length; ) {
    let to = from + 1;
    while (to < line.length && levels[to] === levels[from] && isSpace(to) === isSpace(from)) to += 1;
    const place = Math.min(places[from] ?? 0, places[to - 1] ?? 0);
    const text = shaped(bidi, line.slice(from, to).replace(ISOLATES, ""), (levels[from] ?? 0) % 2 === 1);
    if (text !== "") runs.push({ text, place });
    from = to;
  }
  return runs;
}

/** A font turns Arabic letters round by itself, and what is around them with them; it mirrors nothing. */
function shaped(bidi: Bidi, text: string, isFromRight: boolean): string {
  if (!isFromRight) return text;
  const mirrored = [...text].map((letter) => bidi.getMirroredCharacter(letter) ?? letter);
  return (hasLettersFromRight(text) ? mirrored : mirrored.reverse()).join("");
}

function makeBidi(): Bidi {
  // Its types say that it is the module's default, and it is the module.
  const make: typeof import("bidi-js")["default"] = require("bidi-js");
  return make();
}
