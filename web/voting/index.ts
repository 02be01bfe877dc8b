import { Hono } from "hono";
import { compress } from "hono/compress";
import type { BallotRules } from "../../core/edition/schema.ts";
import type { BallotBox, BallotSessions, Casting, Roll } from "../../core/voting/ports.ts";
import { ballotPages } from "./ballot.ts";
import { knowBrowsers } from "./browser.ts";
import { type Surroundings, votingHeaders, votingStyle } from "./shell.ts";

/** What the pages of the vote work with. */
export interface VotingOptions extends Surroundings {
  readonly rules: BallotRules;
  readonly sessions: BallotSessions;
  readonly box: BallotBox;
  readonly roll: Roll;
  readonly casting: Casting;
}

/**
 * The pages of the vote, under `/voto`: signing in, the ballot, the register of city users, the
 * stations. Mount them where the edition has a ballot, and nowhere else.
 */
export function votingPages(options: VotingOptions): Hono {
  const app = new Hono();
  app.use("/voto", votingHeaders, compress());
  app.use("/voto/*", votingHeaders, compress());
  app.get("/voto/voting.css", (c) =>
    c.body(votingStyle, 200, { "content-type": "text/css; charset=utf-8", "cache-control": "no-cache" }),
  );
  const known = { ...options, browsers: knowBrowsers(options, options.sessions) };
  app.route("/", ballotPages(known));
  return app;
}
