import { PassThrough } from "node:stream";
import { createConsole } from "../../../bots/console/index.ts";
import { makeDocument } from "../../../bots/documents/index.ts";
import { channelContract } from "../contract.ts";

const line = (text: string, nth: number) => ({ person: "nonna", id: `line-${nth}`, order: nth, text });

channelContract("The terminal", {
  channel: createConsole({ output: new PassThrough(), makeDocument, directory: "/nonexistent" }),
  see: ({ text, document }) => ({ text, pressable: [], ...(document && { document }) }),
  problems: () => [],
  typed: line,
  pressed: null,
  pictures: "said",
  samples: [{ ...line("Ciao", 1), language: "it" }, line("/start vote", 2), line("", 3)],
});
