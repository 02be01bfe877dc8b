import { makeDocument } from "../../../bots/documents/index.ts";
import { createMail } from "../../../bots/mail/index.ts";
import { channelContract } from "../contract.ts";

channelContract("E-mail", {
  channel: createMail({ post: async () => ({ kind: "sent", id: "1" }), makeDocument }),
  see: ({ subject, text, document }) => ({
    text: [subject, text].filter(Boolean).join("\n\n"),
    pressable: [],
    ...(document && { document }),
  }),
  // A line feed would end the header that the subject stands in (RFC 5322).
  problems: ({ subject }) => (/[\r\n]/.test(subject) ? ["The subject has several lines."] : []),
  typed: null,
  pressed: null,
  pictures: "left out",
  samples: [],
});
