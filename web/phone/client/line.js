// @ts-check
import { createUnsent } from "./unsent.js";

/** @import { Action, Deed, Entry } from "./types.d.ts" */

const AGAIN_MS = 1500;

/**
 * A phone's line to the server: brings what is new on its screen, and takes what the person does,
 * in order, until the server has confirmed it. A page nobody looks at hangs up: browsers open only
 * a few lines to one server.
 *
 * @param {{
 *   style: string,
 *   phone: string,
 *   owner: { name: string, language: string },
 *   onEntry: (entry: Entry) => void,
 *   onOnline: (online: boolean) => void,
 *   onRefused: (action: Action) => void,
 * }} options
 */
export function openLine({ style, phone, owner, onEntry, onOnline, onRefused }) {
  const path = `/phone/${style}/${phone}`;
  const unsent = createUnsent(`${style}/${phone}`);
  /** @type {Map<string, Blob>} */
  const sounds = new Map();
  let last = "0";
  let closed = false;
  let sending = false;
  /** @type {EventSource | undefined} */
  let source;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  function connect() {
    if (closed || document.hidden || source) return;
    source = new EventSource(`${path}/events?after=${last}`);
    source.addEventListener("hello", () => {
      onOnline(true);
      void sendAll();
    });
    source.onmessage = ({ data, lastEventId }) => {
      // After a reconnection the browser itself asks for what came after the last one it saw.
      if (BigInt(lastEventId) <= BigInt(last)) return;
      last = lastEventId;
      onEntry(JSON.parse(data));
    };
    source.onerror = () => {
      onOnline(false);
      if (source?.readyState === EventSource.CLOSED) {
        hangUp();
        again();
      }
    };
  }

  function hangUp() {
    source?.close();
    source = undefined;
  }

  function again() {
    clearTimeout(timer);
    timer = setTimeout(() => {
      connect();
      void sendAll();
    }, AGAIN_MS);
  }

  async function sendAll() {
    if (sending || closed) return;
    sending = true;
    try {
      for (let [action] = unsent.all(); action && !closed; [action] = unsent.all()) {
        const sound = sounds.get(action.key);
        if (sound) await fetch(`${path}/sounds/${action.key}`, { method: "POST", body: sound });
        const response = await fetch(path, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ owner, action }),
        });
        if (response.status >= 500 || response.status === 429) throw new Error(String(response.status));
        unsent.remove(action.key);
        sounds.delete(action.key);
        if (!response.ok) onRefused(action);
      }
    } catch {
      onOnline(false);
      again();
    } finally {
      sending = false;
    }
  }

  const onVisibility = () => (document.hidden ? hangUp() : connect());
  document.addEventListener("visibilitychange", onVisibility);
  connect();

  return {
    waiting: unsent.all,
    /**
     * @param {Deed} deed
     * @param {Blob} [sound] of a voice note: only this page has it, until it is sent
     */
    send(deed, sound) {
      const action = unsent.add(deed);
      if (sound) sounds.set(action.key, sound);
      void sendAll();
      return action;
    },
    close() {
      closed = true;
      clearTimeout(timer);
      hangUp();
      document.removeEventListener("visibilitychange", onVisibility);
    },
  };
}
