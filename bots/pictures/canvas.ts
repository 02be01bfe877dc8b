import { hasLettersFromRight } from "../fonts.ts";
import { linesOf, type Type } from "../lines.ts";
import { PAINT, type Paint } from "./paint.ts";

export const WIDTH = 1080;
export const MARGIN = 64;
/** What is left between the margins. */
export const INNER = WIDTH - 2 * MARGIN;

/** Height of a line, for letters of a size. */
export const lineHeight = (size: number): number => Math.round(size * 1.3);

const FONT = "DejaVu Sans";
/** Words that begin with letters that are written from the right, whatever is quoted before them. */
const FROM_THE_RIGHT = /^(?:\u2068[^\u2069]*\u2069|[^\p{L}\u2068])*[\p{Script=Arabic}\p{Script=Hebrew}]/u;
const RIGHT_TO_LEFT = "\u2067";
const END_OF_IT = "\u2069";

export type Side = "left" | "right";

/** The side that words begin at. */
export const sideOf = (text: string): Side => (FROM_THE_RIGHT.test(text) ? "right" : "left");

/** What is drawn, from the top down, as SVG. */
export class Canvas {
  readonly #marks: string[] = [];
  /** The side that its language begins at, where it is known: else each text tells its own. */
  readonly side?: Side;
  /** Where the next thing is drawn. */
  y = 0;

  /** @param round radius of its corners */
  box(x: number, y: number, width: number, height: number, paint: Paint, round = 0): void {
    const corners = round > 0 ? ` rx="${round}"` : "";
    this.#marks.push(
      `<rect x="${x}" y="${y}" width="${width}" height="${height}"${corners} fill="${PAINT[paint]}"/>`,
    );
  }

  disc(x: number, y: number, radius: number, paint: Paint): void {
    this.#marks.push(`<circle cx="${x}" cy="${y}" r="${radius}" fill="${PAINT[paint]}"/>`);
  }

  /** A line of a pen as thick as `thick`, along a path of SVG. */
  line(path: string, paint: Paint, thick: number): void {
    this.#marks.push(
      `<path d="${path}" fill="none" stroke="${PAINT[paint]}" stroke-width="${thick}" stroke-linecap="round" stroke-linejoin="round"/>`,
    );
  }

  /** Squares of a grid of which some are filled. */
  grid(x: number, y: number, size: number, rows: readonly (readonly boolean[])[]): void {
    const unit = size / rows.length;
    const squares = rows.flatMap((row, down) =>
      row.flatMap((filled, across) => (filled ? [`M${across} ${down}h1v1h-1z`] : [])),
    );
    this.#marks.push(
      `<path transform="translate(${x} ${y}) scale(${unit})" d="${squares.join("")}" fill="${PAINT.ink}"/>`,
    );
  }

  /**
   * Writes in lines between two edges, from the side that the words begin at, and goes below them.
   *
   * @param type.most lines; the last one ends with an ellipsis where there is more
   * @param type.from the side to begin at, where it is not for the first letter to say
   */
  write(
    text: string,
    type: Type & {
      readonly paint?: Paint;
      readonly most?: number;
      readonly x?: number;
      readonly width?: number;
      readonly from?: Side | "middle";
    },
  ): void {
    const { size, bold, paint = "ink", most = 100, x = MARGIN, width = INNER } = type;
    const direction = hasLettersFromRight(text) ? (this.side ?? sideOf(text)) : "left";
    const from = type.from ?? direction;
    for (const line of linesOf(text, type, width, most)) {
      this.y += lineHeight(size);
      const words = direction === "right" ? RIGHT_TO_LEFT + line + END_OF_IT : line;
      const side = {
        left: `x="${x}"`,
        middle: `x="${x + width / 2}" text-anchor="middle"`,
        right: `x="${x + width}" text-anchor="end"`,
      }[from];
      // Letters stand on their line a fifth of their height above the bottom of its room.
      const baseline = this.y - Math.round(size * 0.3);
      this.#marks.push(
        `<text ${side} y="${baseline}" font-family="${FONT}" font-size="${size}"${bold ? ' font-weight="bold"' : ""} fill="${PAINT[paint]}">${escaped(words)}</text>`,
      );
    }
  }

  /** @returns SVG, down to where the next thing would have been drawn */
  toString(): string {
    const size = `width="${WIDTH}" height="${this.y}"`;
    return `<svg xmlns="http://www.w3.org/2000/svg" ${size}><rect ${size} fill="${PAINT.paper}"/>${this.#marks.join("")}</svg>`;
  }
}

const escaped = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
