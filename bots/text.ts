/**
 * Cutting texts to what a platform carries. Lengths are UTF-16 code units, as the platforms and
 * JavaScript count them.
 */

/** Stands for what was left out, or for words that are missing. */
export const ELLIPSIS = "…";

const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/**
 * Cuts a text into parts that a platform carries, at the end of a paragraph, else of a line, of a
 * sentence, of a word, and only then anywhere between two characters.
 *
 * @param limit longest part
 * @param last longest last part, where it has to share its message with something else
 */
export function splitText(text: string, limit: number, last = limit): readonly string[] {
  const parts: string[] = [];
  let rest = text.trim();
  while (rest.length > last) {
    // Something always stays for the last part, which carries the buttons: best the question itself.
    const at = borderBefore(rest, Math.min(limit, rest.length - 1));
    const part = rest.slice(0, at).trimEnd();
    if (part !== "") parts.push(part);
    rest = rest.slice(at).trimStart();
  }
  if (rest !== "" || parts.length === 0) parts.push(rest);
  return parts;
}

/** Shortens a label to `limit`, between two words where that leaves enough of it. */
export function shorten(label: string, limit: number): string {
  const line = label.replace(/\s+/g, " ").trim();
  if (line === "") return ELLIPSIS;
  if (line.length <= limit) return line;
  const room = limit - ELLIPSIS.length;
  const space = line.lastIndexOf(" ", room);
  return line.slice(0, space >= room / 2 ? space : characterBorder(line, room)).trimEnd() + ELLIPSIS;
}

const BORDERS = [/\n\s*\n/g, /\n/g, /[.!?…؟۔](?=\s)/g, /\s/g];

/** Where to cut so that at most `room` code units come before. */
function borderBefore(text: string, room: number): number {
  const window = text.slice(0, room + 1);
  for (const border of BORDERS) {
    let best = 0;
    for (const {
      index,
      0: { length },
    } of window.matchAll(border))
      if (index + length <= room) best = index + length;
    // A border near the beginning would leave a stub: the next kind of border serves better.
    if (best >= room / 3) return best;
  }
  return characterBorder(text, room);
}

/** The last border between two characters as people see them, at `room` or before. */
function characterBorder(text: string, room: number): number {
  const near = text.slice(Math.max(0, room - 64), room + 64);
  const offset = Math.max(0, room - 64);
  const border = graphemes.segment(near).containing(room - offset)?.index ?? 0;
  if (border > 0) return offset + border;
  // One character larger than the window: better broken than never sent, but not inside a surrogate pair.
  return /[\udc00-\udfff]/.test(text.charAt(room)) && room > 1 ? room - 1 : room;
}
