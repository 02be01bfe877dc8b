import { z } from "zod";
import type { Outcome } from "../channel.ts";
import type { Post } from "./index.ts";

/**
 * Sends e-mails through an SMTP server.
 *
 * @param url such as `smtps://user:password@smtp.example.org`; its query may set nodemailer's
 *   options, such as `?connectionTimeout=5000`
 * @param from the sender, `Name <address>` or an address
 */
export function smtpPost(url: string, from: string): Post {
  // Loaded when there is something to send: a start, and whoever sends nothing, need not wait for it.
  async function open() {
    const { createTransport } = await import("nodemailer");
    return createTransport(url, {
      from,
      // Whoever is away answers nobody: no out-of-office comes back (RFC 3834).
      headers: { "Auto-Submitted": "auto-generated" },
    });
  }
  let transport: ReturnType<typeof open> | undefined;
  return async ({ to, subject, text, file }) => {
    const attachments = file
      ? [{ filename: file.name, contentType: file.type, content: Buffer.from(file.bytes) }]
      : [];
    try {
      transport ??= open();
      const sent = await (await transport).sendMail({
        to: { name: "", address: to },
        subject,
        text,
        attachments,
      });
      return { kind: "sent", id: sent.messageId };
    } catch (error) {
      return outcomeOf(error);
    }
  };
}

const smtpError = z.object({
  code: z.string().optional().catch(undefined),
  /** What the system said, where nodemailer put a code of its own in its place. */
  originalCode: z.string().optional().catch(undefined),
  /** Which wait was too long. */
  timeoutType: z.string().optional().catch(undefined),
  responseCode: z.number().optional().catch(undefined),
});

/** Failures at which nothing was handed over yet. */
const BEFORE_SENDING = new Set([
  "ECONNREFUSED",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EDNS",
  "ETLS",
  "EAUTH",
  "ENOAUTH",
  "EOAUTH2",
  "CONNECT_TIMEOUT",
  "GREETING_TIMEOUT",
  "UPGRADE_TIMEOUT",
]);

/**
 * What a failure means for the e-mail. Reasons are codes alone: servers quote addresses.
 *
 * @see https://www.rfc-editor.org/rfc/rfc5321#section-4.2.1 4yz may be tried again, 5yz may not
 */
function outcomeOf(error: unknown): Exclude<Outcome, { kind: "sent" }> {
  const { code, originalCode, timeoutType, responseCode } = smtpError.catch({}).parse(error);
  const reason =
    [code, originalCode, timeoutType, responseCode].filter((part) => part !== undefined).join(" ") ||
    "unknown";
  // A wrong password is the settings' fault, and whoever runs this will mend it.
  if ([code, originalCode, timeoutType].some((one) => one !== undefined && BEFORE_SENDING.has(one)))
    return { kind: "later", reason };
  if (responseCode !== undefined) return { kind: responseCode >= 500 ? "refused" : "later", reason };
  // An address or a message that nodemailer itself will not send.
  if (code === "EENVELOPE" || code === "EMESSAGE") return { kind: "refused", reason };
  return { kind: "uncertain", reason };
}
