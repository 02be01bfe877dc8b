// @ts-check
import { fill, h, icon } from "./dom.js";

/** @import { Action, Button, View, Words } from "./types.d.ts" */

/**
 * A message of the assistant's.
 *
 * @param {View} view
 * @param {{
 *   at: string, locale: string, assistant: string, words: Words,
 *   press: (button: { on: "button" | "row", data: string, label: string }) => void,
 *   openList: () => void,
 * }} options
 */
export function drawTheirs(view, { at, locale, assistant, words, press, openList }) {
  const bubble = h("div", { class: "bubble" }, hidden(fill(words["from"], { assistant })));
  if (view.document) bubble.append(drawDocument(view.document, words));
  if (view.picture) bubble.append(drawPicture(view.picture, words));
  bubble.append(h("p", { class: "text", dir: "auto" }, ...withLinks(view.text), " ", meta(at, locale)));

  const message = h("article", { class: "message theirs" }, bubble);
  const keys = h("div", { class: "keys" });
  for (const row of view.buttons) {
    keys.append(h("div", { class: "row" }, ...row.map((button) => drawButton(button, words, press))));
  }
  if (view.list) {
    const open = h("button", { type: "button", class: "key", "aria-haspopup": "dialog", click: openList });
    open.append(icon("list"), h("span", { dir: "auto" }, view.list.label));
    keys.append(h("div", { class: "row" }, open));
  }
  if (keys.childElementCount > 0) message.append(keys);
  return message;
}

/**
 * A message of the person's own.
 *
 * @param {Action} action
 * @param {{ at: string, locale: string, words: Words }} options
 */
export function drawMine(action, { at, locale, words }) {
  const content =
    action.kind === "voice"
      ? h(
          "span",
          { class: "voice-note" },
          icon("play"),
          h("span", { class: "wave", "aria-hidden": "true" }),
          `${Math.floor(action.seconds / 60)}:${String(action.seconds % 60).padStart(2, "0")}`,
          hidden(words["voiceNote"]),
        )
      : h("span", {}, action.kind === "text" ? action.text : action.label);
  const time = meta(at, locale);
  time.append(h("span", { class: "tick" }));
  const text = h("p", { class: "text", dir: "auto" }, content, " ", time);
  const message = h(
    "article",
    { class: "message mine" },
    h("div", { class: "bubble" }, hidden(words["fromYou"]), text),
  );
  return message;
}

/**
 * Tells how far an own message has come.
 *
 * @param {Element} message
 * @param {"waiting" | "sent" | "answered"} state
 * @param {Words} words
 */
export function tick(message, state, words) {
  const name = { waiting: "wait", sent: "one", answered: "two" }[state];
  const place = message.querySelector(".tick");
  place?.replaceChildren(icon(name), hidden(words[state]));
  place?.classList.toggle("answered", state === "answered");
}

/**
 * @param {Date} day
 * @param {string} locale
 * @param {Words} words
 */
export function drawDay(day, locale, words) {
  const isToday = day.toDateString() === new Date().toDateString();
  const name = isToday ? (words["today"] ?? "") : day.toLocaleDateString(locale, { dateStyle: "long" });
  return h("p", { class: "day" }, h("span", {}, name));
}

/**
 * @param {Button} button
 * @param {Words} words
 * @param {(button: { on: "button", data: string, label: string }) => void} press
 */
function drawButton({ label, data = "", url }, words, press) {
  if (url === undefined) {
    const attributes = { type: "button", class: "key", click: () => press({ on: "button", data, label }) };
    return h("button", attributes, icon("reply"), h("span", { dir: "auto" }, label));
  }
  const attributes = {
    class: "key link",
    href: url,
    target: "_blank",
    rel: "noopener",
    title: words["open"] ?? "",
  };
  return h("a", attributes, icon("link"), h("span", { dir: "auto" }, label));
}

/**
 * @param {{ name: string, url: string }} document
 * @param {Words} words
 */
function drawDocument({ name, url }, words) {
  return h(
    "a",
    { class: "document", href: url, download: name },
    icon("file"),
    hidden(words["download"]),
    h("span", {}, h("strong", {}, name), h("small", {}, words["document"] ?? "")),
  );
}

/**
 * @param {{ alt: string, url: string }} picture
 * @param {Words} words
 */
function drawPicture({ alt, url }, words) {
  const attributes = { class: "picture", href: url, target: "_blank", title: words["open"] ?? "" };
  return h("a", attributes, h("img", { src: url, alt }));
}

/**
 * @param {string} at
 * @param {string} locale
 */
function meta(at, locale) {
  const time = new Date(at).toLocaleTimeString(locale, { hour: "2-digit", minute: "2-digit" });
  return h("span", { class: "meta" }, h("time", { datetime: at }, time));
}

/** @param {string | undefined} words */
function hidden(words) {
  return h("span", { class: "visually-hidden" }, `${words} `);
}

/**
 * Both apps make links of addresses.
 *
 * @param {string} text
 */
function withLinks(text) {
  return text
    .split(/(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)])/)
    .map((part, index) =>
      index % 2 ? h("a", { href: part, dir: "ltr", target: "_blank", rel: "noopener" }, part) : part,
    );
}
