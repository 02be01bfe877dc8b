import type { Context } from "../context.ts";
import type { Text } from "../engine/message.ts";
import type { Held } from "../held.ts";
import { who } from "./people.ts";
import { taskName } from "./tasks.ts";

/** What is kept of accompanying and of being accompanied, in short. */
export const accompanyingHeld = ({ accompanied, facilitator }: Held): readonly Text[] => [
  ...(accompanied.length > 0 ? [{ key: "companion.held", params: { count: accompanied.length } }] : []),
  ...(facilitator ? [{ key: "facilitator.held", params: { started: facilitator.started } }] : []),
];

/** The same, row by row. */
export const accompanyingRows = ({ accompanied, facilitator }: Held, { say }: Context) => [
  ...accompanied.map(({ by, task, since }) => ({
    label: say({ key: "companion.row" }),
    value: say({ lines: [who(by), taskName(task), { date: since }] }),
  })),
  ...(facilitator ? [{ label: say({ key: "facilitator.row_held" }), value: say(who(facilitator)) }] : []),
];
