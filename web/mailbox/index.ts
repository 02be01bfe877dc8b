import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Hono } from "hono";
import { html } from "hono/html";
import { secureHeaders } from "hono/secure-headers";
import { directionOf } from "../../core/direction.ts";
import type { Text } from "../../core/engine/message.ts";
import { localeOf } from "../../core/shelf.ts";
import { pageLanguage } from "../../core/words.ts";

/** Where the demo's e-mails end instead of going out. */
export interface DemoMailbox {
  /** The latest first. */
  latest(limit: number): Promise<
    readonly {
      readonly id: bigint;
      readonly at: Date;
      readonly to: string;
      readonly subject: string;
      readonly text: string;
    }[]
  >;
}

interface Say {
  readonly languages: readonly string[];
  covers(language: string, file: string): boolean;
  say(language: string, text: Text): string;
}

const SHOWN = 50;
const style = readFileSync(join(import.meta.dirname, "mailbox.css"), "utf8");
const script = readFileSync(join(import.meta.dirname, "mailbox.js"), "utf8");

/**
 * The demo's mailbox at `/posta`. Mount it where the edition is a demo, and nowhere else: it shows
 * every e-mail to everybody.
 */
export function mailboxPages({ mailbox, words }: { mailbox: DemoMailbox; words: Say }): Hono {
  const app = new Hono();
  app.use("/posta", secureHeaders({ contentSecurityPolicy: policy }));
  app.get("/posta", async (c) => {
    const language = pageLanguage(words, c.req.query("lang"), "phone");
    const t = (name: string, params: Record<string, string> = {}) =>
      words.say(language, { key: `phone.${name}`, params });
    const mails = await mailbox.latest(SHOWN);
    const time = new Intl.DateTimeFormat(localeOf(language), { dateStyle: "medium", timeStyle: "short" });
    return c.html(html`<!doctype html>
<html lang="${language}" dir="${directionOf(language)}">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${t("mailTitle")}</title>
    <link rel="stylesheet" href="/posta/mailbox.css" />
    <script type="module" src="/posta/mailbox.js"></script>
  </head>
  <body>
    <main>
      <p><a href="/?lang=${language}">← ${t("mailBack")}</a></p>
      <h1>${t("mailTitle")} <span class="demo">${t("demo")}</span></h1>
      <p class="hint">${t("mailNote")} ${t("demoNote")}</p>
      <p role="status" id="said" data-new="${words.say(language, { key: "phone.mailNew", params: { count: "{count}" } })}"></p>
      <div id="mails">
        ${mails.length === 0 ? html`<p class="hint">${t("mailNone")}</p>` : ""}
        ${mails.map(
          ({ id, at, to, subject, text }) => html`<article data-id="${id}">
          <h2>${subject}</h2>
          <p class="hint"><time datetime="${at.toISOString()}">${time.format(at)}</time> · ${t("mailTo", { address: to })}</p>
          <p class="text">${text}</p>
        </article>`,
        )}
      </div>
    </main>
  </body>
</html>`);
  });
  app.get("/posta/messages.json", async (c) => {
    const mails = await mailbox.latest(SHOWN);
    return c.json(mails.map(({ id, ...mail }) => ({ id: String(id), ...mail })));
  });
  app.get("/posta/mailbox.css", (c) => c.body(style, 200, { "content-type": "text/css; charset=utf-8" }));
  app.get("/posta/mailbox.js", (c) =>
    c.body(script, 200, { "content-type": "text/javascript; charset=utf-8" }),
  );
  return app;
}

const policy = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  connectSrc: ["'self'"],
  baseUri: ["'none'"],
  formAction: ["'none'"],
  frameAncestors: ["'none'"],
};
