import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { isSigned, same } from "./signature.ts";

/** Where WhatsApp delivers. */
const WHATSAPP_WEBHOOK_PATH = "/webhooks/whatsapp";

/** Payloads are of 3 MB at most, says Meta. */
const MAX_BYTES = 4 * 1024 * 1024;

/**
 * `GET /webhooks/whatsapp`: Meta's verification, 403 without the right token.
 * `POST /webhooks/whatsapp`: 401 without a good signature, 400 where the body is no JSON, 200 once
 * everything in it is stored, 503 where it cannot be, upon which Meta delivers it again for days.
 *
 * @param store resolves once everything that the body tells is kept
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/create-webhook-endpoint
 */
export function whatsappWebhook(
  secrets: { readonly appSecret: string; readonly verifyToken: string },
  store: (body: unknown) => Promise<void>,
  log: { error(details: object, message: string): void },
): Hono {
  const app = new Hono();
  app.get(WHATSAPP_WEBHOOK_PATH, (c) => {
    const { "hub.mode": mode, "hub.verify_token": token, "hub.challenge": challenge } = c.req.query();
    const good = mode === "subscribe" && same(token ?? "", secrets.verifyToken);
    // What is given back is in the asker's hands: nothing of it may be taken for a page.
    return good && /^[\w.-]{1,256}$/.test(challenge ?? "") ? c.text(challenge ?? "") : c.body(null, 403);
  });
  app.post(
    WHATSAPP_WEBHOOK_PATH,
    bodyLimit({ maxSize: MAX_BYTES, onError: (c) => c.body(null, 413) }),
    async (c) => {
      const bytes = new Uint8Array(await c.req.arrayBuffer());
      if (!isSigned(c.req.header("x-hub-signature-256"), bytes, secrets.appSecret)) return c.body(null, 401);
      let body: unknown;
      try {
        body = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8"));
      } catch {
        return c.body(null, 400);
      }
      try {
        await store(body);
      } catch (error) {
        log.error({ err: error }, "What WhatsApp delivered could not be stored");
        return c.body(null, 503);
      }
      return c.body(null, 200);
    },
  );
  return app;
}
