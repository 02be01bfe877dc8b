import { z } from "zod";
import { type Figures, figures } from "./stage.ts";

/** A platform that is played. */
export interface Played {
  /** What the assistant is told of it. */
  readonly env: Readonly<Record<string, string>>;
  /** Lets people write. */
  begin(): void;
  /** Lets people finish, and tells what there was to see. */
  report(): Promise<Figures>;
  close(): Promise<void>;
}

/** What its program is asked for. */
export const wish = z.enum(["begin", "report"]);
export type Wish = z.infer<typeof wish>;

/** What its program tells. */
export const told = z.union([z.object({ env: z.record(z.string(), z.string()) }), z.object({ figures })]);
