import { INNER, MARGIN, WIDTH } from "../canvas.ts";
import { Sketch, type Word } from "./sketch.ts";

const SHEET = 452;
const CELL = 76;

/** The card, and the two sheets that have four digits each of its eight. */
export function drawCie(word: Word<"cie-codes">): string {
  const sketch = new Sketch(word("title"));
  drawCard(sketch, word("card"));
  const top = sketch.y + 48;
  drawSheet(sketch, MARGIN, top, word("receipt"), word("first"));
  drawSheet(sketch, WIDTH - MARGIN - SHEET, top, word("letter"), word("second"));
  const foot = top + 400;
  const middle = WIDTH / 2;
  // Down from either sheet to its half of the row.
  sketch.line(`M${middle - 250} ${foot + 12}l90 66m-34 -2l34 2l-8 -32`, "accent", 9);
  sketch.line(`M${middle + 250} ${foot + 12}l-90 66m34 -2l-34 2l8 -32`, "accent", 9);
  drawCells(sketch, middle - 4 * CELL, foot + 96, 8);
  sketch.y = foot + 96 + CELL + 16;
  sketch.write(word("whole"), { size: 52, from: sketch.side, most: 6 });
  return sketch.finished();
}

function drawCard(sketch: Sketch, words: string): void {
  const top = sketch.y;
  sketch.frame(MARGIN + 136, top, INNER - 272, 330, 36);
  const x = MARGIN + 186;
  // A face, without a face.
  sketch.box(x, top + 110, 150, 180, "bar", 12);
  sketch.disc(x + 75, top + 175, 34, "paper");
  sketch.line(`M${x + 32} ${top + 284}a43 46 0 0 1 86 0`, "paper", 14);
  sketch.centred(words, { x, y: top + 10, width: INNER - 372, height: 96 }, { bold: true, size: 46 });
  sketch.scribble(x + 190, top + 130, 320, 240, 290);
  // The waves of what is read when the phone is held near.
  const [at, middle] = [WIDTH - MARGIN - 250, top + 262];
  sketch.line(
    `M${at} ${middle - 12}q14 12 0 24M${at + 24} ${middle - 26}q28 26 0 52M${at + 48} ${middle - 40}q42 40 0 80`,
    "accent",
    9,
  );
  sketch.y = top + 330;
}

function drawSheet(sketch: Sketch, x: number, top: number, words: string, half: string): void {
  sketch.frame(x, top, SHEET, 400, 12);
  const room = { x: x + 24, width: SHEET - 48 };
  sketch.centred(words, { ...room, y: top + 20, height: 150 }, { size: 48 });
  drawCells(sketch, x + SHEET / 2 - 2 * CELL, top + 190, 4);
  sketch.centred(half, { ...room, y: top + 280, height: 100 }, { bold: true, size: 48 });
}

/** Places for digits, each with a dot for one that nobody is to see. */
function drawCells(sketch: Sketch, x: number, y: number, count: number): void {
  for (let at = 0; at < count; at += 1) {
    sketch.frame(x + at * CELL + 3, y, CELL - 6, CELL, 8);
    sketch.disc(x + at * CELL + CELL / 2, y + CELL / 2, 14, "ink");
  }
}
