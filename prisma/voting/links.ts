import { Defect } from "../../core/defect.ts";
import type { Effect } from "../../core/effects.ts";
import { session } from "../../core/engine/session.ts";
import type { BallotLinks, OpenedLink } from "../../core/voting/ports.ts";
import { isGuest } from "../assisted/lent.ts";
import type { Context } from "../context.ts";
import type { Prisma } from "../generated/client.ts";
import { lookupLink, sessionOf } from "../places.ts";

/** Writes the link that a chat is given; it takes the place of an earlier one to the same page. */
export async function openBallot(
  { edition, sealer }: Context,
  tx: Prisma.TransactionClient,
  contactId: string,
  { token, until, ...link }: Extract<Effect, { kind: "openBallot" }>,
): Promise<void> {
  const cityUser = link.cityUser ?? null;
  // No turn of a guest's leads here: whatever does all the same, nobody votes on somebody else's phone.
  if (cityUser === null && (await isGuest(tx, contactId))) throw new Defect("A guest was given a ballot.");
  await tx.ballotLink.deleteMany({ where: { edition, contactId, cityUser } });
  await tx.ballotLink.create({
    data: { lookup: lookupLink(sealer, token), edition, contactId, cityUser, until: new Date(until) },
  });
}

export function createLinks({ database: { prisma }, sealer, edition }: Context): BallotLinks {
  const live = (token: string) =>
    ({
      lookup: lookupLink(sealer, token),
      edition,
      until: { gt: new Date() },
    }) satisfies Prisma.BallotLinkWhereInput;

  async function peek(token: string): Promise<OpenedLink | undefined> {
    const row = await prisma.ballotLink.findFirst({
      where: live(token),
      include: { contact: { select: { session: true } } },
    });
    // Without a session there is no chat any more that the link could have been given to.
    if (!row?.contact.session) return undefined;
    const { contactId, cityUser } = row;
    const { language } = sealer.open(sessionOf(contactId), row.contact.session, session);
    return { contactId, language, ...(cityUser !== null && { cityUser }) };
  }

  return {
    peek,
    async take(token) {
      const opened = await peek(token);
      // Deleting takes the row's lock: of two who do, one finds it gone.
      const { count } = await prisma.ballotLink.deleteMany({ where: live(token) });
      return count === 1 ? opened : undefined;
    },
  };
}
