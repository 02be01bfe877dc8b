import type { Proponent, Proposal } from "../core/proposals.ts";
import type { Prisma, ProposalState } from "./generated/client.ts";
import { proponentOf } from "./places.ts";
import type { Bytes, Sealer } from "./seal.ts";
import { proponent } from "./shapes.ts";

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

export type ProposalRow = Omit<Prisma.ProposalGetPayload<{ include: typeof decided }>, "proponent">;

/** A row as core knows it. */
export function textOf(row: ProposalRow): Proposal {
  const { code, challenge, title, need, solution, reach, involved, place, cost, conflicts } = row;
  const because = row.notes.findLast(({ decision }) => decision === row.state)?.text;
  return {
    ...{ code, challenge, title, need, solution, reach, involved, place, cost, conflicts },
    state: STATE[row.state],
    ...(because && { because }),
  };
}

/** Who sent a proposal; without a name where they were erased since. */
export const proponentIn = (
  sealer: Sealer,
  row: { readonly id: string; readonly proponent: Bytes | null },
): Proponent =>
  row.proponent === null
    ? { name: "", surname: "", email: "" }
    : sealer.open(proponentOf(row.id), row.proponent, proponent);
