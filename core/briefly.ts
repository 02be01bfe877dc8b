import type { Finished } from "./engine/flow.ts";

/** After a topic's name, asks for all that there is to say: `rules-all`. */
const WHOLE = "all";

/**
 * What a topic says in the middle of something else: in short, where it can, with a door to the whole. What was
 * interrupted comes below it, and must not get out of sight.
 */
export function briefly(name: string, { brief, ...whole }: Finished): Finished {
  if (!brief) return whole;
  return {
    ...whole,
    say: brief,
    doors: [{ opens: `${name}-${WHOLE}`, label: { key: "engine.option.whole" } }],
  };
}
