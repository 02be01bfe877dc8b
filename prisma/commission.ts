import type { BallotEntry, Bounds, Commission, Decision, JudgedProposal, Ruled } from "../core/desk.ts";
import type { BallotBox } from "../core/voting/ports.ts";
import type { Context } from "./context.ts";
import type { Prisma, ProposalState } from "./generated/client.ts";
import { tell } from "./notices.ts";
import { decided, proponentIn, STATE, textOf } from "./proposals.ts";
import type { Fixing } from "./voting/ballot-box.ts";
import { SHARED } from "./voting/lock.ts";
import { chatFor } from "./wishes.ts";

const STORED = { admitted: "ADMITTED", refused: "REFUSED" } as const satisfies Record<
  Decision,
  ProposalState
>;

/** @param fixing when the ballot is fixed, where there is one: from then on nothing is decided any more */
export function createCommission(context: Context, ballotBox: BallotBox, fixing?: Fixing): Commission {
  const { prisma } = context.database;
  const { edition, sealer } = context;

  /** Changes a proposal that is in one of the states, while the ballot is not fixed. */
  async function change(
    code: string,
    { from, to, ...entry }: Change,
    { today, budget }: Bounds,
    then: (tx: Prisma.TransactionClient, row: Changed) => Promise<boolean>,
  ): Promise<Ruled> {
    // Once the vote has begun, what stands on the ballot is what was admitted before this.
    await ballotBox.ballot(today);
    return prisma.$transaction(async (tx): Promise<Ruled> => {
      // Who fixes the ballot holds it alone: what is changed here is on it, or is refused.
      await tx.$executeRawUnsafe(`SELECT ${SHARED}`);
      const box = await tx.ballotBox.findUnique({ where: { edition }, select: { edition: true } });
      if (box) return { kind: "fixed", since: fixing?.from ?? today };
      const row = await tx.proposal.findFirst({ where: { edition, code }, select: changed });
      if (row === null) return { kind: "unknown" };
      const cost = entry.cost ?? row.finalCost ?? row.cost;
      if (to === "ADMITTED" && budget !== undefined && cost > budget)
        return { kind: "tooDear", cost, budget };
      // Updating takes the row's lock: of two who decide at once, one finds it decided.
      const { count } = await tx.proposal.updateMany({
        where: { id: row.id, state: { in: [...from] } },
        data: { state: to, ...onBallot(entry) },
      });
      if (count === 1) return { kind: "done", told: await then(tx, row) };
      const now = await tx.proposal.findUniqueOrThrow({ where: { id: row.id }, select: { state: true } });
      return { kind: "conflict", state: STATE[now.state] };
    });
  }

  return {
    async list() {
      const rows = await prisma.proposal.findMany({
        where: { edition },
        include: decided,
        orderBy: [{ createdAt: "asc" }, { id: "asc" }],
      });
      return rows.map((row): JudgedProposal => ({ ...textOf(row), sentAt: row.createdAt }));
    },
    async read(code) {
      const row = await prisma.proposal.findFirst({
        where: { edition, code },
        include: { notes: { orderBy: { id: "asc" } } },
      });
      if (row === null) return undefined;
      return {
        proposal: { ...textOf(row), sentAt: row.createdAt },
        onBallot: {
          ...(row.summary !== null && { summary: row.summary }),
          ...(row.finalCost !== null && { cost: row.finalCost }),
        },
        by: proponentIn(sealer, row),
        notes: row.notes.map(({ decision, text, createdAt }) => ({
          at: createdAt,
          ...(decision !== null && { decision: decision === "ADMITTED" ? "admitted" : "refused" }),
          ...(text !== null && { text }),
        })),
      };
    },
    decide(code, { decision, because, again, ...entry }, bounds, notice) {
      const to = STORED[decision];
      const from = (["SUBMITTED", "ADMITTED", "REFUSED"] as const).filter((state) =>
        again ? state !== to : state === "SUBMITTED",
      );
      return change(code, { from, to, ...entry }, bounds, async (tx, { id, title, contactId }) => {
        await tx.proposalNote.create({
          data: { proposalId: id, decision: to, ...(because !== undefined && { text: because }) },
        });
        if (contactId === null) return false;
        const chat = await chatFor(context, tx, contactId, "news");
        return chat !== undefined && tell(context, tx, contactId, notice(title), chat);
      });
    },
    describe: (code, entry, bounds) =>
      change(code, { from: ["ADMITTED"], to: "ADMITTED", ...entry }, bounds, async () => false),
    async note(code, text) {
      const row = await prisma.proposal.findFirst({ where: { edition, code }, select: { id: true } });
      if (row === null) return { kind: "unknown" };
      await prisma.proposalNote.create({ data: { proposalId: row.id, text } });
      return { kind: "done", told: false };
    },
  };
}

interface Change extends BallotEntry {
  /** The states in which it may be changed. */
  readonly from: readonly ProposalState[];
  readonly to: ProposalState;
}

const changed = {
  id: true,
  title: true,
  cost: true,
  finalCost: true,
  contactId: true,
} satisfies Prisma.ProposalSelect;
type Changed = Prisma.ProposalGetPayload<{ select: typeof changed }>;

const onBallot = ({ summary, cost }: BallotEntry) => ({
  ...(summary !== undefined && { summary }),
  ...(cost !== undefined && { finalCost: cost }),
});
