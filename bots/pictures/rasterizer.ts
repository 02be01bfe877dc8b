import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { FONTS } from "../fonts.ts";

/** Turns SVG into pixels: four bytes each, red, green, blue and alpha. */
export type Rasterize = (svg: string) => {
  readonly pixels: Uint8Array;
  readonly width: number;
  readonly height: number;
};

/** Loads resvg and the fonts: some 20 MB that are read when the first picture is drawn. */
export async function loadRasterizer(): Promise<Rasterize> {
  const require = createRequire(import.meta.url);
  // Loaders do not agree on what a CommonJS module of this kind exports when it is imported.
  const resvg: typeof import("@resvg/resvg-wasm") = require("@resvg/resvg-wasm");
  await resvg.initWasm(await readFile(require.resolve("@resvg/resvg-wasm/index_bg.wasm")));
  const fontBuffers = await Promise.all(Object.values(FONTS).map((path) => readFile(path)));
  return (svg) => {
    const drawing = new resvg.Resvg(svg, { font: { fontBuffers } });
    try {
      const image = drawing.render();
      const { pixels, width, height } = image;
      image.free();
      return { pixels, width, height };
    } finally {
      // Its memory is not the garbage collector's.
      drawing.free();
    }
  };
}
