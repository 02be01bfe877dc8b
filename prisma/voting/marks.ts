import type { Route } from "../../core/voting/ports.ts";
import type { Context } from "../context.ts";
import type { Mark, Prisma } from "../generated/client.ts";
import { SHARED } from "./lock.ts";

/** How a route is written down on the roll, until the mixer makes all of them `ONLINE`. */
export const MARK = { spid: "SPID", code: "CODE", station: "STATION" } as const satisfies Record<Route, Mark>;
export type RouteMark = (typeof MARK)[Route];

export const ROUTE: Readonly<Record<RouteMark, Route>> = { SPID: "spid", CODE: "code", STATION: "station" };

type Tx = Prisma.TransactionClient;

/**
 * Marks somebody who votes on paper, within the transaction of what else is written of it: by the same
 * condition as casting does, so that of a booth and a browser at once one gets through.
 *
 * @returns whether they are marked now; `false` where they had voted
 */
export const markOnPaper = (context: Context, tx: Tx, voterId: string): Promise<boolean> =>
  change(context, tx, voterId, null, "PAPER");

/** Takes such a mark back. @returns whether there was one */
export const unmarkOnPaper = (context: Context, tx: Tx, voterId: string): Promise<boolean> =>
  change(context, tx, voterId, "PAPER", null);

async function change({ edition }: Context, tx: Tx, id: string, from: Mark | null, to: Mark | null) {
  await tx.$executeRawUnsafe(`SELECT ${SHARED}`);
  const { count } = await tx.voter.updateMany({ where: { edition, id, mark: from }, data: { mark: to } });
  return count === 1;
}
