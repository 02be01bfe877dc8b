import { randomInt, randomUUID } from "node:crypto";
import type { Day } from "../../core/edition/calendar.ts";
import type { AtStation } from "../../core/voting/stations.ts";
import type { Context } from "../context.ts";
import type { Prisma } from "../generated/client.ts";
import { lookupTaxCode } from "../places.ts";
import { sealContent } from "./city-users.ts";
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
  const data = taxCode === undefined ? [] : codeColumns(sealer, edition, id, [taxCode]);
  const { count } = await tx.voterCode.createMany({ data, skipDuplicates: true });
  if (count < data.length) {
    // Another station was quicker, and has committed: its row is seen now.
    await tx.voter.delete({ where: { id } });
    return putOnRoll(context, tx, person, today);
  }
  await enterInRegister(context, tx, person, id, today);
  return { voterId: id, isNew: true };
}

/** A request that waited in the office for the same code is settled by it. */
async function enterInRegister(
  context: Context,
  tx: Tx,
  { name, surname, birth, link, taxCode }: AtStation,
  voterId: string,
  today: Day,
): Promise<void> {
  const { edition, sealer } = context;
  const enabled = { state: "ENABLED", voterId } as const;
  const lookup = taxCode === undefined ? null : lookupTaxCode(sealer, edition, taxCode);
  if (lookup !== null) {
    const where = { edition, lookup, state: "REQUESTED" } as const;
    const { count } = await tx.cityUser.updateMany({ where, data: enabled });
    if (count > 0) return;
  }
  for (;;) {
    const number = randomInt(10_000, 100_000);
    const sealed = sealContent(context, number, { name, surname, birth, link, where: "" });
    const row = { edition, number, sealed, lookup, requestedOn: dateOf(today), ...enabled };
    const { count } = await tx.cityUser.createMany({ data: row, skipDuplicates: true });
    // A number that is taken is drawn again.
    if (count === 1) return;
  }
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
