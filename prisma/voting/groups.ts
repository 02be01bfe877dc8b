import { setImmediate as turn } from "node:timers/promises";

/** How a group of calls is done. */
export interface Grouping<Item, Result> {
  /** Of items that share a key only one goes with a group; the next waits for the next group. */
  readonly keys: (item: Item) => readonly string[];
  /** @returns the results, in the order of the items */
  readonly run: (items: readonly Item[]) => Promise<readonly Result[]>;
  readonly most: number;
}

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Gathers calls into groups, as `coalesce` does, where each call has a result of its own and some
 * must not go together.
 */
export function inGroups<Item, Result>({
  keys,
  run,
  most,
}: Grouping<Item, Result>): (item: Item) => Promise<Result> {
  let waiting: Waiting<Item, Result>[] = [];
  let working = false;

  function next(): readonly Waiting<Item, Result>[] {
    const taken = new Set<string>();
    const group: Waiting<Item, Result>[] = [];
    waiting = waiting.filter((one) => {
      const its = keys(one.item);
      if (group.length === most || its.some((key) => taken.has(key))) return true;
      for (const key of its) taken.add(key);
      group.push(one);
      return false;
    });
    return group;
  }

  async function work(): Promise<void> {
    working = true;
    while (waiting.length > 0) {
      // Whoever comes in the same moment is heard first: the embedded database answers without ever
      // letting the loop have its turn.
      await turn();
      const group = next();
      try {
        const results = await run(group.map(({ item }) => item));
        for (const [at, result] of results.entries()) group[at]?.resolve(result);
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
    }
    working = false;
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (!working) void work();
    });
}
