import type { Letter, Post } from "./index.ts";

/** Where the demo keeps e-mails to be read on its own page. */
export interface MailStore {
  deliver(mail: Pick<Letter, "to" | "subject" | "text">): Promise<void>;
}

/** Puts e-mails into the demo's mailbox, with the name of what is attached. */
export function mailboxPost(store: MailStore): Post {
  let count = 0;
  return async ({ to, subject, text, file }) => {
    try {
      await store.deliver({ to, subject, text: file ? `${text}\n\n[${file.name}]` : text });
      count += 1;
      return { kind: "sent", id: `mailbox-${count}` };
    } catch (error) {
      return { kind: "later", reason: error instanceof Error ? error.name : typeof error };
    }
  };
}
