import { createHash, createHmac, timingSafeEqual } from "node:crypto";

/**
 * Whether a body was signed with the app's secret. The comparison tells nothing by its time.
 *
 * @param given the header `X-Hub-Signature-256`
 * @param bytes the body as it came: written anew from its JSON it would be another one
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/overview
 */
export function isSigned(given: string | undefined, bytes: Uint8Array, secret: string): boolean {
  const digest = createHmac("sha256", secret).update(bytes).digest("hex");
  return same(given ?? "", `sha256=${digest}`);
}

/** Digests are of equal length, so that not even the secret's length is told. */
export function same(given: string, secret: string): boolean {
  const digest = (value: string) => createHash("sha256").update(value).digest();
  return timingSafeEqual(digest(given), digest(secret));
}
