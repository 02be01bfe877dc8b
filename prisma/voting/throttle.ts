import type { Database } from "../client.ts";
import { run, type Statement } from "../hot.ts";
import type { Bytes } from "../seal.ts";

/** How often something was done in the window that is running, and when that ends. */
export interface Counted {
  readonly count: number;
  readonly until: Date;
}

/** A window begins with the first that is counted in it. */
const COUNT: Statement = {
  name: "throttle-count",
  text: `
    INSERT INTO "Throttle" AS held (key, count, until)
    VALUES ($1, $2::int, $3::timestamptz + interval '1 hour')
    ON CONFLICT (key) DO UPDATE SET
      count = CASE WHEN held.until <= $3 THEN 0 ELSE held.count END + excluded.count,
      until = CASE WHEN held.until <= $3 THEN excluded.until ELSE held.until END
    RETURNING count, until`,
};

const READ: Statement = {
  name: "throttle-read",
  text: `SELECT count, until FROM "Throttle" WHERE key = $1 AND until > $2::timestamptz`,
};

/** Counts so many more, in one statement: of many who count at once, each gets a figure of its own. */
export async function count({ pool }: Database, key: Bytes, more: 0 | 1, now: Date): Promise<Counted> {
  const [counted] = await run<{ count: number; until: Date }>(pool, COUNT, [key, more, now]);
  if (!counted) throw new Error("What is counted came back without its figure.");
  return counted;
}

export async function countedSoFar({ pool }: Database, key: Bytes, now: Date): Promise<Counted> {
  const [counted] = await run<{ count: number; until: Date }>(pool, READ, [key, now]);
  return counted ?? { count: 0, until: now };
}
