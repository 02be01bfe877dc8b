import type { BarChart } from "../../core/engine/message.ts";
import { widthOf } from "../lines.ts";
import { Canvas, INNER, lineHeight, MARGIN } from "./canvas.ts";

const MOST_BARS = 10;
/** Up to so many, labels may take two lines. */
const FEW_BARS = 6;
const LABEL = 38;
const BAR = 44;
const GAP = 24;

/** Draws bars one under another, each with its label above and its value in words after it. */
export function drawChart({ title, bars, note }: BarChart): string {
  const canvas = new Canvas();
  canvas.y = 36;
  canvas.write(title, { size: 54, bold: true, most: 3 });
  const drawn = bars.slice(0, MOST_BARS);
  const valueType = { size: LABEL, bold: true } as const;
  const words = drawn.map(({ shown, mark }) => (mark ? `${shown} – ${mark}` : shown));
  const widest = Math.ceil(Math.max(0, ...words.map((value) => widthOf(value, valueType))));
  const longest = Math.max(0, ...drawn.map(({ value }) => value));
  const room = Math.max(INNER * 0.3, INNER - widest - GAP);
  drawn.forEach(({ label, value, mark }, at) => {
    canvas.y += 26;
    canvas.write(label, { size: LABEL, most: drawn.length > FEW_BARS ? 1 : 2 });
    const top = canvas.y + 10;
    // Also nothing is a line, so that there is a place to look at.
    const length = Math.max(6, longest > 0 ? Math.floor((value / longest) * room) : 0);
    canvas.box(MARGIN, top, length, BAR, mark ? "accent" : "bar");
    const x = MARGIN + length + GAP;
    canvas.y = top + Math.round((BAR - lineHeight(LABEL)) / 2);
    canvas.write(words[at] ?? "", {
      ...valueType,
      paint: mark ? "accent" : "ink",
      most: 1,
      x,
      width: MARGIN + INNER - x,
    });
    canvas.y = top + BAR;
  });
  canvas.y += 40;
  canvas.write(note, { size: 34, paint: "soft", most: 4 });
  canvas.y += MARGIN;
  return canvas.toString();
}
