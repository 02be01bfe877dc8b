import type { Context } from "../context.ts";
import type { Finished, Flow } from "../engine/flow.ts";
import type { Session } from "../engine/session.ts";

/** What a flow ends with: where it is what the person was accompanied in, they are so no more, and are told. */
export function finishing(
  { accompanied }: Session,
  flow: Flow<Context> | undefined,
  finished: Finished,
  context: Context,
): Finished {
  // One that ends because its days are over was not done.
  const isDone = accompanied !== undefined && flow?.name === accompanied.task && !flow.closed(context);
  if (!isDone) return finished;
  const over = { key: "companion.finished", params: { by: { literal: accompanied.by } } };
  return {
    ...finished,
    say: { lines: [finished.say, over], gap: true },
    effects: [...(finished.effects ?? []), { kind: "finishAccompaniment", id: accompanied.id }],
    accompanied: null,
  };
}
