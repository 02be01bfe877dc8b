import { randomUUID } from "node:crypto";
import type { FacilitatorEffect } from "../../core/facilitators/ports.ts";
import { endSessionsOfFacilitator } from "../assisted/end.ts";
import type { Context } from "../context.ts";
import type { Prisma } from "../generated/client.ts";
import { ImpossibleError } from "../impossible.ts";
import { tell } from "../notices.ts";
import { handOverOf, lookupAccompaniment, lookupInvitation } from "../places.ts";
import { closeHandOvers, endAll } from "./ending.ts";
import { active, goingOn, staleBefore } from "./shapes.ts";
import { missCode } from "./tries.ts";

type Tx = Prisma.TransactionClient;
type Of<K extends FacilitatorEffect["kind"]> = Extract<FacilitatorEffect, { kind: K }>;

/** The effects on accompaniments, within the transaction of a turn. */
export async function applyOfFacilitators(
  context: Context,
  tx: Tx,
  contactId: string,
  effect: FacilitatorEffect,
): Promise<void> {
  switch (effect.kind) {
    case "joinFacilitators":
      return join(context, tx, contactId, effect);
    case "missCode":
      return missCode(context, tx, contactId);
    case "offerAccompaniment":
      return offer(context, tx, contactId, effect);
    case "acceptAccompaniment":
      return accept(context, tx, contactId, effect);
    case "endAccompaniment":
      return close(tx, contactId, effect.id, { endedAt: new Date(), endedBy: "person" });
    case "finishAccompaniment":
      return close(tx, contactId, effect.id, { finishedAt: new Date() });
    case "handOver":
      return handOver(context, tx, contactId, effect);
    case "answerHandOver":
      return answer(context, tx, contactId, effect);
    case "closeHandOver":
      return closeOne(tx, contactId, effect.id);
  }
}

async function join(
  context: Context,
  tx: Tx,
  contactId: string,
  { code }: Of<"joinFacilitators">,
): Promise<void> {
  const { edition, sealer } = context;
  for (const { id } of await tx.facilitator.findMany({ where: { contactId } })) {
    await endAll(context, tx, id, "facilitator", undefined);
    await endSessionsOfFacilitator(context, tx, id, "facilitator");
    await tx.facilitator.updateMany({ where: { id, stoppedAt: null }, data: { stoppedAt: new Date() } });
    await tx.facilitator.update({ where: { id }, data: { contactId: null } });
  }
  // Updating takes the row's lock: of two who type the code at once, one finds it used.
  const { count } = await tx.facilitator.updateMany({
    where: {
      code: lookupInvitation(sealer, code),
      edition,
      joinedAt: null,
      stoppedAt: null,
      until: { gt: new Date() },
    },
    data: { contactId, joinedAt: new Date() },
  });
  if (count === 0) throw new ImpossibleError("The invitation was used, or its time is over.");
}

async function offer(
  context: Context,
  tx: Tx,
  contactId: string,
  { code, task, language, until }: Of<"offerAccompaniment">,
): Promise<void> {
  const { edition, sealer } = context;
  const facilitator = await tx.facilitator.findFirst({ where: active(context, contactId) });
  if (facilitator === null) throw new ImpossibleError("This contact is no facilitator any more.");
  await tx.accompaniment.create({
    data: {
      edition,
      facilitatorId: facilitator.id,
      code: lookupAccompaniment(sealer, code),
      task,
      language,
      until: new Date(until),
    },
  });
}

async function accept(
  context: Context,
  tx: Tx,
  contactId: string,
  { code, notice }: Of<"acceptAccompaniment">,
): Promise<void> {
  const { edition, sealer } = context;
  const at = { code: lookupAccompaniment(sealer, code), edition };
  const { count } = await tx.accompaniment.updateMany({
    where: {
      ...at,
      consentedAt: null,
      endedAt: null,
      until: { gt: new Date() },
      facilitator: { stoppedAt: null, contactId: { not: contactId } },
    },
    data: { contactId, consentedAt: new Date() },
  });
  if (count === 0) throw new ImpossibleError("The link was used, or its time is over.");
  const { facilitator } = await tx.accompaniment.findUniqueOrThrow({
    where: at,
    include: { facilitator: { select: { contactId: true } } },
  });
  if (facilitator.contactId !== null) await tell(context, tx, facilitator.contactId, notice);
}

/** One that is over already stays as it ended. */
async function close(
  tx: Tx,
  contactId: string,
  id: string,
  data: Prisma.AccompanimentUpdateManyMutationInput,
): Promise<void> {
  await closeHandOvers(tx, { id, contactId });
  await tx.accompaniment.updateMany({ where: { ...goingOn, id, contactId }, data });
}

async function handOver(
  context: Context,
  tx: Tx,
  contactId: string,
  { id: accompanimentId, flow, step, frame, notice }: Of<"handOver">,
): Promise<void> {
  const accompaniment = await tx.accompaniment.findFirst({
    where: { ...goingOn, id: accompanimentId, contactId, facilitator: { stoppedAt: null } },
    include: { facilitator: { select: { contactId: true } } },
  });
  const to = accompaniment?.facilitator.contactId;
  if (!to) throw new ImpossibleError("Nobody accompanies this contact any more.");
  const question = { accompanimentId, flow, step, frame };
  const asked = await tx.handOver.findFirst({
    where: { ...question, closedAt: null, answeredAt: null, createdAt: { gt: staleBefore(new Date()) } },
  });
  if (asked !== null) return;
  // What was proposed for it before gives way.
  await tx.handOver.updateMany({
    where: { ...question, closedAt: null },
    data: { closedAt: new Date(), sealed: null },
  });
  const id = randomUUID();
  await tx.handOver.create({ data: { ...question, id } });
  await tell(context, tx, to, notice(id));
}

async function answer(
  context: Context,
  tx: Tx,
  contactId: string,
  { id, given, notice }: Of<"answerHandOver">,
): Promise<void> {
  const { count } = await tx.handOver.updateMany({
    where: {
      id,
      closedAt: null,
      answeredAt: null,
      accompaniment: { ...goingOn, facilitator: active(context, contactId) },
    },
    data: { answeredAt: new Date(), sealed: context.sealer.seal(handOverOf(id), given) },
  });
  if (count === 0) throw new ImpossibleError("The question waits for no answer any more.");
  const { accompaniment } = await tx.handOver.findUniqueOrThrow({
    where: { id },
    select: { accompaniment: { select: { contactId: true } } },
  });
  if (accompaniment.contactId !== null) await tell(context, tx, accompaniment.contactId, notice);
}

async function closeOne(tx: Tx, contactId: string, id: string): Promise<void> {
  await tx.handOver.updateMany({
    where: { id, closedAt: null, accompaniment: { contactId } },
    data: { closedAt: new Date(), sealed: null },
  });
}
