import { randomUUID } from "node:crypto";
import type { Day } from "../../core/edition/calendar.ts";
import type { AtStation } from "../../core/voting/stations.ts";
import type { Context } from "../context.ts";
import type { Prisma } from "../generated/client.ts";
import { lookupTaxCode } from "../places.ts";
import { codeColumns, dateOf, personColumns } from "./voters.ts";

type Tx = Prisma.TransactionClient;

/** Who was put on the roll, and whether that changed when they may vote. */
interface OnRoll {
  readonly voterId: string;
  readonly isNew: boolean;
}

/** Puts somebody who lives elsewhere on the roll, to vote at once. */
export async function putOnRoll(context: Context, tx: Tx, person: AtStation, today: Day): Promise<OnRoll> {
  const { edition, sealer } = context;
  const { name, surname, birth, taxCode } = person;
  const known = await enableKnown(context, tx, taxCode, today);
  if (known) return known;
  const id = randomUUID();
  await tx.voter.create({ data: personColumns(sealer, edition, id, { name, surname, birth }) });
  if (taxCode === undefined) return { voterId: id, isNew: true };
  const data = codeColumns(sealer, edition, id, [taxCode]);
  const { count } = await tx.voterCode.createMany({ data, skipDuplicates: true });
  if (count === 1) return { voterId: id, isNew: true };
  // Somebody else was quicker, and has committed: their row is seen now.
  await tx.voter.delete({ where: { id } });
  return putOnRoll(context, tx, person, today);
}

/** Somebody whose code is known; who asked for the register in the chat waits no longer. */
async function enableKnown(
  { edition, sealer }: Context,
  tx: Tx,
  taxCode: string | undefined,
  today: Day,
): Promise<OnRoll | undefined> {
  if (taxCode === undefined) return undefined;
  const lookup = lookupTaxCode(sealer, edition, taxCode);
  const code = await tx.voterCode.findUnique({ where: { edition_lookup: { edition, lookup } } });
  if (code === null) return undefined;
  const { voterId } = code;
  const { count } = await tx.voter.updateMany({
    where: { id: voterId, comune: null, enabledFrom: { gt: dateOf(today) } },
    data: { enabledFrom: null },
  });
  return { voterId, isNew: count === 1 };
}
