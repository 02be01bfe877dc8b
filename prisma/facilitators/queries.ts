import { session } from "../../core/engine/session.ts";
import type {
  Accompanied,
  AccompaniedPeople,
  Facilitator,
  FacilitatorFindings,
  FacilitatorQuery,
  HandedOver,
  Invitation,
  OfferedAccompaniment,
  OwnAccompaniment,
  Progress,
  ProposedAnswer,
} from "../../core/facilitators/ports.ts";
import type { Context } from "../context.ts";
import type { Accompaniment } from "../generated/client.ts";
import { handOverOf, lookupAccompaniment, lookupInvitation, sessionOf } from "../places.ts";
import { active, facilitatorIn, given, goingOn, staleBefore } from "./shapes.ts";
import { isResting } from "./tries.ts";

const LATEST = 10;

/** Reads what a turn asked for about facilitators and those whom they accompany. */
export async function findOfFacilitators(
  context: Context,
  contactId: string,
  query: FacilitatorQuery,
): Promise<FacilitatorFindings[FacilitatorQuery["kind"]]> {
  switch (query.kind) {
    case "facilitator":
      return ownFacilitator(context, contactId);
    case "invitation":
      return invitation(context, contactId, query.code);
    case "accompaniment":
      return offered(context, contactId, query.code);
    case "ownAccompaniment":
      return ownAccompaniment(context, contactId);
    case "accompanied":
      return accompanied(context, contactId);
    case "handedOver":
      return handedOver(context, contactId, query.id);
    case "proposedAnswer":
      return proposedAnswer(context, contactId, query.id);
  }
}

async function ownFacilitator(context: Context, contactId: string): Promise<Facilitator | null> {
  const row = await context.database.prisma.facilitator.findFirst({ where: active(context, contactId) });
  return (row && facilitatorIn(context, row)) ?? null;
}

async function invitation(context: Context, contactId: string, code: string): Promise<Invitation> {
  if (await isResting(context, contactId)) return { kind: "resting" };
  const { edition, database, sealer } = context;
  const row = await database.prisma.facilitator.findUnique({
    where: { code: lookupInvitation(sealer, code), edition, sealed: { not: null } },
  });
  if (row === null || (row.joinedAt === null && row.stoppedAt)) return { kind: "unknown" };
  return row.joinedAt ? { kind: "used" } : { kind: "good", until: row.until.toISOString() };
}

async function offered(context: Context, contactId: string, code: string): Promise<OfferedAccompaniment> {
  if (await isResting(context, contactId)) return { kind: "resting" };
  const { edition, database, sealer } = context;
  const row = await database.prisma.accompaniment.findUnique({
    where: { code: lookupAccompaniment(sealer, code), edition },
    include: { facilitator: true },
  });
  const by = row && facilitatorIn(context, row.facilitator);
  if (!row || !by || row.facilitator.stoppedAt) return { kind: "unknown" };
  if (row.facilitator.contactId === contactId) return { kind: "own" };
  if (await ownAccompaniment(context, contactId)) return { kind: "busy" };
  if (row.consentedAt || row.endedAt) return { kind: "used" };
  const { id, task, language } = row;
  return { kind: "good", until: row.until.toISOString(), id, by, task, language };
}

async function ownAccompaniment(context: Context, contactId: string): Promise<OwnAccompaniment | null> {
  const row = await context.database.prisma.accompaniment.findFirst({
    where: { ...goingOn, edition: context.edition, contactId },
    include: { facilitator: true },
  });
  const by = row && facilitatorIn(context, row.facilitator);
  return row?.consentedAt && by
    ? { id: row.id, by, task: row.task, since: row.consentedAt.toISOString() }
    : null;
}

async function accompanied(context: Context, contactId: string): Promise<AccompaniedPeople> {
  const { accompaniment } = context.database.prisma;
  const where = { facilitator: active(context, contactId), consentedAt: { not: null } };
  const [started, finished, rows] = await Promise.all([
    accompaniment.count({ where }),
    accompaniment.count({ where: { ...where, finishedAt: { not: null } } }),
    accompaniment.findMany({ where, orderBy: [{ consentedAt: "desc" }, { id: "asc" }], take: LATEST }),
  ]);
  const latest = rows.map((row, at) => summary(context, row, started - at));
  return { started, finished, latest: await Promise.all(latest) };
}

async function summary(context: Context, row: Accompaniment, number: number): Promise<Accompanied> {
  const { id, task, consentedAt, createdAt, finishedAt, endedAt, contactId } = row;
  const told = { id, number, task, since: (consentedAt ?? createdAt).toISOString() };
  if (finishedAt || endedAt || contactId === null)
    return { ...told, state: finishedAt ? "finished" : "ended" };
  const progress = await progressOf(context, contactId, task);
  return { ...told, state: "going", ...(progress && { progress }) };
}

/** Names of steps, and of one task alone: what was answered does not leave this function. */
async function progressOf(context: Context, contactId: string, task: string): Promise<Progress | undefined> {
  const { database, sealer } = context;
  const contact = await database.prisma.contact.findUnique({
    where: { id: contactId },
    select: { session: true },
  });
  if (!contact?.session) return undefined;
  const { active, parked } = sealer.open(sessionOf(contactId), contact.session, session);
  const frame = [...parked, ...active].findLast(({ flow }) => flow === task);
  if (!frame) return undefined;
  const isAside = parked.includes(frame);
  return { answered: Object.keys(frame.answers), asking: frame.asking, isAside };
}

async function handedOver(context: Context, contactId: string, id: string): Promise<HandedOver | null> {
  const row = await context.database.prisma.handOver.findFirst({
    where: {
      ...waiting(id),
      answeredAt: null,
      accompaniment: { ...goingOn, facilitator: active(context, contactId) },
    },
    include: { accompaniment: { include: { facilitator: true } } },
  });
  if (row === null) return null;
  const { facilitator, consentedAt } = row.accompaniment;
  const by = facilitatorIn(context, facilitator);
  return consentedAt && by ? { by, since: consentedAt.toISOString(), flow: row.flow, step: row.step } : null;
}

async function proposedAnswer(
  { database, sealer }: Context,
  contactId: string,
  id: string,
): Promise<ProposedAnswer | null> {
  const row = await database.prisma.handOver.findFirst({
    where: { ...waiting(id), accompaniment: { ...goingOn, contactId } },
  });
  if (!row?.sealed) return null;
  const { flow, step, frame } = row;
  return { flow, step, frame, given: sealer.open(handOverOf(id), row.sealed, given) };
}

/** Ids come from buttons, which anybody may have made. */
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const waiting = (id: string) => ({
  id: UUID.test(id) ? id : { in: [] },
  closedAt: null,
  createdAt: { gt: staleBefore(new Date()) },
});
