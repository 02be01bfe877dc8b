import { z } from "zod";
import type { Given } from "../../core/engine/field.ts";
import type { Facilitator } from "../../core/facilitators/ports.ts";
import type { Context } from "../context.ts";
import type { Facilitator as Row } from "../generated/client.ts";
import { facilitatorOf } from "../places.ts";

/** Facilitator.sealed */
const presented: z.ZodType<Omit<Facilitator, "id">> = z.object({
  name: z.string(),
  place: z.exactOptional(z.string()),
});

/** HandOver.sealed */
export const given: z.ZodType<Given> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("text"), text: z.string() }),
  z.object({ kind: z.literal("choice"), id: z.string() }),
]);

/** Who a facilitator is; `undefined` once they have erased their data. */
export const facilitatorIn = (
  { sealer }: Pick<Context, "sealer">,
  { id, sealed }: Pick<Row, "id" | "sealed">,
): Facilitator | undefined =>
  sealed === null ? undefined : { id, ...sealer.open(facilitatorOf(id), sealed, presented) };

/** A question that was handed over waits no longer than this. */
const HANDED_OVER_MS = 7 * 24 * 60 * 60 * 1000;

export const staleBefore = (now: Date): Date => new Date(now.getTime() - HANDED_OVER_MS);

/** An accompaniment that goes on. */
export const goingOn = { consentedAt: { not: null }, finishedAt: null, endedAt: null } as const;

/** A facilitator of an edition who may accompany. */
export const active = ({ edition }: Pick<Context, "edition">, contactId: string) => ({
  edition,
  contactId,
  joinedAt: { not: null },
  stoppedAt: null,
});
