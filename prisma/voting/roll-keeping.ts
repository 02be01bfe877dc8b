import type { RollKeeping } from "../../core/voting/roll-keeping.ts";
import type { Context } from "../context.ts";
import { drawLetters } from "./roll-letters.ts";
import { rollByComune } from "./roll-status.ts";
import { bringUpToDate } from "./roll-update.ts";

export function createRollKeeping(context: Context): RollKeeping {
  return {
    bringUpToDate: (residents, options) => bringUpToDate(context, residents, options),
    status: () => rollByComune(context),
    drawLetters: (options, draw) => drawLetters(context, options, draw),
  };
}
