import { MARGIN, WIDTH } from "../canvas.ts";
import { Sketch, WORDS, type Word } from "./sketch.ts";

const PHONE = 860;

/** A phone with messages of public bodies, of which one was not read yet. */
export function drawAppIo(word: Word<"appio-messages">): string {
  const sketch = new Sketch(word("title"));
  const top = sketch.y;
  const left = MARGIN + 46;
  sketch.frame(left, top, PHONE, 800, 56);
  sketch.centred(
    word("screen"),
    { x: left, y: top + 20, width: PHONE, height: 110 },
    { bold: true, size: 56 },
  );
  const isFromRight = sketch.side === "right";
  const across = (x: number) => (isFromRight ? WIDTH - x : x);
  [word("school"), word("card"), undefined].forEach((subject, at) => {
    const y = top + 140 + at * 210;
    sketch.line(`M${left + 6} ${y}h${PHONE - 12}`, "bar", 4);
    drawTownHall(sketch, across(left + 100), y + 105);
    const from = left + 190;
    const width = PHONE - 300;
    const start = (long: number) => (isFromRight ? WIDTH - from - long : from);
    sketch.scribble(start(260), y + 46, 260);
    if (subject === undefined) {
      sketch.scribble(start(440), y + 96, 440);
    } else {
      const x = isFromRight ? WIDTH - from - width : from;
      sketch.y = y + 80;
      sketch.write(subject, { size: WORDS, bold: at === 0, x, width, from: sketch.side, most: 1 });
    }
    const chevron = across(left + PHONE - 50);
    const tip = isFromRight ? -18 : 18;
    sketch.line(`M${chevron - tip} ${y + 92}l${tip} 25l${-tip} 25`, "soft", 9);
  });
  sketch.badge(1, across(left), top + 245);
  sketch.disc(across(left + PHONE - 76), top + 195, 20, "accent");
  sketch.badge(2, across(left + PHONE), top + 195);
  sketch.badge(3, across(left + PHONE), top + 455);
  sketch.y = top + 800;
  sketch.legend([word("who"), word("unread"), word("open")]);
  return sketch.finished();
}

/** A house with columns, in a disc. */
function drawTownHall(sketch: Sketch, x: number, y: number): void {
  sketch.disc(x, y, 62, "accent");
  sketch.line(
    `M${x - 36} ${y - 10}L${x} ${y - 34}L${x + 36} ${y - 10}zM${x - 24} ${y + 4}v24M${x} ${y + 4}v24M${x + 24} ${y + 4}v24M${x - 36} ${y + 34}h72`,
    "paper",
    7,
  );
}
