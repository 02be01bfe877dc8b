import type pg from "pg";
import type { Day } from "../../core/edition/calendar.ts";
import { chain, merkleRoot } from "../../core/voting/merkle.ts";
import type { Board } from "../../core/voting/ports.ts";
import type { Context } from "../context.ts";
import { dayOf } from "./voters.ts";

interface Page {
  readonly number: number;
  readonly day: Day;
  readonly chain: string;
}

/**
 * Adds a page to the board, within a transaction that has the box alone: of every envelope that was
 * mixed so far. Where none came since the last page there is nothing to add.
 */
export async function publishWithin(
  { edition }: Pick<Context, "edition">,
  client: pg.PoolClient,
  today: Day,
): Promise<void> {
  const last = await lastPage(client, edition);
  const { rows } = await client.query<{ receipt: string; page: number | null }>(
    `SELECT encode(id, 'hex') AS receipt, page FROM "Urn" WHERE edition = $1`,
    [edition],
  );
  if (rows.every(({ page }) => page !== null)) return;
  const number = (last?.number ?? 0) + 1;
  const root = merkleRoot(rows.map(({ receipt }) => receipt));
  await client.query(`UPDATE "Urn" SET page = $2 WHERE edition = $1 AND page IS NULL`, [edition, number]);
  await client.query(
    `INSERT INTO "BoardPage" (edition, number, day, receipts, root, chain)
     VALUES ($1, $2, $3, $4, decode($5, 'hex'), decode($6, 'hex'))`,
    [edition, number, today, rows.length, root, chain(last?.chain, today, root)],
  );
}

export async function lastPage(client: Pick<pg.Pool, "query">, edition: string): Promise<Page | undefined> {
  const { rows } = await client.query<Page>(
    `SELECT number, day::text, encode(chain, 'hex') AS chain FROM "BoardPage"
     WHERE edition = $1 ORDER BY number DESC LIMIT 1`,
    [edition],
  );
  return rows[0];
}

export async function readBoard({ database: { prisma }, edition }: Context): Promise<Board> {
  const pages = await prisma.boardPage.findMany({ where: { edition }, orderBy: { number: "asc" } });
  const urn = await prisma.urn.findMany({
    where: { edition, page: { lte: pages.at(-1)?.number ?? 0 } },
    select: { id: true },
    orderBy: { id: "asc" },
  });
  return {
    receipts: urn.map(({ id }) => hex(id)),
    pages: pages.map(({ number, day, receipts, root, chain }) => ({
      ...{ number, receipts },
      day: dayOf(day),
      root: hex(root),
      chain: hex(chain),
    })),
  };
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
