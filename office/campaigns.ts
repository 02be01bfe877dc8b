import { setImmediate } from "node:timers/promises";
import { type Context, Hono } from "hono";
import { z } from "zod";
import { automaticCampaigns } from "../core/campaigns/automatic.ts";
import type { Campaign } from "../core/campaigns/campaign.ts";
import { campaignOf, messageOf } from "../core/campaigns/message.ts";
import type { KeptCampaign, Moved } from "../core/campaigns/ports.ts";
import { type Preview, previewOf } from "../core/campaigns/preview.ts";
import { readWritten } from "../core/campaigns/written.ts";
import { instantOf } from "../core/edition/events.ts";
import { looksOf } from "./campaign-looks.ts";
import type { Workplace } from "./workplace.ts";

const name = z.string().trim().min(2, "write the name of who does it").max(80);
/** Clocks of the edition. */
const at = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d[ T]([01]\d|2[0-3]):[0-5]\d$/, "write a time as 2026-10-05 09:00")
  .exactOptional();
const sending = z.strictObject({ by: name, at });
const approving = z.strictObject({ by: name });
const testing = z.strictObject({ code: z.string().trim().toUpperCase() });
const previewing = z.object({ at });

/** A campaign that is kept, or that the calendar will make. */
interface Found {
  readonly campaign: Campaign;
  readonly kept?: KeptCampaign;
}

/** Messages to many: written, previewed, tried, sent, followed and stopped. */
export function campaignRoutes({ campaignDesk, edition, words, wrote }: CampaignWorkplace): Hono {
  const { campaigns, rules, templates, now } = campaignDesk;
  const { approvalAbove, whatsapp } = edition.reminders;
  const app = new Hono();

  async function find(id: string): Promise<Found | undefined> {
    const kept = await campaigns.read(id);
    const plan = kept?.plan ?? automaticCampaigns(edition).get(id);
    return plan && { campaign: campaignOf(plan, words), ...(kept && { kept }) };
  }

  const instant = (clock: string | undefined): Date | undefined =>
    clock === undefined ? undefined : instantOf(clock.replace("T", " "), edition.timeZone);

  /** By the category that the platform has its template under, the dearer one where languages differ. */
  async function priceOf({ plan: { template } }: Campaign): Promise<typeof whatsapp.price> {
    const { price } = whatsapp;
    if (!price || !template) return price;
    const told = (await templates.list()).flatMap(({ name, category }) =>
      name === template.name && category !== undefined ? [category] : [],
    );
    const known = told.length > 0 ? told : [campaignDesk.templateCategory(template.name)];
    if (!known.includes("MARKETING")) return price;
    return price.perMarketing === undefined ? undefined : { ...price, perTemplate: price.perMarketing };
  }

  /** As it will be when it begins: not before its time, nor before now. */
  async function foreseen(id: string, { campaign, kept }: Found, begins?: Date): Promise<Preview> {
    const from = [begins ?? kept?.startsAt, new Date(campaign.plan.from)].reduce<Date>(
      (last, one) => (one && one > last ? one : last),
      now(),
    );
    const dailyLimit = await campaignDesk.dailyLimit();
    return previewOf(campaigns.everybody(id, campaign, from), {
      ...{ campaign, rules, dailyLimit, from, price: await priceOf(campaign), breathe: setImmediate },
      approved: await templates.approved(),
      templatesLeft: await campaigns.templatesLeft(dailyLimit, from),
    });
  }

  app.get("/campaigns", async (c) => {
    const kept = await campaigns.list();
    const known = new Set(kept.map(({ id }) => id));
    const ahead = [...automaticCampaigns(edition)]
      .filter(([id, { until }]) => !known.has(id) && new Date(until) > now())
      .map(([id, { from, until }]) => ({ id, state: "calendar", automatic: true, from, until }));
    return c.json([
      ...kept.map(({ id, state, automatic, startsAt, plan }) => ({
        ...{ id, state, automatic, until: plan.until },
        from: startsAt?.toISOString() ?? plan.from,
      })),
      ...ahead.sort((one, other) => (one.from < other.from ? -1 : 1)),
    ]);
  });

  app.post("/campaigns", async (c) => {
    const read = readWritten(await c.req.json(), { ...campaignDesk, edition, words, now: now() });
    if (!read.ok) return c.json({ kind: "mistakes", mistakes: read.mistakes }, 409);
    if (await campaigns.write(read.id, read.plan)) return c.json({ kind: "written", id: read.id });
    return c.json({ kind: "sent", id: read.id }, 409);
  });

  app.get("/campaigns/:id", async (c) => {
    const id = c.req.param("id");
    const found = await find(id);
    if (!found) return unknown(c);
    const { kept, campaign } = found;
    const { from, until } = campaign.plan;
    if (!kept) return c.json({ kind: "calendar", id, from, until });
    const { state, automatic, sentBy, approvedBy, startsAt, endedAt } = kept;
    const about = { id, state, automatic, sentBy, approvedBy, startsAt, endedAt, until };
    return c.json({ kind: "kept", ...about, progress: await campaigns.progress(id) });
  });

  app.get("/campaigns/:id/preview", async (c) => {
    const id = c.req.param("id");
    const found = await find(id);
    if (!found) return unknown(c);
    const preview = await foreseen(id, found, instant(previewing.parse(c.req.query()).at));
    const limit = await campaignDesk.dailyLimit();
    const { template } = found.campaign.plan;
    const standing = template ? (await templates.list()).filter((one) => one.name === template.name) : [];
    return c.json({
      ...{ kind: "preview", id, state: found.kept?.state ?? "calendar", preview },
      dailyLimit: Number.isFinite(limit) ? limit : null,
      ...(template && { template: template.name }),
      standing: standing.map(({ language, state, reason }) => ({ language, state, reason })),
      approval: found.kept?.automatic === false && preview.gets > approvalAbove,
      approvalAbove,
      looks: looksOf(found.campaign, preview.ways, words, campaignDesk),
    });
  });

  app.post("/campaigns/:id/test", async (c) => {
    const found = await find(c.req.param("id"));
    if (!found) return unknown(c);
    const { campaign } = found;
    const { code } = testing.parse(await c.req.json());
    const approved = await templates.approved();
    const chat = await campaigns.tests.send(code, (_channel, asked) => {
      const [main = asked] = campaign.languages;
      const language = campaign.languages.includes(asked) ? asked : main;
      return messageOf(campaign, { language, simple: false }, words, approved);
    });
    if (!chat) return c.json({ kind: "noChat" }, 409);
    wrote();
    return c.json({ kind: "tried", ...chat });
  });

  app.post("/campaigns/:id/send", async (c) => {
    const id = c.req.param("id");
    const { by, at: clock } = sending.parse(await c.req.json());
    const found = await find(id);
    if (!found) return unknown(c);
    const begins = instant(clock) ?? now();
    if (begins >= new Date(found.campaign.plan.until))
      return c.json({ kind: "tooLate", until: found.campaign.plan.until }, 409);
    const { gets } = await foreseen(id, found, begins);
    return moved(c, await campaigns.send(id, by, begins, gets > approvalAbove), { gets, approvalAbove });
  });
  app.post("/campaigns/:id/approve", async (c) => {
    const { by } = approving.parse(await c.req.json());
    return moved(c, await campaigns.approve(c.req.param("id"), by));
  });
  app.post("/campaigns/:id/pause", async (c) => moved(c, await campaigns.pause(c.req.param("id"))));
  app.post("/campaigns/:id/resume", async (c) => moved(c, await campaigns.resume(c.req.param("id"))));
  app.post("/campaigns/:id/stop", async (c) => {
    const id = c.req.param("id");
    return moved(c, await campaigns.stop(id, automaticCampaigns(edition).get(id)));
  });

  return app;
}

type CampaignWorkplace = Pick<Workplace, "campaignDesk" | "edition" | "words" | "wrote">;

const unknown = (c: Context) => c.json({ kind: "unknown" }, 404);

function moved(c: Context, done: Moved, about: object = {}) {
  if (done.kind === "unknown") return unknown(c);
  return done.kind === "done" ? c.json({ ...done, kind: "moved", ...about }) : c.json(done, 409);
}
