import type { Door } from "./engine/flow.ts";

/* What can be opened from nearly everywhere. */

/** The way back from wherever one is. */
export const menuDoor: Door = { opens: "menu", label: { key: "engine.option.menu" } };
export const operatorDoor: Door = { opens: "operator", label: { key: "engine.option.operator" } };
export const simplerDoor: Door = { opens: "simpler", label: { key: "manner.option.simpler" } };

/** The same doors, with the way back among them. */
export const withMenu = (doors: readonly Door[]): readonly Door[] =>
  doors.some(({ opens }) => opens === menuDoor.opens) ? doors : [...doors, menuDoor];
