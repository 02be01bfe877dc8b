import { randomUUID } from "node:crypto";
import type { Database } from "./client.ts";
import type { Sealer } from "./seal.ts";

/** A row that cannot be read any more, and was set aside so that the others go on. */
export interface Unreadable {
  readonly table: string;
  readonly id: string;
  /** The id under which the row and the log name this failure. */
  readonly failure: string;
  readonly error: Error;
}

/** What the stores work with. */
export interface Context {
  readonly database: Database;
  readonly sealer: Sealer;
  /** The edition whose proposals and reminders these are. */
  readonly edition: string;
  /** Those that it speaks, the main one first; absent: none that is known. */
  readonly languages?: readonly string[];
  readonly report: (problem: Unreadable) => void;
}

export function unreadable(table: string, id: { toString(): string }, error: Error): Unreadable {
  return { table, id: id.toString(), failure: randomUUID(), error };
}
