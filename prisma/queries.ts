import { type Frame, session } from "../core/engine/session.ts";
import type { Conversations, Found, OwnTicket, Proposal, Query } from "../core/ports.ts";
import type { Context } from "./context.ts";
import type { Prisma } from "./generated/client.ts";
import { lookupDraft, sessionOf } from "./places.ts";
import { decided, textOf } from "./proposals.ts";
import { ownTickets } from "./tickets.ts";

const MOST_PROPOSALS = 500;

export function createFind(context: Context): Conversations["find"] {
  const { prisma } = context.database;
  const { sealer, edition } = context;

  async function proposals(where: Prisma.ProposalWhereInput): Promise<readonly Proposal[]> {
    const rows = await prisma.proposal.findMany({
      where: { edition, ...where },
      omit: { proponent: true },
      include: decided,
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      take: MOST_PROPOSALS,
    });
    return rows.map(textOf);
  }

  async function offeredDraft(code: string): Promise<Frame | null> {
    const offered = await prisma.offeredDraft.findUnique({
      where: { lookup: lookupDraft(sealer, code), until: { gt: new Date() } },
      include: { contact: { select: { session: true } } },
    });
    if (offered === null || offered.contact.session === null) return null;
    const { active, parked } = sealer.open(sessionOf(offered.contactId), offered.contact.session, session);
    return [...active, ...parked].find(({ id }) => id === offered.frame) ?? null;
  }

  function find<Q extends Query>(contactId: string, query: Q): Promise<Found<Q>>;
  async function find(
    contactId: string,
    query: Query,
  ): Promise<Frame | null | readonly Proposal[] | readonly OwnTicket[]> {
    switch (query.kind) {
      case "proposals":
        return proposals({ state: { in: ["SUBMITTED", "ADMITTED"] } });
      case "ownProposals":
        return proposals({ contactId });
      case "ownTickets":
        return ownTickets(context, contactId);
      case "offeredDraft":
        return offeredDraft(query.code);
    }
  }
  return find;
}
