/** Rows of one statement: enough for speed, few enough for any memory. */
const BATCH = 2_000;

/** Runs a statement over long lists, a part at a time. */
export async function inBatches<T>(
  all: readonly T[],
  run: (batch: readonly T[]) => Promise<unknown>,
): Promise<void> {
  for (let from = 0; from < all.length; from += BATCH) await run(all.slice(from, from + BATCH));
}
