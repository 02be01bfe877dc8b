import { type Context, Hono } from "hono";
import { z } from "zod";
import { envelopeId } from "../core/voting/envelope.ts";
import { exportOf } from "../core/voting/export.ts";
import { merkleRoot } from "../core/voting/merkle.ts";
import { mismatch } from "../core/voting/published.ts";
import { result } from "../core/voting/result.ts";
import { turnoutOf } from "../core/voting/turnout.ts";
import type { Workplace } from "./workplace.ts";

const exporting = z.object({ unconfirmed: z.literal("1").exactOptional() });
const publishing = z.strictObject({ result, again: z.boolean().default(false) });

/** The end of the vote: closing the box, handing over what is counted offline, publishing the count. */
export function voteRoutes(
  workplace: Pick<
    Workplace,
    "edition" | "today" | "ballotBox" | "urns" | "tallies" | "results" | "stationVotes" | "wrote"
  >,
): Hono {
  const { edition, today, ballotBox, urns, tallies, results, stationVotes, wrote } = workplace;
  const rules = edition.vote?.ballot;
  const app = new Hono();

  app.get("/vote", async (c) => {
    const ballot = await ballotBox.ballot(today());
    const published = await results.read();
    return c.json({
      projects: ballot?.projects.length ?? 0,
      ...(ballot && { digest: ballot.digest }),
      ...(published && { publishedOn: published.on }),
      urns: await urns.status(),
      unconfirmed: (await tallies.paperTotals()).unconfirmed,
    });
  });

  app.post("/vote/close", async (c) => {
    const ballot = await ballotBox.ballot(today());
    const to = edition.vote?.online?.to;
    if (!ballot || to === undefined) return c.json({ kind: "noBallot" }, 409);
    if (today() <= to) return c.json({ kind: "stillOpen", to }, 409);
    const status = await urns.close(today(), stationVotes());
    wrote();
    return c.json({ kind: "closed", urns: status });
  });

  app.get("/vote/export", async (c) => {
    const { unconfirmed: goOn } = exporting.parse(c.req.query());
    const ballot = await ballotBox.ballot(today());
    if (!ballot?.closed) return c.json({ kind: "notClosed" }, 409);
    const { totals, unconfirmed } = await tallies.paperTotals();
    if (unconfirmed.length > 0 && !goOn) return c.json({ kind: "unconfirmed", unconfirmed }, 409);
    const envelopes = exportOf(edition, ballot, await urns.envelopes());
    return c.json({ kind: "export", envelopes, paper: totals });
  });

  app.post("/vote/publish", async (c) => {
    const { result: counted, again } = publishing.parse(await c.req.json());
    const ballot = await ballotBox.ballot(today());
    if (!ballot || !rules || !edition.budget) return c.json({ kind: "noBallot" }, 409);
    if (!ballot.closed) return c.json({ kind: "notClosed" }, 409);
    const status = await urns.status();
    const { totals } = await tallies.paperTotals();
    const wrong = mismatch(counted, {
      ...status,
      ballot,
      rules,
      budget: edition.budget.amount,
      root: merkleRoot((await urns.envelopes()).map(envelopeId)),
      envelopes: status.inUrn,
      slips: totals.reduce((sum, { ballots }) => sum + ballots, 0),
    });
    if (wrong) return c.json(wrong, 409);
    const before = await results.publish(
      {
        on: today(),
        projects: ballot.projects.map(({ code, title, cost, challenge }) => ({
          code,
          title,
          cost,
          challenge,
        })),
        result: counted,
        turnout: turnoutOf(status, rules, edition.vote?.paper !== undefined),
      },
      again,
    );
    return before ? c.json({ kind: "published", on: before.on }, 409) : done(c);
  });

  app.post("/vote/destroy", async (c) => {
    if (!(await results.read())) return c.json({ kind: "notPublished" }, 409);
    await results.destroy();
    return done(c);
  });

  return app;
}

const done = (c: Context) => c.json({ kind: "done", told: false });
