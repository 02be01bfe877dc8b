import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { parseWhatsApp } from "../../../bots/whatsapp/parse.ts";

const FILE = new URL(
  "../../../../shared/conformance/meta-openapi/examples/webhooks.post.examples.json",
  import.meta.url,
);

const examples = existsSync(FILE)
  ? z.record(z.string(), z.object({ value: z.unknown() })).parse(JSON.parse(readFileSync(FILE, "utf8")))
  : undefined;

/** What each of Meta's published examples is to the assistant. */
const EXPECTED: Readonly<Record<string, readonly object[]>> = {
  "Text Message": [{ kind: "text", text: "Does it come in another color?" }],
  "Text Message with Context (Product Inquiry)": [{ kind: "text", text: "Is this still available?" }],
  "Text Message from Click to WhatsApp Ad": [{ kind: "text", text: "Hello! Can I get more info on this?" }],
  "Reaction Message": [],
  "Image Message": [{ kind: "media", media: "photo" }],
  "Location Message": [{ kind: "location", latitude: 37.44221496582, longitude: -122.16165924072 }],
  "Contact Sharing Message": [{ kind: "media", media: "contact" }],
  "Unsupported Message": [{ kind: "media", media: "unknown" }],
  "Button Message": [{ kind: "choice", data: "Unsubscribe" }],
  "Interactive List Reply Message": [{ kind: "choice", data: "priority_express" }],
  "Interactive Button Reply Message": [{ kind: "choice", data: "cancel-button" }],
  "Order Message": [{ kind: "media", media: "unknown" }],
  "System Message": [],
  "Group Create Message": [],
  "Group Settings Update": [],
  "Group Remove Participants": [],
};

describe.skipIf(!examples)(
  "Meta's own examples (skipped where they do not lie beside the repository)",
  () => {
    test.each(Object.entries(examples ?? {}))("%s", (name, { value }) => {
      expect(parseWhatsApp(value).map(({ incoming }) => incoming)).toEqual(EXPECTED[name]);
    });
  },
);

const text = (nth: number, more: object = {}) => ({
  from: "393331234567",
  id: `wamid.${nth}`,
  timestamp: String(1_667_300_000 + nth),
  type: "text",
  text: { body: `Messaggio ${nth}` },
  ...more,
});

test("every message of every change of every entry is read, whatever is wrong with one of them", () => {
  const body = {
    entry: [
      {
        changes: [
          { field: "messages", value: { messages: [text(1), null, text(2)] } },
          { field: "account_update" },
        ],
      },
      null,
      {
        changes: [
          { field: "messages", value: { statuses: [{}] } },
          { field: "messages", value: { messages: [text(3)] } },
        ],
      },
    ],
  };
  expect(parseWhatsApp(body).map(({ id, order }) => [id, order])).toEqual([
    ["wamid.1", 1_667_300_001],
    ["wamid.2", 1_667_300_002],
    ["wamid.3", 1_667_300_003],
  ]);
});

test("a group and a message without a sender are met with silence", () => {
  const messages = [text(1, { group_id: "g" }), text(2, { from: undefined })];
  expect(parseWhatsApp({ entry: [{ changes: [{ field: "messages", value: { messages } }] }] })).toEqual([]);
});

test.each([
  [
    { id: "1003383421387256", mime_type: "audio/ogg; codecs=opus", voice: true, sha256: "x" },
    "audio/ogg; codecs=opus",
  ],
  [{ id: "1003383421387256", mime_type: 5 }, undefined],
])("%j is a recording that can be fetched", (audio, type) => {
  const messages = [text(1, { type: "audio", audio })];
  const [arrival] = parseWhatsApp({ entry: [{ changes: [{ field: "messages", value: { messages } }] }] });
  const recording = { file: "1003383421387256", ...(type && { type }) };
  expect(arrival?.incoming).toEqual({ kind: "media", media: "voice", recording });
});

test("a voice note without an id is one that cannot be fetched", () => {
  const messages = [text(1, { type: "audio", audio: { mime_type: "audio/ogg" } })];
  const [arrival] = parseWhatsApp({ entry: [{ changes: [{ field: "messages", value: { messages } }] }] });
  expect(arrival?.incoming).toEqual({ kind: "media", media: "voice" });
});
