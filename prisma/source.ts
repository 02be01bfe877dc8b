import type pg from "pg";

/** A PostgreSQL that answers, wherever it runs. */
export interface Source {
  readonly kind: "embedded" | "server";
  readonly pool: pg.Pool;
  /** Whether surely no other process of ours has this database open; to be sure may take some seconds. */
  isAlone(): Promise<boolean>;
  close(): Promise<void>;
}

/** What holds for every session. */
export const SESSION_SETTINGS: Readonly<Record<string, string>> = {
  // Prisma's adapter reads and writes instants as if the session were in UTC.
  TimeZone: "UTC",
  // Plans of prepared statements are made while the tables are still empty, and kept: without this
  // they read whole tables, and what died in the indexes of what waits, long after these have grown
  // (saving 64 turns took 13 ms instead of 5 after 20,000 messages, and ever more). Every query here
  // goes by a key; those few that must read a whole table still do.
  enable_seqscan: "off",
  enable_bitmapscan: "off",
  jit: "off",
};
