import { type Frame, session } from "../core/engine/session.ts";
import type { Conversations, Found, Proposal, Query } from "../core/ports.ts";
import type { Context } from "./context.ts";
import type { Prisma, ProposalState } from "./generated/client.ts";
import { lookupDraft, sessionOf } from "./places.ts";

const MOST_PROPOSALS = 500;

const STATE: Readonly<Record<ProposalState, Proposal["state"]>> = {
  SUBMITTED: "submitted",
  WITHDRAWN: "withdrawn",
  ADMITTED: "admitted",
  REFUSED: "refused",
};

export function createFind({ database: { prisma }, sealer, edition }: Context): Conversations["find"] {
  async function proposals(where: Prisma.ProposalWhereInput): Promise<readonly Proposal[]> {
    const rows = await prisma.proposal.findMany({
      where: { edition, ...where },
      omit: { id: true, edition: true, contactId: true, proponent: true, createdAt: true, updatedAt: true },
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      take: MOST_PROPOSALS,
    });
    return rows.map((row) => ({ ...row, state: STATE[row.state] }));
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
  async function find(contactId: string, query: Query): Promise<Frame | null | readonly Proposal[]> {
    switch (query.kind) {
      case "proposals":
        return proposals({ state: { in: ["SUBMITTED", "ADMITTED"] } });
      case "ownProposals":
        return proposals({ contactId });
      case "offeredDraft":
        return offeredDraft(query.code);
    }
  }
  return find;
}
