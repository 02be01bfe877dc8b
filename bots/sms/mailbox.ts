import type { MailStore } from "../mail/mailbox.ts";
import type { SmsPost } from "./index.ts";

/** Puts SMS into the demo's mailbox, beside its e-mails. */
export function mailboxPost(store: MailStore): SmsPost {
  let count = 0;
  return async (to, text) => {
    try {
      await store.deliver({ to, subject: "SMS", text });
      count += 1;
      return { kind: "sent", id: `mailbox-sms-${count}` };
    } catch (error) {
      return { kind: "later", reason: error instanceof Error ? error.name : typeof error };
    }
  };
}
