import type { Context } from "../context.ts";
import { DRAWINGS, type Drawing, type DrawingName } from "../engine/message.ts";

/** A drawing in the person's language: `drawing.<name>.alt`, and the words that stand in it. */
export function drawingOf({ say }: Pick<Context, "say">, name: DrawingName): Drawing {
  const word = (part: string) => say({ key: `drawing.${name}.${part}` });
  return { kind: "drawing", drawing: name, alt: word("alt"), labels: DRAWINGS[name].map(word) };
}
