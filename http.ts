import { Hono } from "hono";
import type { Logger } from "pino";

/** What every installation serves, whatever its channels: how it is, and who it is. */
export function createHttp(options: {
  readonly log: Logger;
  /** Resolves while the database answers. */
  readonly ping: () => Promise<void>;
  /** The figures of Prometheus. */
  readonly metrics: () => Promise<string>;
  readonly parts: readonly Hono[];
}): Hono {
  const { log, ping, metrics, parts } = options;
  const app = new Hono();
  app.get("/healthz", (c) => c.text("ok"));
  app.get("/readyz", async (c) => {
    try {
      await ping();
      return c.text("ready");
    } catch (error) {
      log.warn({ err: error }, "The database does not answer");
      return c.text("The database does not answer.", 503);
    }
  });
  app.get("/metrics", async (c) => {
    try {
      return c.text(await metrics(), 200, { "content-type": "text/plain; version=0.0.4; charset=utf-8" });
    } catch (error) {
      log.warn({ err: error }, "The figures could not be read");
      return c.text("The database does not answer.", 503);
    }
  });
  for (const part of parts) app.route("/", part);
  // Browsers ask for it of themselves, for pages that name no icon.
  app.get("/favicon.ico", (c) => c.body(null, 204));
  app.notFound((c) => c.text("There is nothing here.", 404));
  app.onError((error, c) => {
    log.error({ err: error, path: c.req.routePath }, "A request failed");
    return c.text("Something went wrong here.", 500);
  });
  return app;
}
