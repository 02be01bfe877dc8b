import { timingSafeEqual } from "node:crypto";
import type { Effect } from "../../core/effects.ts";
import type { Context } from "../context.ts";
import type { Prisma } from "../generated/client.ts";
import { ImpossibleError } from "../impossible.ts";
import { lookupDigits } from "../places.ts";

/*
 * The digits that a page shows with a receipt and that its chat is told: then it is known that a vote
 * was cast for this chat, and not whose.
 */

type Tx = Prisma.TransactionClient;

const waiting = ({ edition }: Context, contactId: string) =>
  ({
    edition,
    contactId,
    digits: { not: null },
    triesLeft: { gt: 0 },
    until: { gt: new Date() },
  }) satisfies Prisma.BallotSessionWhereInput;

/** What digits that were typed in a chat are worth, and of which page they are. */
async function judge(context: Context, tx: Tx, contactId: string, digits: string) {
  const pages = await tx.ballotSession.findMany({ where: waiting(context, contactId) });
  const page = pages.find(
    ({ lookup, digits: digest }) =>
      digest !== null && timingSafeEqual(lookupDigits(context.sealer, lookup, digits), digest),
  );
  return { page, worth: page ? "right" : pages.length > 0 ? "wrong" : "none" } as const;
}

export async function findTie(context: Context, contactId: string, digits: string) {
  return (await judge(context, context.database.prisma, contactId, digits)).worth;
}

/** How many votes were told to this chat. */
export function countTies({ database: { prisma }, edition }: Context, contactId: string): Promise<number> {
  return prisma.ballotTie.count({ where: { edition, contactId } });
}

/**
 * Within the transaction of a turn, which keeps turns of one contact apart: each try is spent before
 * the person hears what it was worth.
 *
 * @throws {ImpossibleError} where the digits are no longer worth what the turn was told
 */
export async function tieBallot(
  context: Context,
  tx: Tx,
  contactId: string,
  { digits, found, on }: Extract<Effect, { kind: "tieBallot" }>,
): Promise<void> {
  const { edition } = context;
  const { page, worth } = await judge(context, tx, contactId, digits);
  if (worth !== found) throw new ImpossibleError("The digits were typed already, or their time is over.");
  if (page === undefined) {
    await tx.ballotSession.updateMany({
      where: waiting(context, contactId),
      data: { triesLeft: { decrement: 1 } },
    });
    return;
  }
  // Updating takes the row's lock: of two who type the digits, one finds them gone.
  const { count } = await tx.ballotSession.updateMany({
    where: { lookup: page.lookup, digits: page.digits },
    data: { digits: null },
  });
  if (count === 0) throw new ImpossibleError("The digits were typed already.");
  await tx.ballotTie.create({ data: { edition, contactId, tiedOn: new Date(on) } });
}
