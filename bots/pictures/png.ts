import { promisify } from "node:util";
import { crc32, deflate as deflateWithCallback } from "node:zlib";
import { PAINT } from "./paint.ts";

const deflate = promisify(deflateWithCallback);

type Colour = readonly [red: number, green: number, blue: number];

/**
 * Sixteen colours, for four bits a pixel: the paints, and for the edges of letters and shapes what lies
 * between each and the paper.
 */
const palette: readonly Colour[] = [
  colourOf(PAINT.paper),
  ...[...towardsPaper(PAINT.ink, 5), ...towardsPaper(PAINT.soft, 4), ...towardsPaper(PAINT.accent, 4)],
  ...towardsPaper(PAINT.bar, 2),
];

/**
 * Writes an opaque picture as a PNG of few colours: a third as large as one of all colours, which
 * counts where the signal is weak.
 *
 * @param pixels four bytes each, red, green, blue and alpha
 * @see https://www.w3.org/TR/png-3/
 */
export async function encodePng(pixels: Uint8Array, width: number, height: number): Promise<Uint8Array> {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([4, 3], 8); // bits a pixel, and "indexed colour"
  // Off the main thread: it takes longer than drawing.
  const data = await deflate(indexed(pixels, width, height), { level: 9 });
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", header),
    chunk("PLTE", Buffer.from(palette.flat())),
    chunk("IDAT", data),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** Rows of indexes into the palette, two a byte, each row after a byte that says that it is not filtered. */
function indexed(pixels: Uint8Array, width: number, height: number): Uint8Array {
  const nearest = new Map<number, number>();
  let last = { key: -1, index: 0 };
  const indexAt = (from: number): number => {
    const red = pixels[from] ?? 0;
    const green = pixels[from + 1] ?? 0;
    const blue = pixels[from + 2] ?? 0;
    const key = (red << 16) | (green << 8) | blue;
    // Most pixels are as the one before.
    if (key === last.key) return last.index;
    const index = nearest.get(key) ?? nearestTo([red, green, blue]);
    nearest.set(key, index);
    last = { key, index };
    return index;
  };
  const rowBytes = 1 + Math.ceil(width / 2);
  const rows = new Uint8Array(height * rowBytes);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const at = y * rowBytes + 1 + (x >> 1);
      rows[at] = (rows[at] ?? 0) | (indexAt((y * width + x) * 4) << (x % 2 === 0 ? 4 : 0));
    }
  return rows;
}

function nearestTo(colour: Colour): number {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  palette.forEach((one, at) => {
    const distance = one.reduce((sum, part, channel) => sum + (part - (colour[channel] ?? 0)) ** 2, 0);
    if (distance < least) [best, least] = [at, distance];
  });
  return best;
}

/** A paint, and paler ones down to the paper, which is left out: so many in all. */
function towardsPaper(paint: string, count: number): readonly Colour[] {
  const [from, to] = [colourOf(paint), colourOf(PAINT.paper)];
  return Array.from({ length: count }, (_, step): Colour => {
    const mix = (channel: 0 | 1 | 2) =>
      Math.round(from[channel] + ((to[channel] - from[channel]) * step) / count);
    return [mix(0), mix(1), mix(2)];
  });
}

function colourOf(hex: string): Colour {
  const part = (at: number) => Number.parseInt(hex.slice(at, at + 2), 16);
  return [part(1), part(3), part(5)];
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const named = Buffer.concat([Buffer.from(type, "ascii"), data]);
  const around = Buffer.alloc(8);
  around.writeUInt32BE(data.length, 0);
  around.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([around.subarray(0, 4), named, around.subarray(4)]);
}
