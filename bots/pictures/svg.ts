import type { PictureRequest } from "../../core/engine/message.ts";
import { drawCard } from "./card.ts";
import { drawChart } from "./chart.ts";
import { drawDrawing } from "./drawings/index.ts";
import { drawQr } from "./qr.ts";

/** A picture in shapes and words, before it is made of points. */
export function svgOf(request: PictureRequest): string {
  switch (request.kind) {
    case "card":
      return drawCard(request);
    case "chart":
      return drawChart(request);
    case "qr":
      return drawQr(request);
    case "drawing":
      return drawDrawing(request);
  }
}
