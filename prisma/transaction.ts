import type pg from "pg";
import { persist } from "./hot.ts";

/**
 * Runs a transaction of statements that go to `pg` directly. Where PostgreSQL undid it in favour of
 * another process, it is done again.
 *
 * @param begin what it begins with, such as taking a lock
 * @param keep whether what was done is to be committed
 */
export function transaction<T>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<T>,
  { begin = "BEGIN", keep = () => true }: { begin?: string; keep?: (result: T) => boolean } = {},
): Promise<T> {
  return persist(async () => {
    const client = await pool.connect();
    let broken = false;
    try {
      await client.query(begin);
      const result = await work(client);
      await client.query(keep(result) ? "COMMIT" : "ROLLBACK");
      return result;
    } catch (error) {
      await client.query("ROLLBACK").catch(() => {
        broken = true;
      });
      throw error;
    } finally {
      client.release(broken);
    }
  });
}
