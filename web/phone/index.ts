import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { compress } from "hono/compress";
import { secureHeaders } from "hono/secure-headers";
import { streamSSE } from "hono/streaming";
import { z } from "zod";
import { pageLanguage } from "../../core/words.ts";
import { clockReading } from "./clock.ts";
import { phonePage } from "./page.ts";
import type { DemoClock, Phones } from "./ports.ts";
import type { Say } from "./words.ts";

export type { DemoClock, Phones } from "./ports.ts";

const ASSETS: Readonly<Record<string, string>> = {
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  svg: "image/svg+xml",
};
const FILES = [
  "page.css device.css chat.css icon.svg doodle.svg",
  "main.js phone.js line.js unsent.js draw.js whatsapp.js telegram.js sheet.js panel.js recorder.js dom.js",
]
  .join(" ")
  .split(" ");

const PHONE = "/phone/:style{telegram|whatsapp}/:phone{[a-z0-9-]{1,40}}";

const action = z.looseObject({ owner: z.unknown(), action: z.unknown() });
/** Two minutes of a voice, as browsers record it. */
const MOST_SOUND = 3 * 1024 * 1024;
const entryNumber = z
  .string()
  .regex(/^\d{1,18}$/)
  .transform(BigInt);
const day = z.object({ date: z.iso.date() });

/**
 * The phone simulator: the page at `/` and what it calls under `/phone`. Mount it where the
 * edition is a demo, and nowhere else: whoever knows a phone's name may read and write on it.
 */
export function phonePages(options: {
  readonly phones: Phones;
  readonly clock: DemoClock;
  readonly words: Say;
  /** What the assistant is called in the chats. */
  readonly assistant: string;
  /** Whether voice notes are listened to. */
  readonly listens: boolean;
}): Hono {
  const { phones, clock, words } = options;
  const app = new Hono();
  const languageOf = (asked: string | undefined) => pageLanguage(words, asked, "phone");

  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        connectSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    }),
  );

  // Not the phones' lines: an entry must not wait for a block to fill.
  app.use("/", compress());
  app.use("/phone/assets/*", compress());
  app.get("/", (c) => c.html(phonePage({ ...options, language: languageOf(c.req.query("lang")) })));

  for (const name of FILES) {
    const type = ASSETS[name.slice(name.lastIndexOf(".") + 1)];
    const body = readFileSync(join(import.meta.dirname, "client", name), "utf8");
    app.get(`/phone/assets/${name}`, (c) =>
      c.body(body, 200, { "content-type": type ?? "", "cache-control": "no-cache" }),
    );
  }

  app.get("/phone/clock", (c) => c.json(clockReading(clock, words, languageOf(c.req.query("lang")))));
  // A page of another site cannot send these types without asking first, and is never allowed.
  app.post(`${PHONE}/sounds/:key{[\\w-]{8,64}}`, bodyLimit({ maxSize: MOST_SOUND }), async (c) => {
    if (!c.req.header("content-type")?.startsWith("audio/")) return c.text("The body must be a sound.", 415);
    const { phone, key } = c.req.param();
    phones.takeSound(phone, key, new Uint8Array(await c.req.arrayBuffer()));
    return c.body(null, 204);
  });
  app.use("/phone/*", async (c, next) =>
    c.req.method === "POST" && !c.req.header("content-type")?.startsWith("application/json")
      ? c.text("The body must be application/json.", 415)
      : next(),
  );
  app.use("/phone/*", bodyLimit({ maxSize: 256 * 1024 }));
  app.post("/phone/clock", async (c) => {
    const asked = day.safeParse(await c.req.json().catch(() => null));
    if (!asked.success) return c.text("Give a date as YYYY-MM-DD.", 400);
    await clock.moveTo(asked.data.date);
    return c.json(clockReading(clock, words, languageOf(c.req.query("lang"))));
  });

  app.post(PHONE, async (c) => {
    const body = action.safeParse(await c.req.json().catch(() => null));
    if (!body.success) return c.text("Not something that a phone does.", 400);
    const owner = { ...z.looseObject({}).catch({}).parse(body.data.owner), phone: c.req.param("phone") };
    try {
      return c.json({ id: String(await phones.act(c.req.param("style"), owner, body.data.action)) });
    } catch (error) {
      if (error instanceof z.ZodError) return c.text("Not something that a phone does.", 400);
      throw error;
    }
  });

  app.get(`${PHONE}/events`, (c) => {
    const { style, phone } = c.req.param();
    const last = entryNumber.safeParse(c.req.header("last-event-id") ?? c.req.query("after") ?? "0");
    if (!last.success) return c.text("Last-Event-ID is the number of an entry.", 400);
    return streamSSE(c, async (stream) => {
      const gone = new AbortController();
      stream.onAbort(() => gone.abort());
      await stream.writeSSE({ event: "hello", data: "", retry: 1000 });
      for await (const shown of phones.follow(style, phone, last.data, gone.signal)) {
        if (!shown) {
          await stream.write(":\n\n");
          continue;
        }
        const { id, ...rest } = shown;
        const files = {
          ...(shown.document && { document: documentLink(style, phone, id, shown.document) }),
          ...(shown.picture !== undefined && { picture: pictureLink(style, phone, id, shown.picture) }),
        };
        await stream.writeSSE({
          id: String(id),
          data: JSON.stringify({ ...rest, ...files, id: String(id) }),
        });
      }
    });
  });

  app.get(`${PHONE}/documents/:entry/:name`, async (c) => {
    const { style, phone, entry } = c.req.param();
    const number = entryNumber.safeParse(entry);
    const file = number.success ? await phones.document(style, phone, number.data) : null;
    if (!file) return c.notFound();
    return c.body(new Uint8Array(file.bytes), 200, {
      "content-type": file.type,
      "content-disposition": `inline; filename*=UTF-8''${encodeURIComponent(file.name)}`,
    });
  });

  app.get(`${PHONE}/pictures/:entry`, async (c) => {
    const { style, phone, entry } = c.req.param();
    const number = entryNumber.safeParse(entry);
    const file = number.success ? await phones.picture(style, phone, number.data) : null;
    if (!file) return c.notFound();
    // What an entry shows never changes.
    return c.body(new Uint8Array(file.bytes), 200, {
      "content-type": file.type,
      "cache-control": "private, max-age=86400, immutable",
    });
  });

  return app;
}

function pictureLink(style: string, phone: string, id: bigint, alt: string) {
  return { alt, url: `/phone/${style}/${phone}/pictures/${id}` };
}

function documentLink(style: string, phone: string, id: bigint, name: string) {
  return { name, url: `/phone/${style}/${phone}/documents/${id}/${encodeURIComponent(name)}` };
}
