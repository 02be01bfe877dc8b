import type pg from "pg";

/** A PostgreSQL that answers, wherever it runs. */
export interface Source {
  readonly kind: "embedded" | "server";
  readonly pool: pg.Pool;
  close(): Promise<void>;
}
