// @ts-check
import { fill, find, h, icon, keep, randomName, recall } from "./dom.js";
import { drawDay, drawMine, drawTheirs, tick } from "./draw.js";
import { openLine } from "./line.js";
import { canRecord, startRecording } from "./recorder.js";
import { openSheet } from "./sheet.js";
import { viewTelegram } from "./telegram.js";
import { viewWhatsapp } from "./whatsapp.js";

/** @import { Action, Deed, Entry, Settings, Style } from "./types.d.ts" */

/** Longest message that each app lets a person write. */
const LONGEST = { telegram: 4096, whatsapp: 65_536 };
/** A typing notice that nothing follows goes away, as it does in both apps. */
const TYPING_MS = 20_000;

/**
 * One phone: its caption, its chat and what is written on it.
 *
 * @param {{
 *   which: string, name: string, style: Style, settings: Settings, onNews: () => void,
 * }} options
 */
export function createPhone({ which, name, style: firstStyle, settings, onNews }) {
  const { words, assistant, language, locale } = settings;
  const template = find(document, "#phone", HTMLTemplateElement);
  const fragment = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
  const element = find(fragment, ".phone", HTMLElement);
  const log = find(element, ".log", HTMLElement);
  const state = find(element, ".state", HTMLElement);
  const begin = find(element, ".begin", HTMLElement);
  const composer = find(element, ".composer", HTMLFormElement);
  const input = find(composer, "textarea", HTMLTextAreaElement);
  const sheet = find(element, ".sheet", HTMLDialogElement);
  const entries = h("div", { class: "entries" });
  // Read out when it comes back as an entry, not twice.
  const waiting = h("div", { class: "waiting", "aria-live": "off" });

  const kept = recall(`phone:${which}`, { phone: "", style: firstStyle });
  let phone = /^[a-z0-9-]{1,40}$/.test(kept.phone) ? kept.phone : newName();
  /** @type {Style} */
  let style = kept.style === "telegram" ? "telegram" : "whatsapp";
  /** @type {ReturnType<typeof openLine> | undefined} */
  let line;
  let lastDay = "";
  let online = true;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let typing;
  /** @type {Awaited<ReturnType<typeof startRecording>> | undefined} */
  let recording;
  /** While the browser asks whether the microphone may be used. */
  let asking = false;
  const records = settings.listens && canRecord;

  function newName() {
    return `${which}-${randomName()}`;
  }

  function start() {
    line?.close();
    keep(`phone:${which}`, { phone, style });
    element.dataset["style"] = style;
    input.maxLength = LONGEST[style];
    entries.replaceChildren();
    waiting.replaceChildren();
    lastDay = "";
    setTyping(false);
    // What was said before is there to be read, not to be read out.
    log.setAttribute("aria-live", "off");
    setTimeout(() => log.setAttribute("aria-live", "polite"), 1000);
    line = openLine({
      style,
      phone,
      owner: { name, language },
      onEntry: show,
      onOnline: (now) => {
        online = now;
        showState();
      },
      onRefused: (action) => {
        bubbleOf(action.key)?.append(h("p", { class: "refused", role: "alert" }, words["notSent"] ?? ""));
      },
    });
    for (const action of line.waiting()) showWaiting(action);
    showBegin();
  }

  /**
   * @param {Deed} deed
   * @param {Blob} [sound]
   */
  function act(deed, sound) {
    const action = line?.send(deed, sound);
    if (action) showWaiting(action);
    showBegin();
    toEnd();
  }

  /** @param {Action} action */
  function showWaiting(action) {
    const message = drawMine(action, { at: new Date().toISOString(), locale, words });
    message.dataset["key"] = action.key;
    tick(message, "waiting", words);
    waiting.append(message);
  }

  /** @param {Entry} entry */
  function show(entry) {
    const wasAtEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 80;
    const day = new Date(entry.at);
    if (day.toDateString() !== lastDay) entries.append(drawDay(day, locale, words));
    lastDay = day.toDateString();
    if (entry.direction === "in") {
      bubbleOf(entry.payload.key)?.remove();
      const message = drawMine(entry.payload, { at: entry.at, locale, words });
      tick(message, "sent", words);
      entries.append(message);
      setTyping(Date.now() - day.getTime() < TYPING_MS);
    } else {
      for (const mine of entries.querySelectorAll(".mine")) tick(mine, "answered", words);
      const message = drawEntry(entry);
      // A picture takes its room when it is there.
      message.querySelector("img")?.addEventListener("load", () => wasAtEnd && toEnd());
      entries.append(message);
      setTyping(false);
      onNews();
    }
    showBegin();
    if (wasAtEnd || entry.direction === "in") toEnd();
  }

  /** @param {Extract<Entry, { direction: "out" }>} entry */
  function drawEntry(entry) {
    const view = style === "telegram" ? viewTelegram(entry) : viewWhatsapp(entry);
    const press = (/** @type {{ on: "button" | "row", data: string, label: string }} */ pressed) =>
      act({ kind: "press", ...pressed, message: entry.id });
    return drawTheirs(view, {
      at: entry.at,
      locale,
      assistant,
      words,
      press,
      openList: () => {
        const glass = find(element, ".glass", HTMLElement);
        if (view.list)
          openSheet(sheet, glass, view.list, ({ id, title }) => press({ on: "row", data: id, label: title }));
      },
    });
  }

  /** @param {string} key */
  function bubbleOf(key) {
    return waiting.querySelector(`[data-key="${CSS.escape(key)}"]`);
  }

  /** @param {boolean} now */
  function setTyping(now) {
    clearTimeout(typing);
    typing = now ? setTimeout(() => setTyping(false), TYPING_MS) : undefined;
    showState();
  }

  function showState() {
    const name = !online ? "offline" : typing !== undefined ? "typing" : "assistantRole";
    if (state.textContent !== words[name]) state.textContent = words[name] ?? "";
    element.classList.toggle("is-typing", name === "typing");
  }

  function showBegin() {
    const empty = entries.childElementCount + waiting.childElementCount === 0;
    begin.hidden = !empty;
    const label = style === "telegram" ? words["begin"] : words["hello"];
    find(begin, "button", HTMLButtonElement).textContent = label ?? "";
  }

  /** @param {Style} asked */
  function look(asked) {
    for (const radio of looks) radio.checked = radio.value === asked;
    style = asked;
    start();
  }

  function showSend() {
    const send = find(composer, ".send", HTMLButtonElement);
    const voice = recording ? "stop" : records ? "record" : "voice";
    const name = input.value.trim() ? "send" : voice;
    if (send.dataset["does"] === name) return;
    send.dataset["does"] = name;
    send.replaceChildren(
      icon(name === "record" ? "voice" : name),
      h("span", { class: "visually-hidden" }, words[name] ?? ""),
    );
  }

  /** Records until the button is pressed again. */
  async function record() {
    if (asking) return;
    asking = true;
    try {
      recording = await startRecording();
    } catch {
      // The microphone is not lent: one sees what a phone without it can do.
      act({ kind: "voice", seconds: 3 });
      return;
    } finally {
      asking = false;
    }
    showSend();
    const { seconds, sound } = await recording.ended;
    recording = undefined;
    showSend();
    act({ kind: "voice", seconds, sound: sound.type }, sound);
  }

  function toEnd() {
    log.scrollTop = log.scrollHeight;
  }

  // What is written on the page once.
  find(element, "h2", HTMLElement).textContent = name;
  element.setAttribute("aria-label", fill(words["phoneOf"], { name }));
  find(element, ".who", HTMLElement).textContent = assistant;
  log.setAttribute("aria-label", fill(words["log"], { name, assistant }));
  log.append(entries, waiting, h("div", { class: "dots", "aria-hidden": "true" }, h("i"), h("i"), h("i")));
  input.id = `${which}-message`;
  find(composer, "label", HTMLLabelElement).htmlFor = input.id;
  sheet.setAttribute("aria-labelledby", `${which}-list`);
  find(sheet, "h3", HTMLElement).id = `${which}-list`;
  const clock = find(element, ".bar time", HTMLElement);
  const showTime = () => {
    clock.textContent = new Date().toLocaleTimeString(locale, { hour: "2-digit", minute: "2-digit" });
  };
  showTime();
  setInterval(showTime, 15_000);

  const looks = [...element.querySelectorAll(".look input")].filter((one) => one instanceof HTMLInputElement);
  for (const radio of looks) {
    radio.name = `${which}-look`;
    radio.checked = radio.value === style;
    radio.onchange = () => look(radio.value === "telegram" ? "telegram" : "whatsapp");
  }
  find(element, ".renew", HTMLButtonElement).onclick = () => {
    if (!confirm(fill(words["newPhoneAsk"], { name }))) return;
    phone = newName();
    start();
  };
  find(begin, "button", HTMLButtonElement).onclick = () => {
    act({ kind: "text", text: style === "telegram" ? "/start" : (words["hello"] ?? "") });
    // Where a finger pressed, a keyboard over half the screen would hide the answer.
    const next = matchMedia("(pointer: coarse)").matches ? log : input;
    next.focus({ preventScroll: true });
  };
  composer.onsubmit = (event) => {
    event.preventDefault();
    const text = input.value.trim();
    if (text) act({ kind: "text", text });
    else if (recording) recording.stop();
    else if (records) void record();
    else act({ kind: "voice", seconds: 3 });
    input.value = "";
    showSend();
    input.focus({ preventScroll: true });
  };
  input.oninput = showSend;
  input.onkeydown = (event) => {
    // Enter sends, as on both apps' computers; nothing is sent by an empty one.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    if (input.value.trim()) composer.requestSubmit();
  };
  showSend();
  start();

  return {
    element,
    /** @param {string} text */
    write(text) {
      input.value = text;
      showSend();
      input.focus();
    },
    /**
     * What a link to the assistant does: in Telegram's look it begins with what the link carries; in
     * WhatsApp's it puts words there to be sent, as that app does.
     *
     * @param {{ start: string } | { text: string }} link
     */
    follow(link) {
      const asked = "start" in link ? "telegram" : "whatsapp";
      if (style !== asked) look(asked);
      if ("start" in link) act({ kind: "text", text: `/start ${link.start}` });
      else this.write(link.text);
    },
    close() {
      line?.close();
    },
    open: start,
  };
}
