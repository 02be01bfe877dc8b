import { Hono } from "hono";
import { compress } from "hono/compress";
import type { BallotSessions } from "../../core/voting/ports.ts";
import { type Surroundings, votingHeaders, votingStyle } from "./shell.ts";

/** What the pages of the vote work with. */
export interface VotingOptions extends Surroundings {
  readonly sessions: BallotSessions;
}

/**
 * The pages of the vote, under `/voto`: signing in, the ballot, the register of city users, the
 * stations. Mount them where the edition has a ballot, and nowhere else.
 */
export function votingPages(_options: VotingOptions): Hono {
  const app = new Hono();
  app.use("/voto", votingHeaders, compress());
  app.use("/voto/*", votingHeaders, compress());
  app.get("/voto/voting.css", (c) =>
    c.body(votingStyle, 200, { "content-type": "text/css; charset=utf-8", "cache-control": "no-cache" }),
  );
  return app;
}
