import { Hono } from "hono";
import { instantOf } from "../../core/edition/events.ts";
import type { Edition } from "../../core/edition/schema.ts";
import type { Text } from "../../core/engine/message.ts";
import { source } from "../../core/topics/sources.ts";
import { pageLanguage, type Words } from "../../core/words.ts";
import { calendarFile } from "./calendar-file.ts";

/**
 * Events as files for a calendar, `/eventi/<id>.ics?lang=it`. The chats give a link to them: WhatsApp takes no
 * document of the type text/calendar.
 */
export function eventPages(options: {
  readonly edition: Edition;
  readonly words: Words;
  /** The public address of a page. */
  readonly pages: (path: string) => string | undefined;
  /** Real time. */
  readonly now: () => Date;
}): Hono {
  const { edition, words, pages, now } = options;
  const app = new Hono();
  app.get("/eventi/:file{[a-z0-9-]+\\.ics}", (c) => {
    const id = c.req.param("file").replace(/\.ics$/, "");
    const event = edition.events.find((one) => one.id === id);
    if (!event) return c.notFound();
    const language = pageLanguage(words, c.req.query("lang"), "events");
    const say = (text: Text) => words.say(language, text);
    const told: Text[] = [
      { literal: event.what },
      ...(event.online ? [{ key: "events.online", params: { url: event.online } }] : []),
      ...(edition.disclaimer ? [{ literal: edition.disclaimer }] : []),
      source(edition, event.sources),
    ];
    const file = calendarFile({
      uid: `${edition.id}.${event.id}@${hostOf(pages("/"))}`,
      stamp: now(),
      from: instantOf(event.from, edition.timeZone),
      to: instantOf(event.to, edition.timeZone),
      title: say({ literal: event.name }),
      description: told.map(say).join("\n"),
      where: say({ literal: event.where }),
      ...(event.online && { url: event.online }),
    });
    return c.body(file, 200, {
      "content-type": "text/calendar; charset=utf-8",
      "content-disposition": `attachment; filename="${id}.ics"`,
      "cache-control": "no-cache",
    });
  });
  return app;
}

/** Tells the events of one installation from those of another (RFC 7986, 5.3). */
const hostOf = (page: string | undefined): string => (page ? new URL(page).hostname : "localhost");
