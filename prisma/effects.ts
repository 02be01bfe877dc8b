import { randomUUID } from "node:crypto";
import type { Effect } from "../core/effects.ts";
import { session } from "../core/engine/session.ts";
import { beginAssisted } from "./assisted/begin.ts";
import { endOwnSession } from "./assisted/end.ts";
import { offerTest } from "./campaigns/tests.ts";
import { withdrawOn } from "./consents.ts";
import type { Context } from "./context.ts";
import { erase } from "./erase.ts";
import { applyOfFacilitators } from "./facilitators/effects.ts";
import type { Prisma } from "./generated/client.ts";

import { ImpossibleError } from "./impossible.ts";
import { noteMiss } from "./misses.ts";
import { coDesignerOf, lookupAddress, lookupDraft, proponentOf, sessionOf } from "./places.ts";
import { answerQuestionnaire } from "./questionnaires.ts";
import { openTicket, writeAgain } from "./tickets.ts";
import { requestCityUser } from "./voting/city-users.ts";
import { openBallot } from "./voting/links.ts";
import { tieBallot } from "./voting/ties.ts";
import { forgetReminders, noteVoted, preferReminders, remind } from "./wishes.ts";

type Tx = Prisma.TransactionClient;
type Of<K extends Effect["kind"]> = Extract<Effect, { kind: K }>;

/**
 * Writes an effect within the transaction of its turn.
 *
 * @throws {ImpossibleError} where the store is no longer as the turn saw it
 */
export async function apply(context: Context, tx: Tx, contactId: string, effect: Effect): Promise<void> {
  switch (effect.kind) {
    case "submitProposal":
      return submit(context, tx, contactId, effect);
    case "withdrawProposal":
      return withdraw(context, tx, contactId, effect);
    case "joinCoDesign":
      return join(context, tx, contactId, effect);
    case "remind":
      return remind(context, tx, contactId, effect);
    case "eraseContact":
      return erase(tx, contactId);
    case "partFrom":
      return part(context, tx, contactId, effect);
    case "forgetReminders":
      return forgetReminders(context, tx, contactId, effect);
    case "preferReminders":
      return preferReminders(context, tx, contactId, effect);
    case "noteVoted":
      return noteVoted(context, tx, contactId, effect);
    case "offerDraft":
      return offer(context, tx, contactId, effect);
    case "offerTest":
      return offerTest(context, tx, contactId, effect);
    case "takeDraft":
      return take(context, tx, contactId, effect);
    case "openTicket":
      return openTicket(context, tx, contactId, effect);
    case "writeAgain":
      return writeAgain(context, tx, contactId, effect);
    case "requestCityUser":
      return requestCityUser(context, tx, contactId, effect);
    case "openBallot":
      return openBallot(context, tx, contactId, effect);
    case "tieBallot":
      return tieBallot(context, tx, contactId, effect);
    case "answerQuestionnaire":
      return answerQuestionnaire(context, tx, contactId, effect);
    case "noteMiss":
      return noteMiss(context, tx, effect);
    case "beginAssisted":
      return beginAssisted(context, tx, contactId, effect);
    case "endAssisted":
      return endOwnSession(context, tx, contactId, effect.by);
    default:
      return applyOfFacilitators(context, tx, contactId, effect);
  }
}

async function submit(
  { edition, sealer }: Context,
  tx: Tx,
  contactId: string,
  { code, text, by }: Of<"submitProposal">,
): Promise<void> {
  const id = randomUUID();
  const proponent = sealer.seal(proponentOf(id), by);
  await tx.proposal.create({ data: { ...text, id, edition, code, contactId, proponent } });
}

async function withdraw(
  { edition }: Context,
  tx: Tx,
  contactId: string,
  { code }: Of<"withdrawProposal">,
): Promise<void> {
  // One that is withdrawn already stays so: whoever presses twice asked for one thing.
  const { count } = await tx.proposal.updateMany({
    where: { edition, code, contactId, state: { in: ["SUBMITTED", "WITHDRAWN"] } },
    data: { state: "WITHDRAWN" },
  });
  if (count === 0)
    throw new ImpossibleError("No proposal of this contact that can be withdrawn has that code.");
}

async function join(
  { edition, sealer }: Context,
  tx: Tx,
  contactId: string,
  { code, by }: Of<"joinCoDesign">,
): Promise<void> {
  const proposal = await tx.proposal.findFirst({
    where: { edition, code, state: { in: ["SUBMITTED", "ADMITTED"] } },
    select: { id: true },
  });
  if (proposal === null) throw new ImpossibleError("No proposal to be worked on has that code.");
  const proposalId = proposal.id;
  const sealed = sealer.seal(coDesignerOf(proposalId, contactId), by);
  await tx.coDesigner.upsert({
    where: { proposalId_contactId: { proposalId, contactId } },
    create: { proposalId, contactId, sealed },
    update: { sealed },
  });
}

async function offer(
  { sealer }: Context,
  tx: Tx,
  contactId: string,
  { code, frame, until }: Of<"offerDraft">,
): Promise<void> {
  await tx.offeredDraft.create({
    data: { lookup: lookupDraft(sealer, code), contactId, frame, until: new Date(until) },
  });
}

async function take(
  { sealer }: Context,
  tx: Tx,
  contactId: string,
  { code }: Of<"takeDraft">,
): Promise<void> {
  const lookup = lookupDraft(sealer, code);
  const offered = await tx.offeredDraft.findUnique({ where: { lookup } });
  // Deleting takes the row's lock: of two who type the code at once, one finds it gone.
  const { count } = await tx.offeredDraft.deleteMany({ where: { lookup, until: { gt: new Date() } } });
  if (offered === null || count === 0) throw new ImpossibleError("The draft was taken, or its time is over.");
  if (offered.contactId === contactId) return; // taken up where it was: the saved session has it

  await tx.$queryRaw`SELECT 1 FROM "Contact" WHERE id = ${offered.contactId}::uuid FOR NO KEY UPDATE`;
  const from = await tx.contact.findUnique({ where: { id: offered.contactId } });
  const saved = from?.session ? sealer.open(sessionOf(offered.contactId), from.session, session) : undefined;
  const isOther = ({ id }: { id: string }) => id !== offered.frame;
  if (saved === undefined || [...saved.active, ...saved.parked].every(isOther)) {
    throw new ImpossibleError("The draft was sent or thrown away meanwhile.");
  }
  const left = { ...saved, active: saved.active.filter(isOther), parked: saved.parked.filter(isOther) };
  await tx.contact.update({
    where: { id: offered.contactId },
    data: { session: sealer.seal(sessionOf(offered.contactId), left), version: { increment: 1 } },
  });
}

async function part(
  context: Context,
  tx: Tx,
  contactId: string,
  { channel, address }: Of<"partFrom">,
): Promise<void> {
  const { sealer } = context;
  // Whoever writes now did not ask for what the former owner of the address wanted to be told.
  await withdrawOn(context, tx, contactId, { channel, said: { by: "parted" } });
  const lookup = lookupAddress(sealer, channel, address);
  const { id } = await tx.contact.create({ data: {} });
  await tx.address.updateMany({ where: { channel, lookup, contactId }, data: { contactId: id } });
  // The farewell goes to who writes now.
  await tx.outbox.updateMany({ where: { contactId, lookup, state: "READY" }, data: { contactId: id } });
}
