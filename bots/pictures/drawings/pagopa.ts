import { encode } from "uqr";
import { INNER, MARGIN, WIDTH } from "../canvas.ts";
import { Sketch, type Word } from "./sketch.ts";

const CODE = 250;
/** Nobody's numbers, as long as the real ones: of the notice, and of who is paid. */
const NUMBER = "0000 0000 0000 0000 00";
const PAYEE = "00000000000";

/** A notice on paper: who is paid, the amount, and the three ways that lead to it. */
export function drawNotice(word: Word<"pagopa-notice">): string {
  const sketch = new Sketch(word("title"));
  const top = sketch.y;
  const x = MARGIN + 40;
  const right = WIDTH - MARGIN - 40;
  sketch.frame(MARGIN, top, INNER, 760, 12);
  sketch.box(MARGIN, top, INNER, 100, "accent", 12);
  sketch.centred(
    word("heading"),
    { x, y: top, width: right - x, height: 100 },
    { bold: true, paint: "paper" },
  );

  sketch.badge(1, x + 36, top + 170);
  sketch.scribble(x + 100, top + 142, 280, 220);
  sketch.badge(2, x + 516, top + 170);
  const amount = { x: x + 576, y: top + 130, width: right - x - 576, height: 80 };
  sketch.centred("00,00 €", amount, { size: 60, bold: true, from: "left" });
  sketch.scribble(x, top + 260, 872, 760);
  // Where the notice is cut: below is what the counter keeps.
  const dashes = Array.from({ length: 24 }, (_, at) => `M${x + at * 37} ${top + 370}h18`);
  sketch.line(dashes.join(""), "soft", 6);

  const { data } = encode("pagoPA", { ecc: "L", border: 0 });
  sketch.grid(x + 20, top + 450, CODE, data);
  sketch.badge(3, x + 20 + CODE, top + 450);
  const besides = x + 20 + CODE + 90;
  const digits = (number: number, shown: string, y: number) => {
    sketch.badge(number, besides, y);
    const x = besides + 60;
    const room = { x, y: y - 60, width: right - x, height: 120 };
    sketch.centred(shown, room, { size: 42, bold: true, from: "left" });
  };
  digits(4, NUMBER, top + 520);
  digits(5, PAYEE, top + 650);
  sketch.y = top + 760;
  sketch.legend([word("payee"), word("amount"), word("scan"), word("number"), word("code")]);
  return sketch.finished();
}
