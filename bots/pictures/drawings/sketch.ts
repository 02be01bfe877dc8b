import type { DRAWINGS, DrawingName } from "../../../core/engine/message.ts";
import { linesOf } from "../../lines.ts";
import { Canvas, INNER, lineHeight, MARGIN, type Side, sideOf, WIDTH } from "../canvas.ts";
import type { Paint } from "../paint.ts";

/** Gives a word of a drawing by its name. */
export type Word<N extends DrawingName> = (name: (typeof DRAWINGS)[N][number]) => string;

const TITLE = 64;
/** Letters as large as those of the chat, where a phone shows the picture as wide as its screen. */
export const WORDS = 52;
const BADGE = 36;
const GAP = 28;

interface Room {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface Letters {
  readonly size?: number;
  readonly bold?: boolean;
  readonly paint?: Paint;
}

/** A drawing with a title above it, and numbers on it that are explained below. */
export class Sketch extends Canvas {
  override readonly side: Side;

  constructor(title: string) {
    super();
    this.side = sideOf(title);
    this.y = 32;
    this.write(title, { size: TITLE, bold: true, paint: "accent", from: this.side, most: 4 });
    this.y += GAP;
  }

  /** A number in a disc: on a thing, and before what is said of it. */
  badge(number: number, x: number, y: number): void {
    this.disc(x, y, BADGE + 6, "paper");
    this.disc(x, y, BADGE, "ink");
    const { y: before } = this;
    this.y = Math.round(y - lineHeight(48) / 2);
    this.write(`${number}`, {
      size: 48,
      bold: true,
      paint: "paper",
      x: x - BADGE,
      width: 2 * BADGE,
      from: "middle",
    });
    this.y = before;
  }

  /** What the numbers stand for, one under another; a line of it may have smaller words below. */
  legend(lines: readonly (string | readonly [head: string, more: string])[]): void {
    const room = 2 * BADGE + GAP;
    const x = this.side === "right" ? MARGIN : MARGIN + room;
    const type = { x, width: INNER - room, size: WORDS, from: this.side, most: 4 } as const;
    for (const [at, line] of lines.entries()) {
      this.y += GAP;
      const middle = this.y + lineHeight(WORDS) / 2;
      this.badge(at + 1, this.side === "right" ? WIDTH - MARGIN - BADGE : MARGIN + BADGE, middle);
      const [head, more] = typeof line === "string" ? [line] : line;
      this.write(head, { ...type, bold: more !== undefined });
      if (more !== undefined) this.write(more, type);
      this.y = Math.max(this.y, middle + BADGE);
    }
  }

  /** An empty sheet, screen or card, with its edge. */
  frame(x: number, y: number, width: number, height: number, round: number): void {
    this.box(x, y, width, height, "ink", round);
    this.box(x + 6, y + 6, width - 12, height - 12, "paper", Math.max(0, round - 6));
  }

  /** Words that nobody needs to read, one line under another. */
  scribble(x: number, y: number, ...widths: readonly number[]): void {
    widths.forEach((width, at) => {
      this.box(x, y + at * 38, width, 18, "bar", 9);
    });
  }

  /** Words in the middle of a room; `from` a side, only halfway down it. */
  centred(text: string, room: Room, type: Letters & { readonly from?: Side } = {}): void {
    const { y: before } = this;
    const { size = WORDS, from = "middle", ...rest } = type;
    const { x, width } = room;
    const most = Math.max(1, Math.floor(room.height / lineHeight(size)));
    const { length } = linesOf(text, { ...rest, size }, width, most);
    this.y = Math.round(room.y + (room.height - length * lineHeight(size)) / 2);
    this.write(text, { ...rest, size, x, width, from, most });
    this.y = before;
  }

  finished(): string {
    this.y += MARGIN;
    return this.toString();
  }
}
