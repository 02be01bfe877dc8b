import { z } from "zod";
import { type Session, session } from "../core/engine/session.ts";
import { moveRecipients } from "./campaigns/move.ts";
import type { Context } from "./context.ts";
import { moveAccompanying } from "./facilitators/forget.ts";
import type { Prisma } from "./generated/client.ts";
import { coDesignerOf, reminderOf, sessionOf } from "./places.ts";
import { moveQuestionnaires } from "./questionnaires.ts";
import { moveConsents } from "./wishes.ts";

export type Tx = Prisma.TransactionClient;

/**
 * Makes several contacts one, of whom it turned out that they are: the one whose conversation was
 * used last is kept, with the drafts of the others put aside in it. The rows of all are locked.
 *
 * @returns the id of the one that is kept
 */
export async function keepOne(context: Context, tx: Tx, ids: readonly string[]): Promise<string> {
  const contacts = await tx.contact.findMany({ where: { id: { in: [...ids] } }, orderBy: { id: "asc" } });
  const [kept, ...others] = contacts.sort(
    (a, b) =>
      Number(b.session !== null) - Number(a.session !== null) ||
      b.lastSeenAt.getTime() - a.lastSeenAt.getTime(),
  );
  if (kept === undefined) throw new Error("There is nobody to be kept.");
  for (const other of others) {
    await move(context, tx, kept.id, other.id);
    await takeOverDrafts(context, tx, kept.id, other.id);
    await tx.contact.delete({ where: { id: other.id } });
  }
  return kept.id;
}

async function move(context: Context, tx: Tx, to: string, from: string): Promise<void> {
  const { sealer } = context;
  const where = { contactId: from };
  const data = { contactId: to };
  await tx.address.updateMany({ where, data });
  await tx.inbox.updateMany({ where, data });
  await tx.outbox.updateMany({ where, data });
  await tx.proposal.updateMany({ where, data });
  await tx.ticket.updateMany({ where, data });
  await tx.cityUser.updateMany({ where, data });
  await tx.ballotLink.updateMany({ where, data });
  await tx.ballotSession.updateMany({ where, data });
  await tx.ballotTie.updateMany({ where, data });
  await tx.testCode.updateMany({ where, data });
  await moveRecipients(tx, from, to);
  await moveQuestionnaires(context, tx, from, to);
  await moveAccompanying(tx, from, to);
  // What both have is kept as the kept one has it; what is sealed is bound to its contact.
  await moveCoDesigning(context, tx, from, to);
  for (const { edition, phase, sealed, contactId: _, ...rest } of await tx.reminder.findMany({ where })) {
    const content = sealer.open(reminderOf(from, edition, phase), sealed, z.unknown());
    const moved = { ...rest, ...data, edition, phase };
    await tx.reminder.createMany({
      data: [{ ...moved, sealed: sealer.seal(reminderOf(to, edition, phase), content) }],
      skipDuplicates: true,
    });
  }
  await moveConsents(tx, to, from);
}

/** Makes what somebody works on another contact's; what stays behind goes with the former one. */
export async function moveCoDesigning(
  { sealer }: Pick<Context, "sealer">,
  tx: Tx,
  from: string,
  to: string,
): Promise<void> {
  for (const row of await tx.coDesigner.findMany({ where: { contactId: from } })) {
    const { proposalId, sealed, createdAt } = row;
    const content = sealer.open(coDesignerOf(proposalId, from), sealed, z.unknown());
    const resealed = sealer.seal(coDesignerOf(proposalId, to), content);
    await tx.coDesigner.createMany({
      data: [{ proposalId, contactId: to, createdAt, sealed: resealed }],
      skipDuplicates: true,
    });
  }
}

/** Drafts get new names where they go, as names are given in each conversation for itself. */
async function takeOverDrafts(context: Context, tx: Tx, to: string, from: string): Promise<void> {
  const theirs = await sessionIn(context, tx, from);
  const kept = await sessionIn(context, tx, to);
  const drafts = [...(theirs?.parked ?? []), ...(theirs?.active ?? [])].filter(
    ({ answers }) => Object.keys(answers).length > 0,
  );
  if (!theirs || !kept || drafts.length === 0) return;
  let counter = Math.max(kept.counter, theirs.counter);
  const parked: Session["parked"] = [];
  for (const draft of drafts) {
    counter += 1;
    const id = counter.toString(36);
    parked.push({ ...draft, id });
    await tx.offeredDraft.updateMany({
      where: { contactId: from, frame: draft.id },
      data: { contactId: to, frame: id },
    });
  }
  const joined = { ...kept, counter, parked: [...parked, ...kept.parked] };
  await tx.contact.update({
    where: { id: to },
    data: { session: context.sealer.seal(sessionOf(to), joined), version: { increment: 1 } },
  });
}

async function sessionIn({ sealer }: Context, tx: Tx, id: string): Promise<Session | undefined> {
  const contact = await tx.contact.findUnique({ where: { id }, select: { session: true } });
  return contact?.session ? sealer.open(sessionOf(id), contact.session, session) : undefined;
}
