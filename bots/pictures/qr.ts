import { encode } from "uqr";
import type { QrCode } from "../../core/engine/message.ts";
import { Canvas, INNER, MARGIN, WIDTH } from "./canvas.ts";

/** As wide as the picture allows, with paper around it as wide as four of its squares. */
const CODE = 760;

/** Draws a link to be shown to a camera: what it leads to, what to do, the code, who shows it. */
export function drawQr({ title, invitation, by, typed, link }: QrCode): string {
  const canvas = new Canvas();
  const middle = { from: "middle", most: 2 } as const;
  canvas.y = 48;
  canvas.write(title, { ...middle, size: 50, bold: true, paint: "accent" });
  canvas.y += 12;
  canvas.write(invitation, { ...middle, size: 58, bold: true });
  canvas.y += 48;
  const { data } = encode(link, { ecc: "M", border: 0 });
  canvas.grid((WIDTH - CODE) / 2, canvas.y, CODE, data);
  canvas.y += CODE + 48;
  canvas.write(by, { ...middle, size: 54, bold: true });
  canvas.y += 24;
  canvas.box(MARGIN, canvas.y, INNER, 3, "bar");
  canvas.y += 16;
  canvas.write(typed, { ...middle, size: 46, paint: "soft" });
  canvas.y += 48;
  return canvas.toString();
}
