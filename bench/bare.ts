import pg from "pg";
import { percentiles } from "./print.ts";

/**
 * What a server can do at most: single-row inserts, each committed, by so many connections at once.
 *
 * @param url of a database that may get a table more
 */
export async function bareInserts(url: string, clients: number, total: number): Promise<BareFigures> {
  const pool = new pg.Pool({ connectionString: url, max: clients });
  const figures = await bareInsertsBy(pool, clients, total);
  await pool.end();
  return figures;
}

export interface BareFigures {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
}

/** As {@link bareInserts}, on a pool that is open already. */
export async function bareInsertsBy(pool: pg.Pool, clients: number, total: number): Promise<BareFigures> {
  await pool.query("CREATE TABLE IF NOT EXISTS bare (id bigserial PRIMARY KEY, body bytea NOT NULL)");
  const body = Buffer.alloc(300, 1);
  const text = "INSERT INTO bare (body) VALUES ($1)";
  async function round(inserts: number): Promise<BareFigures> {
    const times: number[] = [];
    let left = inserts;
    const began = performance.now();
    await Promise.all(
      Array.from({ length: clients }, async () => {
        while (left-- > 0) {
          const asked = performance.now();
          await pool.query({ name: "bare", text, values: [body] });
          times.push(performance.now() - asked);
        }
      }),
    );
    const perSecond = Math.round(inserts / ((performance.now() - began) / 1000));
    return { perSecond, ...percentiles(times) };
  }
  await round(clients * 10); // warm
  return round(total);
}
