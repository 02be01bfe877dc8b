import { Hono } from "hono";
import type { Workplace } from "./workplace.ts";

/** Sentences that were not understood: to be listed, and dropped once they are labelled or worth nothing. */
export function missRoutes({ desk: { misses } }: Pick<Workplace, "desk">): Hono {
  const app = new Hono();
  app.get("/misses", async (c) => c.json(await misses.list(c.req.query("language"))));
  app.post("/misses/:id/drop", async (c) =>
    (await misses.drop(c.req.param("id")))
      ? c.json({ kind: "done", told: false })
      : c.json({ kind: "unknown" }, 404),
  );
  return app;
}
