import { Hono } from "hono";
import { z } from "zod";
import type { TemplateRegister } from "../core/campaigns/templates.ts";

const name = z.string().regex(/^[a-z0-9_]{1,512}$/);
const language = z.string().regex(/^[a-z]{2,3}(_[A-Z]{2})?$/);

/** What Meta thinks of the templates, and what was seen of it where it does not tell by itself. */
export function templateRoutes({
  templates,
  languages,
}: {
  readonly templates: TemplateRegister;
  /** Those that the edition speaks. */
  readonly languages: readonly string[];
}): Hono {
  const app = new Hono();
  app.get("/templates", async (c) => c.json({ languages, known: await templates.list() }));
  app.post("/templates/:name/:language/approved", async (c) => {
    const { name: of, language: spoken } = c.req.param();
    const one = { name: name.parse(of), language: language.parse(spoken), at: new Date() };
    await templates.note([{ ...one, state: "approved" }]);
    return c.json({ kind: "done", told: false });
  });
  return app;
}
