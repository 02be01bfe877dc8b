import { DRAWINGS, type Drawing, type DrawingName } from "../../../core/engine/message.ts";
import { drawAppIo } from "./appio.ts";
import { drawCie } from "./cie.ts";
import { drawNotice } from "./pagopa.ts";
import { drawCall, drawScam } from "./scam.ts";
import type { Word } from "./sketch.ts";
import { drawButton, drawLevels } from "./spid.ts";

const drawings: { readonly [N in DrawingName]: (word: Word<N>) => string } = {
  "spid-button": drawButton,
  "spid-levels": drawLevels,
  "cie-codes": drawCie,
  "pagopa-notice": drawNotice,
  "appio-messages": drawAppIo,
  "scam-message": drawScam,
  "scam-call": drawCall,
};

/** Draws a thing in plain shapes of our own, without anybody's mark, with large words in it. */
export function drawDrawing({ drawing, labels }: Drawing): string {
  const names: readonly string[] = DRAWINGS[drawing];
  return drawings[drawing]((name: string) => labels[names.indexOf(name)] ?? "");
}
