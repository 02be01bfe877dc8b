import { createRequire } from "node:module";
import { expect } from "vitest";
import { drawPicture } from "../../../bots/pictures/index.ts";
import type { PictureRequest } from "../../../core/engine/message.ts";

const require = createRequire(import.meta.url);

export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

/** Draws a picture and reads it back with somebody else's reader. */
export async function see(request: PictureRequest): Promise<Pixels & { readonly bytes: number }> {
  const { bytes, type } = await drawPicture(request);
  expect(type).toBe("image/png");
  return { ...pixelsOf(bytes), bytes: bytes.length };
}

/** The points of a PNG; where something has been drawn before in this process. */
export function pixelsOf(bytes: Uint8Array): Pixels {
  const header = Buffer.from(bytes);
  const size = { width: header.readUInt32BE(16), height: header.readUInt32BE(20) };
  const { Resvg }: typeof import("@resvg/resvg-wasm") = require("@resvg/resvg-wasm");
  const href = `data:image/png;base64,${header.toString("base64")}`;
  const frame = `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${size.height}"><image width="${size.width}" height="${size.height}" href="${href}"/></svg>`;
  const drawing = new Resvg(frame);
  const image = drawing.render();
  const data = new Uint8ClampedArray(image.pixels);
  image.free();
  drawing.free();
  return { ...size, data };
}

export const isPaper = ({ data, width }: Pixels, x: number, y: number): boolean =>
  [0, 1, 2].every((channel) => (data[(y * width + x) * 4 + channel] ?? 0) === 255);

/** Whether anything is drawn in the columns between two edges, from a row down. */
export function isMarked(picture: Pixels, from: number, to: number, top = 0): boolean {
  for (let y = top; y < picture.height; y += 1)
    for (let x = from; x < to; x += 1) if (!isPaper(picture, x, y)) return true;
  return false;
}

const jsQR: typeof import("jsqr")["default"] = require("jsqr");

/** What a camera reads in a picture; `undefined` where there is no code in it. */
export const readCode = ({ data, width, height }: Pixels): string | undefined =>
  jsQR(data, width, height)?.data;
