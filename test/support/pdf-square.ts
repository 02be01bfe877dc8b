import { inflateSync } from "node:zlib";
import jsQr from "jsqr";

const PIXELS = 4;

/** Reads the QR code of a PDF back from the bars that are drawn in it. */
export function readSquare(pdf: Uint8Array): string | undefined {
  const bars = [...drawingOf(Buffer.from(pdf)).matchAll(/^([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+) re$/gm)].map(
    ([, x, y, width, height]) => ({
      x: Number(x),
      y: Number(y),
      width: Number(width),
      height: Number(height),
    }),
  );
  const module = Math.min(...bars.map(({ height }) => height));
  const left = Math.min(...bars.map(({ x }) => x));
  const top = Math.min(...bars.map(({ y }) => y));
  const quiet = 4;
  const at = (length: number) => Math.round(length / module) * PIXELS;
  const side = at(Math.max(...bars.map(({ x, width }) => x + width)) - left) + 2 * quiet * PIXELS;
  const image = new Uint8ClampedArray(side * side * 4).fill(255);
  for (const { x, y, width, height } of bars) {
    const column = at(x - left) + quiet * PIXELS;
    const row = at(y - top) + quiet * PIXELS;
    for (let line = row; line < row + at(height); line += 1) {
      for (let dot = column; dot < column + at(width); dot += 1)
        image.fill(0, (line * side + dot) * 4, (line * side + dot) * 4 + 3);
    }
  }
  return jsQr.default(image, side, side)?.data;
}

/** What is drawn on the sheet: the streams that are drawing commands. */
function drawingOf(pdf: Buffer): string {
  const parts: string[] = [];
  for (let from = pdf.indexOf("stream\n"); from >= 0; from = pdf.indexOf("\nstream\n", from)) {
    const begin = pdf.indexOf("\n", from + 1) + 1;
    const end = pdf.indexOf("\nendstream", begin);
    if (end < 0) break;
    const stream = pdf.subarray(begin, end);
    if (stream[0] === 0x78) parts.push(inflateSync(stream).toString("latin1"));
    from = end;
  }
  return parts.join("\n");
}
