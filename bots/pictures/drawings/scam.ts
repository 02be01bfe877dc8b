import { INNER, MARGIN, WIDTH } from "../canvas.ts";
import { Sketch, type Word } from "./sketch.ts";

/** A message in which each line is a sign. */
export function drawScam(word: Word<"scam-message">): string {
  const sketch = new Sketch(word("title"));
  const top = sketch.y;
  const height = 150;
  sketch.frame(MARGIN, top, INNER, 4 * height + 20, 44);
  const isFromRight = sketch.side === "right";
  const edge = isFromRight ? WIDTH - MARGIN - 70 : MARGIN + 70;
  const x = isFromRight ? MARGIN + 40 : MARGIN + 140;
  [word("sender"), word("hurry"), word("link"), word("ask")].forEach((words, at) => {
    const y = top + 10 + at * height;
    if (at === 1) sketch.line(`M${MARGIN + 6} ${y}h${INNER - 12}`, "ink", 6);
    const room = { x, y, width: INNER - 180, height };
    const paint = at === 2 ? "accent" : "ink";
    sketch.centred(words, room, { bold: at !== 2, paint, from: sketch.side });
    sketch.badge(at + 1, edge, y + height / 2);
  });
  sketch.y = top + 4 * height + 20;
  sketch.legend([word("unknown"), word("haste"), word("address"), word("secret")]);
  return sketch.finished();
}

const PHONE = 720;

/** A phone that rings: who is said to call, what they ask, the way out. */
export function drawCall(word: Word<"scam-call">): string {
  const sketch = new Sketch(word("title"));
  const top = sketch.y;
  const left = Math.round((WIDTH - PHONE) / 2);
  const room = { x: left + 50, width: PHONE - 100 } as const;
  sketch.frame(left, top, PHONE, 830, 64);
  sketch.disc(WIDTH / 2, top + 130, 76, "bar");
  sketch.centred("?", { ...room, y: top + 54, height: 152 }, { bold: true, paint: "paper", size: 100 });
  sketch.centred(word("caller"), { ...room, y: top + 220, height: 90 }, { bold: true, size: 60 });
  sketch.badge(1, left, top + 265);

  sketch.box(room.x, top + 350, room.width, 250, "accent", 36);
  sketch.centred(
    word("says"),
    { x: room.x + 40, width: room.width - 80, y: top + 350, height: 250 },
    { paint: "paper", bold: true },
  );
  sketch.badge(2, left, top + 475);

  sketch.disc(WIDTH / 2, top + 715, 76, "ink");
  sketch.line(`M${WIDTH / 2 - 30} ${top + 685}l60 60m0 -60l-60 60`, "paper", 16);
  sketch.badge(3, left, top + 715);
  sketch.y = top + 830;
  sketch.legend([word("pretends"), word("secret"), word("hangup")]);
  return sketch.finished();
}
