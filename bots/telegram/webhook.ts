import { createHash, timingSafeEqual } from "node:crypto";
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";

/** Where Telegram delivers updates. */
export const TELEGRAM_WEBHOOK_PATH = "/webhooks/telegram";

/** Far above any update, and little enough to be read whole. */
const MAX_BYTES = 4 * 1024 * 1024;

/**
 * `POST /webhooks/telegram`: 401 without the secret, 400 where the body is no JSON, 200 once the
 * update is stored, 503 where it cannot be, upon which Telegram delivers it again.
 *
 * @param store resolves once everything of the updates is kept
 * @see https://core.telegram.org/bots/api#setwebhook
 */
export function telegramWebhook(
  secret: string,
  store: (updates: readonly unknown[]) => Promise<void>,
  log: { error(details: object, message: string): void },
): Hono {
  const app = new Hono();
  app.post(
    TELEGRAM_WEBHOOK_PATH,
    async (c, next) => {
      if (!same(c.req.header("x-telegram-bot-api-secret-token") ?? "", secret)) return c.body(null, 401);
      await next();
    },
    bodyLimit({ maxSize: MAX_BYTES, onError: (c) => c.body(null, 413) }),
    async (c) => {
      let update: unknown;
      try {
        update = JSON.parse(await c.req.text());
      } catch {
        return c.body(null, 400);
      }
      try {
        await store([update]);
      } catch (error) {
        log.error({ err: error }, "An update of Telegram's could not be stored");
        return c.body(null, 503);
      }
      return c.body(null, 200);
    },
  );
  return app;
}

/** Digests are of equal length, so that the comparison tells nothing, not even the secret's length. */
function same(given: string, secret: string): boolean {
  const digest = (value: string) => createHash("sha256").update(value).digest();
  return timingSafeEqual(digest(given), digest(secret));
}
