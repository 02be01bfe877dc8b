import type { Proposal } from "../core/ports.ts";
import type { Prisma, ProposalState } from "./generated/client.ts";

export const STATE: Readonly<Record<ProposalState, Proposal["state"]>> = {
  SUBMITTED: "submitted",
  WITHDRAWN: "withdrawn",
  ADMITTED: "admitted",
  REFUSED: "refused",
};

/** With a proposal, what was said when it was decided, the latest last. */
export const decided = {
  notes: { where: { decision: { not: null } }, orderBy: { id: "asc" } },
} satisfies Prisma.ProposalInclude;

type Row = Omit<Prisma.ProposalGetPayload<{ include: typeof decided }>, "proponent">;

/** A row as core knows it. */
export function textOf(row: Row): Proposal {
  const { code, challenge, title, need, solution, reach, involved, place, cost, conflicts } = row;
  const because = row.notes.findLast(({ decision }) => decision === row.state)?.text;
  return {
    ...{ code, challenge, title, need, solution, reach, involved, place, cost, conflicts },
    state: STATE[row.state],
    ...(because && { because }),
  };
}
