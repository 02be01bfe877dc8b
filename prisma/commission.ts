import type { Commission, Decision, Done, JudgedProposal } from "../core/desk.ts";
import type { Proposal } from "../core/ports.ts";
import type { Context } from "./context.ts";
import type { ProposalState } from "./generated/client.ts";
import { tell } from "./notices.ts";
import { decided, proponentIn, STATE, textOf } from "./proposals.ts";

const STORED = { admitted: "ADMITTED", refused: "REFUSED" } as const satisfies Record<
  Decision,
  ProposalState
>;

export function createCommission(context: Context): Commission {
  const { prisma } = context.database;
  const { edition, sealer } = context;

  async function stateOf(code: string): Promise<Done<Proposal["state"]>> {
    const row = await prisma.proposal.findFirst({ where: { edition, code }, select: { state: true } });
    return row ? { kind: "conflict", state: STATE[row.state] } : { kind: "unknown" };
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
        by: proponentIn(sealer, row),
        notes: row.notes.map(({ decision, text, createdAt }) => ({
          at: createdAt,
          ...(decision !== null && { decision: decision === "ADMITTED" ? "admitted" : "refused" }),
          ...(text !== null && { text }),
        })),
      };
    },
    async decide(code, decision, because, again, notice) {
      const to = STORED[decision];
      const from = (["SUBMITTED", "ADMITTED", "REFUSED"] as const).filter((state) =>
        again ? state !== to : state === "SUBMITTED",
      );
      const done = await prisma.$transaction(async (tx): Promise<Done<Proposal["state"]> | undefined> => {
        // Updating takes the row's lock: of two who decide at once, one finds it decided.
        const { count } = await tx.proposal.updateMany({
          where: { edition, code, state: { in: [...from] } },
          data: { state: to },
        });
        if (count === 0) return undefined;
        const { id, title, contactId } = await tx.proposal.findUniqueOrThrow({ where: { code } });
        await tx.proposalNote.create({
          data: { proposalId: id, decision: to, ...(because !== undefined && { text: because }) },
        });
        const told = contactId !== null && (await tell(context, tx, contactId, notice(title)));
        return { kind: "done", told };
      });
      return done ?? stateOf(code);
    },
    async note(code, text) {
      const row = await prisma.proposal.findFirst({ where: { edition, code }, select: { id: true } });
      if (row === null) return { kind: "unknown" };
      await prisma.proposalNote.create({ data: { proposalId: row.id, text } });
      return { kind: "done", told: false };
    },
  };
}
