import type { Database } from "./client.ts";

/** Which process does a job when it is due. */
export interface JobTurns {
  /**
   * Takes a job's turn where it is due, and puts the next one off by its interval: of all processes that
   * ask, one gets it. Whoever dies with a turn leaves the job undone until the next one. Time is the
   * database's, as the processes' own may differ.
   *
   * @returns whether the turn is the caller's, and in how many milliseconds the next one is due
   */
  take(name: string, everyMs: number): Promise<Turn>;
}

export interface Turn {
  readonly isOurs: boolean;
  readonly nextInMs: number;
}

export function createJobTurns({ pool }: Pick<Database, "pool">): JobTurns {
  return {
    async take(name, everyMs) {
      const { rows } = await pool.query<Turn>(
        `WITH taken AS (
           INSERT INTO "JobTurn" (name, "dueAt") VALUES ($1, now() + $2::float8 * interval '1 ms')
           ON CONFLICT (name) DO UPDATE SET "dueAt" = EXCLUDED."dueAt" WHERE "JobTurn"."dueAt" <= now()
           RETURNING "dueAt"
         )
         SELECT "isOurs", greatest(0, ceil(extract(epoch FROM "dueAt" - now()) * 1000))::float8 AS "nextInMs"
         FROM (
           SELECT true AS "isOurs", "dueAt" FROM taken
           UNION ALL
           SELECT false, "dueAt" FROM "JobTurn" WHERE name = $1 AND NOT EXISTS (SELECT FROM taken)
         ) AS turn`,
        [name, everyMs],
      );
      // Somebody else has made the row while we asked: it is not to be seen yet.
      return rows[0] ?? { isOurs: false, nextInMs: 0 };
    },
  };
}
