import { Hono } from "hono";
import { compress } from "hono/compress";
import type { BallotBox, BallotSessions, Casting, Roll } from "../../core/voting/ports.ts";
import { ballotPages } from "./ballot.ts";
import { knowBrowsers } from "./browser.ts";
import { type RegisterOptions, registerPage } from "./register.ts";
import { votingHeaders, votingStyle } from "./shell.ts";
import { type SignInOptions, signIn } from "./sign-in/index.ts";
import { type StandInPerson, standInPage, standInProvider } from "./stand-in.ts";
import type { StationOptions } from "./station/counter.ts";
import { stationPages } from "./station/index.ts";

/** What the pages of the vote work with. */
export interface VotingOptions extends Omit<SignInOptions, "browsers">, RegisterOptions, StationOptions {
  readonly sessions: BallotSessions;
  readonly box: BallotBox;
  readonly roll: Roll;
  readonly casting: Casting;
  /** People who are made up, to sign in as: in a demonstration alone, where no provider is set up. */
  readonly standIns?: readonly StandInPerson[] | undefined;
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
  const { standIns, provider = standIns && standInProvider(standIns) } = options;
  const known = { ...options, provider, browsers: knowBrowsers(options, options.sessions) };
  app.route("/", signIn(known));
  if (standIns) app.route("/", standInPage(options, standIns));
  app.route("/", ballotPages(known));
  app.route("/", registerPage(options));
  app.route("/", stationPages(options));
  return app;
}
