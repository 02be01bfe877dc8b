import { type Frame, session } from "../core/engine/session.ts";
import type { Held } from "../core/held.ts";
import type { Conversations } from "../core/ports.ts";
import type { OwnProposal, Proposal } from "../core/proposals.ts";
import type { Found, StoredQuery } from "../core/queries.ts";
import type { BallotBox } from "../core/voting/ports.ts";
import { isGuest, lentBy } from "./assisted/lent.ts";
import { consentOf } from "./consents.ts";
import type { Context } from "./context.ts";
import { accompanyingHeld } from "./facilitators/held.ts";
import { findOfFacilitators } from "./facilitators/queries.ts";
import type { Prisma } from "./generated/client.ts";
import { persist } from "./hot.ts";
import { addressAt, coDesignerOf, lookupDraft, sessionOf, ticketOf } from "./places.ts";
import { decided, proponentIn, textOf } from "./proposals.ts";
import { ownQuestionnaires } from "./questionnaires.ts";
import { UnreadableError } from "./seal.ts";
import { address, proponent, writings } from "./shapes.ts";
import { ownTickets } from "./tickets.ts";
import { ownCityUsers } from "./voting/city-users.ts";
import { createResults } from "./voting/results.ts";
import { countTies, findTie } from "./voting/ties.ts";
import { findWishes, HOURS } from "./wishes.ts";

const latestFirst = {
  include: decided,
  orderBy: [{ createdAt: "desc" }, { id: "desc" }],
  take: 500,
} satisfies Prisma.ProposalFindManyArgs;

export function createFind(context: Context, ballotBox: BallotBox): Conversations["find"] {
  const { prisma } = context.database;
  const { sealer, edition } = context;
  const results = createResults(context);

  async function proposals(): Promise<readonly Proposal[]> {
    const rows = await prisma.proposal.findMany({
      ...latestFirst,
      where: { edition, state: { in: ["SUBMITTED", "ADMITTED"] } },
      omit: { proponent: true },
    });
    return rows.map(textOf);
  }

  async function ownProposals(where: Prisma.ProposalWhereInput): Promise<readonly OwnProposal[]> {
    const rows = await prisma.proposal.findMany({ ...latestFirst, where });
    return rows.map((row) => ({ ...textOf(row), by: proponentIn(sealer, row) }));
  }

  async function held(contactId: string): Promise<Held> {
    const contact = await prisma.contact.findUniqueOrThrow({
      where: { id: contactId },
      include: {
        addresses: true,
        reminders: true,
        consents: { orderBy: { id: "asc" } },
        received: { where: { queuedAt: { not: null } }, orderBy: { queuedAt: "asc" } },
        tickets: true,
        ties: true,
        coDesigning: { include: { proposal: true } },
      },
    });
    const guest = await isGuest(prisma, contactId);
    return {
      since: day(contact.createdAt),
      lastSeen: day(contact.lastSeenAt),
      // Where a guest writes from is somebody else's.
      addresses: (guest ? [] : contact.addresses).map(({ channel, lookup, sealed }) => ({
        channel,
        address: sealer.open(addressAt(lookup), sealed, address),
      })),
      proposals: await ownProposals({ contactId }),
      joined: contact.coDesigning.map(({ proposalId, sealed, proposal: { code, title } }) => ({
        code,
        title,
        by: sealer.open(coDesignerOf(proposalId, contactId), sealed, proponent),
      })),
      reminders: contact.reminders.map(({ phase }) => phase),
      notices: contact.received.map(({ campaignId, queuedAt }) => ({
        id: campaignId,
        on: day(queuedAt ?? contact.createdAt),
      })),
      hours: HOURS[contact.hours],
      ...(contact.comune !== null && { comune: contact.comune }),
      ...(contact.votedIn !== null && { votedIn: contact.votedIn }),
      consents: contact.consents.map(consentOf),
      ties: contact.ties.map(({ tiedOn }) => day(tiedOn)),
      tickets: contact.tickets.map((ticket) => ({
        number: ticket.number,
        written: sealer
          .open(ticketOf(ticket.edition, ticket.number), ticket.sealed, writings)
          .map(({ at, text }) => `${at.slice(0, 10)}: ${text}`),
      })),
      cityUsers: await ownCityUsers(context, { contactId }),
      questionnaires: await ownQuestionnaires(context, { contactId }),
      ...(await accompanyingHeld(context, contactId)),
    };
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

  /** A read changes nothing: one that a lost connection broke off is done again, and nobody is told of a defect. */
  function find<Q extends StoredQuery>(contactId: string, query: Q): Promise<Found<Q>>;
  function find(contactId: string, query: StoredQuery): Promise<Found<StoredQuery>> {
    return persist(
      () => look(contactId, query),
      (error) => !(error instanceof UnreadableError),
    );
  }

  async function look(contactId: string, query: StoredQuery): Promise<Found<StoredQuery>> {
    switch (query.kind) {
      case "proposals":
        return proposals();
      case "ownProposals":
        return ownProposals({ contactId, edition });
      case "ownTickets":
        return ownTickets(context, contactId);
      case "offeredDraft":
        return offeredDraft(query.code);
      case "ballotTie":
        return findTie(context, contactId, query.digits);
      case "ballotTies":
        return countTies(context, contactId);
      case "result":
        return (await results.read()) ?? null;
      case "ownCityUsers":
        return ownCityUsers(context, { contactId, edition });
      case "answeredQuestionnaires": {
        const rows = await prisma.questionnaireAnswer.findMany({
          where: { contactId, edition },
          select: { questionnaire: true },
        });
        return rows.map(({ questionnaire }) => questionnaire);
      }
      case "projects":
        return ballotBox.projects(query.today);
      case "wishes":
        return findWishes(context, contactId);
      case "held":
        return held(contactId);
      case "facilitator":
      case "invitation":
      case "accompaniment":
      case "ownAccompaniment":
      case "accompanied":
      case "handedOver":
      case "proposedAnswer":
        return findOfFacilitators(context, contactId, query);
      case "lent":
        return (await lentBy(prisma, contactId)).some(({ channel }) => channel === query.channel);
    }
  }
  return find;
}

const day = (date: Date): string => date.toISOString().slice(0, 10);
