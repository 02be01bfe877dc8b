import { encode } from "uqr";
import type { ProjectCard } from "../../core/engine/message.ts";
import { linesOf } from "../lines.ts";
import { Canvas, INNER, lineHeight, MARGIN, WIDTH } from "./canvas.ts";

/** As tall as a phone shows it whole, once opened. */
const TALLEST = 1400;
const TITLE = { most: 5, sizes: [72, 62, 54, 46] } as const;
const SUMMARY = 44;
const COST = 58;
const CODE = 300;

/** Draws a project: what it is part of, its title, as much of the summary as fits, the cost, the way to it. */
export function drawCard({ heading, title, summary, cost, invitation, link }: ProjectCard): string {
  const canvas = new Canvas();
  drawHeading(canvas, heading);
  canvas.y += 36;
  canvas.write(title, { ...titleType(title), bold: true });
  canvas.y += 20;
  const below = 24 + lineHeight(COST) + 40 + CODE + MARGIN;
  const most = Math.max(2, Math.floor((TALLEST - canvas.y - below) / lineHeight(SUMMARY)));
  canvas.write(summary, { size: SUMMARY, paint: "soft", most });
  canvas.y += 24;
  canvas.write(cost, { size: COST, bold: true, paint: "accent", most: 1 });
  canvas.y += 40;
  drawInvitation(canvas, invitation, link);
  canvas.y += MARGIN;
  return canvas.toString();
}

function drawHeading(canvas: Canvas, heading: readonly string[]): void {
  const written = new Canvas();
  const type = { size: 36, most: 2 } as const;
  const draw = (on: Canvas) => {
    on.y = 32;
    heading.forEach((line, at) => {
      on.write(line, { ...type, paint: "paper", bold: at === 0 });
    });
    on.y += 32;
  };
  draw(written);
  canvas.box(0, 0, WIDTH, written.y, "accent");
  draw(canvas);
}

/** The largest letters with which a title does not take too many lines. */
function titleType(title: string): { readonly size: number; readonly most: number } {
  const { most, sizes } = TITLE;
  const size =
    sizes.find((one) => linesOf(title, { size: one, bold: true }, INNER, most + 1).length <= most) ??
    Math.min(...sizes);
  return { size, most };
}

function drawInvitation(canvas: Canvas, invitation: string, link: string | undefined): void {
  canvas.box(MARGIN, canvas.y - 16, INNER, 3, "bar");
  const type = { size: 38, most: 5 } as const;
  if (link === undefined) {
    canvas.write(invitation, type);
    return;
  }
  // Around a code there must be paper as wide as four of its squares: the margin and what is beside it.
  const { data } = encode(link, { ecc: "M", border: 0 });
  const top = canvas.y + 12;
  canvas.grid(MARGIN, top, CODE, data);
  const x = MARGIN + CODE + 56;
  canvas.y = top;
  canvas.write(invitation, { ...type, x, width: WIDTH - MARGIN - x });
  canvas.y = Math.max(canvas.y, top + CODE);
}
