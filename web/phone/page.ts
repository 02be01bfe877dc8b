import { html, raw } from "hono/html";
import { directionOf } from "../../core/direction.ts";
import { localeOf } from "../../core/shelf.ts";
import { clockReading } from "./clock.ts";
import { icons } from "./icons.ts";
import type { DemoClock } from "./ports.ts";
import { pageWords, type Say } from "./words.ts";

/** The simulator's page, in words; its scripts make the phones from the template. */
export function phonePage(options: {
  readonly language: string;
  readonly words: Say;
  readonly clock: DemoClock;
  readonly assistant: string;
  readonly listens: boolean;
}) {
  const { language, words, clock, assistant, listens } = options;
  const t = (name: string) => words.say(language, { key: `phone.${name}`, params: { assistant } });
  const others = words.languages.filter((one) => one !== language && words.covers(one, "phone"));
  const settings = {
    language,
    locale: localeOf(language),
    assistant,
    listens,
    words: pageWords(words, language),
    clock: clockReading(clock, words, language),
  };
  // A "<" could end the element that holds the settings.
  const json = JSON.stringify(settings).replaceAll("<", "\\u003c");

  return html`<!doctype html>
<html lang="${language}" dir="${directionOf(language)}">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1, interactive-widget=resizes-content" />
    <title>${t("title")}</title>
    <link rel="icon" href="/phone/assets/icon.svg" type="image/svg+xml" />
    <link rel="stylesheet" href="/phone/assets/page.css" />
    <link rel="stylesheet" href="/phone/assets/device.css" />
    <link rel="stylesheet" href="/phone/assets/chat.css" />
    <script type="application/json" id="settings">${raw(json)}</script>
    <script type="module" src="/phone/assets/main.js"></script>
  </head>
  <body>
    ${icons()}
    <a class="skip" href="#first-message">${t("skip")}</a>
    <header class="top">
      <svg class="logo" aria-hidden="true"><use href="#icon-assistant" /></svg>
      <div class="top-words">
        <h1>${assistant} <span class="demo">${t("demo")}</span></h1>
        <p>${t("lead")}</p>
      </div>
      <p class="languages">
        ${others.map((one) => html`<a class="quiet" href="/?lang=${one}" lang="${one}" hreflang="${one}">${words.say(one, { key: "engine.language_name" })}</a>`)}
      </p>
      <nav>
        <button type="button" class="quiet" id="second" aria-pressed="false">${t("second")}</button>
        <a class="quiet tools-link" href="#tools"><svg aria-hidden="true"><use href="#icon-calendar" /></svg>
          <span>${t("tools")}</span><span class="count" data-mail-count hidden></span></a>
      </nav>
    </header>
    <main>
      <noscript><p class="notice">${t("noScript")}</p></noscript>
      <div class="phones" id="phones"></div>
      <div class="tools" id="tools" tabindex="-1">
        <p class="notice">${t("demoNote")}</p>
        <section class="card" aria-labelledby="calendar-title">
          <h2 id="calendar-title"><svg aria-hidden="true"><use href="#icon-calendar" /></svg>${t("calendar")}</h2>
          <p class="today">${t("calendarNow")} <strong id="today"></strong></p>
          <ol class="phases" id="phases"></ol>
          <form class="dates" id="dates">
            <button type="button" id="next-day">${t("nextDay")}</button>
            <label for="date">${t("dateLabel")}</label>
            <span class="date-row"><input type="date" id="date" name="date" required />
            <button>${t("dateGo")}</button></span>
          </form>
          <p role="status" class="said" id="calendar-said"></p>
        </section>
        <section class="card" aria-labelledby="mail-title">
          <h2 id="mail-title"><svg aria-hidden="true"><use href="#icon-mail" /></svg>${t("mail")}
            <span class="count" data-mail-count hidden></span></h2>
          <p class="hint">${t("mailNote")}</p>
          <ul class="mails" id="mails"></ul>
          <p role="status" class="visually-hidden" id="mail-said"></p>
          <a href="/posta?lang=${language}">${t("mailOpen")}</a>
        </section>
        <section class="card" aria-labelledby="try-title">
          <h2 id="try-title"><svg aria-hidden="true"><use href="#icon-idea" /></svg>${t("try")}</h2>
          <ul class="tries">
            ${["tryFirst", "trySecond", "tryThird"].map(
              (name) => html`<li><button type="button" class="try">${t(name)}</button></li>`,
            )}
          </ul>
        </section>
      </div>
    </main>
    ${phoneTemplate(t)}
  </body>
</html>`;
}

function phoneTemplate(t: (name: string) => string) {
  const look = (value: string, name: string) => html`
    <label><input type="radio" value="${value}" /><span>${name}</span></label>`;
  return html`<template id="phone">
    <section class="phone">
      <header class="caption">
        <h2></h2>
        <fieldset class="look"><legend class="visually-hidden">${t("look")}</legend>
          ${look("whatsapp", "WhatsApp")}${look("telegram", "Telegram")}
        </fieldset>
        <button type="button" class="renew" title="${t("newPhone")}">
          <svg aria-hidden="true"><use href="#icon-again" /></svg><span class="visually-hidden">${t("newPhone")}</span>
        </button>
      </header>
      <div class="device">
        <div class="glass">
          <div class="bar" aria-hidden="true"><time></time><svg><use href="#icon-signal" /></svg></div>
          <div class="chat-head">
            <svg class="avatar" aria-hidden="true"><use href="#icon-assistant" /></svg>
            <div><p class="who"></p><p class="state" role="status"></p></div>
          </div>
          <div class="log" role="log" aria-live="polite" tabindex="0"></div>
          <div class="begin" hidden><p>${t("beginHint")}</p><button type="button"></button></div>
          <form class="composer">
            <label class="visually-hidden">${t("message")}</label>
            <textarea rows="1" dir="auto" enterkeyhint="send" autocomplete="off" placeholder="${t("message")}"></textarea>
            <button class="send"><svg aria-hidden="true"><use /></svg><span class="visually-hidden"></span></button>
          </form>
        </div>
      </div>
      <dialog class="sheet">
        <form method="dialog">
          <header><h3></h3>
            <button type="button" class="close"><svg aria-hidden="true"><use href="#icon-close" /></svg>
              <span class="visually-hidden">${t("listClose")}</span></button></header>
          <div class="rows"></div>
          <button class="choose" value="send" disabled>${t("listSend")}</button>
        </form>
      </dialog>
    </section>
  </template>`;
}
