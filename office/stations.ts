import { Hono } from "hono";
import { z } from "zod";
import type { Day } from "../core/edition/calendar.ts";
import type { Edition } from "../core/edition/schema.ts";
import { reconcile } from "../core/voting/reconcile.ts";
import { misfits } from "../core/voting/tally.ts";
import { isVoting } from "../core/voting/window.ts";
import type { Workplace } from "./workplace.ts";

const name = z.string().trim().min(1).max(60);
const person = z.string().trim().min(3).max(80);
const day = z.iso.date();
const whole = z.int().nonnegative().max(1_000_000);

const opening = z.strictObject({ name, staff: z.tuple([person, person]), day: day.exactOptional() });
const onDay = z.strictObject({ day: day.exactOptional() });
const entering = z.strictObject({
  day,
  by: person,
  ballots: whole,
  blank: whole,
  null: whole,
  votes: z.record(z.string(), whole),
  again: z.boolean().default(false),
});

/** Stations of the vote, the slips counted in booths, and whether all that matches. */
export function stationRoutes({
  edition,
  today,
  pages,
  stations,
  tallies,
  ballotBox,
  urns,
}: Pick<Workplace, "edition" | "today" | "pages" | "stations" | "tallies" | "ballotBox" | "urns">): Hono {
  const app = new Hono();

  app.get("/stations", async (c) => c.json(await stations.list()));
  app.post("/stations", async (c) => {
    const { name: given, staff, day: asked = today() } = opening.parse(await c.req.json());
    const obstacle = obstacleTo(edition, given, asked, today());
    if (obstacle) return c.json(obstacle, 409);
    const opened = await stations.open({ name: given, day: asked, staff });
    if (opened.kind === "exists") return c.json(opened, 409);
    const path = `/voto/seggio/attiva/${opened.token}`;
    return c.json({ kind: "opened", day: asked, link: pages(path) ?? path, pins: opened.pins });
  });
  app.post("/stations/:name/revoke", async (c) => {
    const { day: asked = today() } = onDay.parse(await c.req.json());
    const isRevoked = await stations.revoke({ name: c.req.param("name"), day: asked });
    return isRevoked ? c.json({ kind: "revoked", day: asked }) : c.json({ kind: "unknown" }, 404);
  });
  app.get("/stations/:name/ledger", async (c) => {
    const { day: asked = today() } = onDay.parse(c.req.query());
    const ledger = await stations.ledger({ name: c.req.param("name"), day: asked });
    return ledger ? c.json(ledger) : c.json({ kind: "unknown" }, 404);
  });

  app.post("/stations/:name/tally", async (c) => {
    const { day: asked, by, again, ...count } = entering.parse(await c.req.json());
    const [ballot, rules] = [await ballotBox.ballot(today()), edition.vote?.ballot];
    if (!ballot || !rules) return c.json({ kind: "noBallot" }, 409);
    const wrong = misfits(count, rules, ballot.projects, edition.budget?.amount);
    if (wrong.length > 0) return c.json({ kind: "misfits", misfits: wrong }, 409);
    const entered = await tallies.enter({ station: c.req.param("name"), day: asked, by, count, again });
    if (entered.kind === "unknown") return c.json(entered, 404);
    return c.json(entered, entered.kind === "entered" ? 200 : 409);
  });
  app.get("/tallies", async (c) => c.json(await tallies.list()));
  app.get("/reconciliation", async (c) =>
    c.json(reconcile(await stations.list(), await tallies.list(), await urns.status())),
  );
  return app;
}

/** Why there can be no station of that name that day. */
function obstacleTo(edition: Edition, given: string, asked: Day, now: Day) {
  const { ballot, stations = [] } = edition.vote ?? {};
  if (!ballot) return { kind: "noBallot" } as const;
  const ids = stations.map(({ id }) => id);
  if (ids.length > 0 && !ids.includes(given)) return { kind: "noSuchName", names: ids } as const;
  const isUsed =
    isVoting(edition, "paper", asked) || (ballot.routes.station && isVoting(edition, "online", asked));
  return asked < now || !isUsed ? ({ kind: "noVoteThatDay", day: asked } as const) : undefined;
}
