import type { BallotRules } from "../../core/edition/schema.ts";
import type { BallotBox, BallotSessions, Casting, Roll } from "../../core/voting/ports.ts";
import type { Browsers } from "./browser.ts";
import type { Surroundings } from "./shell.ts";

/** What the ballot and its casting work with. */
export interface BallotOptions extends Surroundings {
  readonly rules: BallotRules;
  readonly browsers: Browsers;
  readonly box: BallotBox;
  readonly roll: Pick<Roll, "read">;
  readonly casting: Pick<Casting, "cast" | "again">;
  readonly sessions: Pick<BallotSessions, "voted">;
}
