import { dirname } from "node:path";
import { ActionTypes, type Activity, ActivityTypes, TestAdapter } from "botbuilder";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Choice, Incoming } from "../../core/engine/message.ts";
import type { Database } from "../../prisma/client.ts";
import { readTranscripts } from "../flows/fixtures.ts";
import { type Door, play, recorderDoor } from "../flows/transcript.ts";
import { openTestDatabase } from "../support/database.ts";

/**
 * Core behind Microsoft's Bot Framework: what a person does comes as an activity, what they see is
 * an activity with suggested actions. Nothing of our own channels is in between, so that core is
 * seen not to be shaped on them.
 */
function botFrameworkDoor(): Door {
  const inner = recorderDoor();
  return {
    channel: inner.channel,
    next: inner.next,
    async carry(inbox, arrival) {
      const adapter = new TestAdapter(async (turn) => {
        const incoming = read(turn.activity);
        const seen = await inner.carry(inbox, { ...arrival, address: turn.activity.from.id, incoming });
        await turn.sendActivity({
          type: ActivityTypes.Message,
          text: seen.text,
          suggestedActions: {
            to: [],
            actions: seen.choices.map(({ data, label }) => ({
              type: ActionTypes.MessageBack,
              title: label,
              value: data,
            })),
          },
          attachments: [
            ...(seen.file ? [{ contentType: "application/pdf", name: seen.file }] : []),
            ...(seen.picture ? [{ contentType: "image/png", name: seen.picture }] : []),
            ...(seen.link ? [{ contentType: "text/html", contentUrl: seen.link }] : []),
          ],
        });
      });
      await adapter.receiveActivity(write(arrival.address, arrival.incoming));
      const reply = adapter.activeQueue.shift();
      const choices = (reply?.suggestedActions?.actions ?? []).map(
        ({ title, value }): Choice => ({ label: title, data: String(value) }),
      );
      const attached = (type: string) => reply?.attachments?.find(({ contentType }) => contentType === type);
      const file = attached("application/pdf")?.name;
      const picture = attached("image/png")?.name;
      const link = attached("text/html")?.contentUrl;
      return {
        ...{ text: reply?.text ?? "", choices },
        ...(file && { file }),
        ...(picture && { picture }),
        ...(link && { link }),
      };
    },
  };
}

/** How media travel as attachments; what is not here travels under its own name. */
const MEDIA: Readonly<Record<string, string>> = {
  voice: "audio/ogg",
  photo: "image/jpeg",
  video: "video/mp4",
};

/** What the Bot Framework's connectors would deliver. */
function write(person: string, incoming: Incoming): Partial<Activity> {
  const from = { id: person, name: person };
  switch (incoming.kind) {
    case "text":
      return { type: ActivityTypes.Message, from, text: incoming.text };
    case "choice":
      return { type: ActivityTypes.Message, from, value: incoming.data };
    case "start":
      return { type: ActivityTypes.Event, name: "start", from, value: incoming.payload };
    case "edited":
      return { type: ActivityTypes.MessageUpdate, from, text: incoming.text };
    case "media": {
      const contentType = MEDIA[incoming.media] ?? incoming.media;
      const contentUrl = incoming.recording?.file;
      const attachment = { contentType, ...(contentUrl !== undefined && { contentUrl }) };
      return { type: ActivityTypes.Message, from, attachments: [attachment] };
    }
    default:
      return { type: ActivityTypes.Message, from };
  }
}

function read({ type, name, value, text, attachments }: Activity): Incoming {
  if (type === ActivityTypes.Event && name === "start") return { kind: "start", payload: String(value) };
  if (type === ActivityTypes.MessageUpdate) return { kind: "edited", text: text ?? "" };
  if (typeof value === "string") return { kind: "choice", data: value };
  const { contentType, contentUrl } = attachments?.[0] ?? {};
  if (contentType === undefined) return { kind: "text", text: text ?? "" };
  const media = Object.entries(MEDIA).find(([, type]) => type === contentType)?.[0] ?? contentType;
  return { kind: "media", media: mediaOf(media), ...(contentUrl && { recording: { file: contentUrl } }) };
}

const kinds = ["voice", "photo", "video", "document", "sticker", "contact"] as const;
const mediaOf = (name: string) => kinds.find((kind) => kind === name) ?? "unknown";

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

/**
 * The shortest transcripts that together hold every subject, and each thing that a person does or gets: `test/flows`
 * plays them all, and this way in does not tell one sentence from another.
 */
function telling(): ReturnType<typeof readTranscripts> {
  const seen = new Set<string>();
  const shortest = readTranscripts().toSorted((a, b) => a.script.turns.length - b.script.turns.length);
  return shortest.filter(({ name, script }) => {
    const kinds = [dirname(name), ...script.turns.flatMap((turn) => Object.keys(turn))];
    const isNew = kinds.some((kind) => !seen.has(kind));
    for (const kind of kinds) seen.add(kind);
    return isNew;
  });
}

describe("core behind the Bot Framework's TestAdapter", () => {
  it.each(telling())("goes as in $name", async ({ script }) => {
    expect(await play(database, script, botFrameworkDoor())).toEqual(script);
  });
});
