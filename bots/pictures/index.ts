import type { PictureRequest } from "../../core/engine/message.ts";
import type { DrawPicture } from "../channel.ts";
import { encodePng } from "./png.ts";
import { loadRasterizer, type Rasterize } from "./rasterizer.ts";

/** Pictures kept, at some 40 kB each: what many ask for is drawn once. */
const KEPT = 48;

type Picture = Awaited<ReturnType<DrawPicture>>;

/** Draws the pictures that messages carry, as PNG. */
export const drawPicture: DrawPicture = createPictures();

function createPictures(): DrawPicture {
  const kept = new Map<string, Promise<Picture>>();
  let loaded: Promise<Rasterize> | undefined;

  async function draw(request: PictureRequest): Promise<Picture> {
    loaded ??= loadRasterizer();
    const rasterize = await loaded;
    const { svgOf } = await import("./svg.ts");
    const { pixels, width, height } = rasterize(svgOf(request));
    return { name: "picture.png", type: "image/png", bytes: await encodePng(pixels, width, height) };
  }

  return (request) => {
    const key = JSON.stringify(request);
    const found = kept.get(key) ?? draw(request);
    // The one asked for last goes last, and the first is the one that nobody has asked for the longest.
    kept.delete(key);
    kept.set(key, found);
    const [oldest] = kept.keys();
    if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
    found.catch(() => kept.delete(key));
    return found;
  };
}
