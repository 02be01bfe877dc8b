import { type Context, Hono } from "hono";
import { z } from "zod";
import type { Bounds, Done, Ruled } from "../core/desk.ts";
import { campaignRoutes } from "./campaigns.ts";
import { cityUserRoutes } from "./city-users.ts";
import { facilitatorRoutes } from "./facilitators.ts";
import { missRoutes } from "./misses.ts";
import { makeNotices } from "./notices.ts";
import { questionnaireRoutes } from "./questionnaires.ts";
import { rollRoutes } from "./roll.ts";
import { stationRoutes } from "./stations.ts";
import { templateRoutes } from "./templates.ts";
import { voteRoutes } from "./vote.ts";
import type { Workplace } from "./workplace.ts";

/** Longer than anybody reads in a chat, shorter than what platforms refuse to carry. */
const words = z.string().trim().min(1).max(3000);
const optional = words.exactOptional();
const number = z.coerce.number().int().positive();
const code = z.string().trim().toUpperCase();

const answering = z.strictObject({ text: words, again: z.boolean().default(false) });
const closing = z.strictObject({ because: optional });
/** What stands on the ballot of a proposal. */
const entry = {
  summary: optional,
  cost: z.int("write whole euros").positive("write whole euros").exactOptional(),
};
const admitting = z.strictObject({ because: optional, again: z.boolean().default(false), ...entry });
const describing = z.strictObject(entry);
const refusing = z.strictObject({ because: words, again: z.boolean().default(false) });
const noting = z.strictObject({ text: words });

/**
 * What the office does, over what is kept: JSON in and out. It asks nobody who they are: whoever
 * mounts it sees to that (a socket in the data directory is its owner's alone).
 *
 * 200 done, 400 what was sent is not understood, 404 unknown, 409 somebody else was there before.
 */
export function createOffice(workplace: Workplace): Hono {
  const { desk, edition, today, words, wrote, failed } = workplace;
  const { tickets, commission } = desk;
  const notices = makeNotices(words);
  const app = new Hono();

  app.get("/tickets", async (c) => c.json(await tickets.list(c.req.query("all") === "1")));
  app.get("/tickets/:number", async (c) => {
    const ticket = await tickets.read(number.parse(c.req.param("number")));
    return ticket ? c.json(ticket) : c.json({ kind: "unknown" }, 404);
  });
  app.post("/tickets/:number/answer", async (c) => {
    const at = number.parse(c.req.param("number"));
    const { text, again } = answering.parse(await c.req.json());
    return settled(c, await tickets.answer(at, text, again, notices.answered(at, text)));
  });
  app.post("/tickets/:number/close", async (c) => {
    const at = number.parse(c.req.param("number"));
    const { because: text } = closing.parse(await c.req.json());
    const said = text === undefined ? undefined : { text, notice: notices.closed(at, text) };
    return settled(c, await tickets.close(at, said));
  });

  app.get("/proposals", async (c) => c.json(await commission.list()));
  app.get("/proposals/:code", async (c) => {
    const file = await commission.read(code.parse(c.req.param("code")));
    return file ? c.json(file) : c.json({ kind: "unknown" }, 404);
  });
  for (const [path, decision, body] of [
    ["admit", "admitted", admitting],
    ["refuse", "refused", refusing],
  ] as const) {
    app.post(`/proposals/:code/${path}`, async (c) => {
      const at = code.parse(c.req.param("code"));
      const ruling = { decision, ...body.parse(await c.req.json()) };
      return ruled(
        c,
        await commission.decide(at, ruling, bounds(), notices.judged(at, decision, ruling.because)),
      );
    });
  }
  app.post("/proposals/:code/describe", async (c) => {
    const at = code.parse(c.req.param("code"));
    return ruled(c, await commission.describe(at, describing.parse(await c.req.json()), bounds()));
  });
  app.post("/proposals/:code/note", async (c) => {
    const { text } = noting.parse(await c.req.json());
    return settled(c, await commission.note(code.parse(c.req.param("code")), text));
  });

  const bounds = (): Bounds => ({
    today: today(),
    ...(edition.budget && { budget: edition.budget.amount }),
  });

  function ruled(c: Context, done: Ruled) {
    return done.kind === "fixed" || done.kind === "tooDear" ? c.json(done, 409) : settled(c, done);
  }

  function settled<State>(c: Context, done: Done<State>) {
    if (done.kind === "unknown") return c.json(done, 404);
    if (done.kind === "conflict") return c.json(done, 409);
    if (done.told) wrote();
    return c.json(done);
  }

  app.route("/", rollRoutes(workplace));
  app.route("/", cityUserRoutes(workplace));
  app.route("/", stationRoutes(workplace));
  app.route("/", voteRoutes(workplace));
  app.route("/", missRoutes(workplace));
  app.route("/", questionnaireRoutes(workplace));
  app.route("/", templateRoutes({ templates: workplace.campaignDesk.templates, languages: words.languages }));
  app.route("/", campaignRoutes(workplace));
  app.route("/", facilitatorRoutes(workplace));
  app.notFound((c) => c.json({ kind: "unknown" }, 404));
  app.onError((error, c) => {
    if (error instanceof z.ZodError) {
      return c.json({ kind: "misunderstood", problem: z.prettifyError(error) }, 400);
    }
    if (error instanceof SyntaxError) return c.json({ kind: "misunderstood", problem: "not JSON" }, 400);
    failed(error);
    return c.json({ kind: "failed" }, 500);
  });
  return app;
}
