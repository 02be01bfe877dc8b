import { INNER, MARGIN } from "../canvas.ts";
import { Sketch, type Word } from "./sketch.ts";

/** The page of a site: its address, the button, those who give SPID. */
export function drawButton(word: Word<"spid-button">): string {
  const sketch = new Sketch(word("title"));
  const top = sketch.y;
  const x = MARGIN + 60;
  const width = INNER - 120;
  sketch.frame(MARGIN, top, INNER, 640, 28);
  sketch.line(`M${MARGIN + 3} ${top + 110}h${INNER - 6}`, "ink", 6);
  sketch.centred(word("site"), { x, y: top, width, height: 110 }, { size: 44 });
  sketch.box(x, top + 170, width, 130, "accent", 24);
  sketch.disc(x + 80, top + 218, 22, "paper");
  sketch.line(`M${x + 42} ${top + 276}a38 30 0 0 1 76 0`, "paper", 12);
  sketch.centred(
    word("button"),
    { x: x + 140, y: top + 170, width: width - 200, height: 130 },
    { bold: true, paint: "paper", size: 46 },
  );
  sketch.badge(1, x + width, top + 170);
  for (const at of [0, 1, 2]) {
    const y = top + 350 + at * 88;
    sketch.disc(x + 30, y + 30, 28, "bar");
    sketch.scribble(x + 90, y + 21, [420, 520, 360][at] ?? 0);
  }
  sketch.badge(2, x + width, top + 470);
  sketch.y = top + 640;
  sketch.legend([word("press"), word("choose")]);
  return sketch.finished();
}

const STEP = 120;

/** Steps that go up: each asks for what the one before asks, and for one thing more. */
export function drawLevels(word: Word<"spid-levels">): string {
  const sketch = new Sketch(word("title"));
  const width = Math.floor(INNER / 3);
  const foot = sketch.y + 90 + 3 * STEP;
  for (const level of [1, 2, 3]) {
    const x = MARGIN + (level - 1) * width;
    const top = foot - level * STEP;
    sketch.box(x, top, width - 8, level * STEP, level === 3 ? "accent" : level === 2 ? "soft" : "bar", 10);
    for (let key = 0; key < level; key += 1)
      drawKey(sketch, x + width / 2 - 4 + (key - level / 2) * 92 + 8, top - 48);
    sketch.badge(level, x + width / 2, top + STEP / 2);
  }
  sketch.y = foot + 8;
  sketch.legend([
    [word("level1"), word("needs1")],
    [word("level2"), word("needs2")],
    [word("level3"), word("needs3")],
  ]);
  return sketch.finished();
}

function drawKey(sketch: Sketch, x: number, y: number): void {
  sketch.line(
    `M${x + 14} ${y}m-14 0a14 14 0 1 0 28 0a14 14 0 1 0 -28 0M${x + 28} ${y}h44v18m-18 -18v12`,
    "ink",
    9,
  );
}
