import type { DocumentRequest, Message } from "../../core/engine/message.ts";
import type { Channel, MakeDocument, Outcome } from "../channel.ts";
import { plain } from "../read.ts";

/** One e-mail, in words. */
export interface Mail {
  readonly subject: string;
  readonly text: string;
  readonly document?: DocumentRequest;
}

/** An e-mail with its attachment made, ready to go. */
export interface Letter {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly file?: Awaited<ReturnType<MakeDocument>>;
}

/** Takes an e-mail away; every failure is an outcome. */
export type Post = (letter: Letter) => Promise<Outcome>;

/**
 * The assistant's e-mails: codes, notices, copies of proposals. It only sends. The first line of a
 * message is the subject, the rest what it says, with its link under it. Pictures are left out.
 */
export function createMail(options: {
  readonly post: Post;
  readonly makeDocument: MakeDocument;
}): Channel<never, Mail> {
  const { post, makeDocument } = options;
  return {
    name: "mail",
    // RFC 5322 asks for lines of 998 characters at most, which the transfer encoding sees to; a
    // letter has no limit that words come near.
    limits: { text: 100_000, textWithChoices: 100_000, caption: 100_000, label: 0, data: 0, choices: 0 },
    pace: { perSecond: 10, perAddressMs: 0 },
    parse: () => [],
    render: (message) => [write(message)],
    async send(address, { subject, text, document }) {
      let file: Letter["file"];
      try {
        if (document) file = await makeDocument(document);
      } catch (error) {
        // Nothing was sent: the letter waits for its attachment.
        return { kind: "later", reason: `attachment: ${error instanceof Error ? error.name : typeof error}` };
      }
      return post({ to: address, subject, text, ...(file && { file }) });
    },
  };
}

function write({ text, link, document }: Message): Mail {
  // Nothing but the words may reach the header that the subject stands in.
  const [subject = "", ...rest] = plain(text).trim().split("\n");
  const body = rest.join("\n").trim();
  const parts = [body, link && `${link.label}: ${link.url}`].filter(Boolean);
  return { subject: subject.trim(), text: parts.join("\n\n"), ...(document && { document }) };
}
