import { fill } from "./dom.js";

/** @import { Answer, Sealed, Settings } from "./types.d.ts" */

const PATIENCE_MS = 15_000;
const PAUSES_S = [2, 4, 8, 15, 30];

/**
 * Sends an envelope until the server gives its receipt, or says why it does not take it. The same
 * envelope counts once however often it is sent, so whatever else comes of it is tried again.
 *
 * @param {Settings} settings
 * @param {Sealed} sealed
 * @param {object} voter
 * @param {(words: string) => void} voter.tell
 * @param {EventTarget} voter.retry pressed by who does not want to wait
 * @returns {Promise<Answer>}
 */
export async function send({ form, words }, sealed, { tell, retry }) {
  for (let attempt = 0; ; attempt += 1) {
    tell(words["sending"] ?? "");
    const answer = await post(form, sealed);
    if (answer) return answer;
    const seconds = PAUSES_S[Math.min(attempt, PAUSES_S.length - 1)] ?? 30;
    tell(navigator.onLine ? fill(words["weak"], { seconds }) : (words["offline"] ?? ""));
    await pause(seconds, retry);
  }
}

/**
 * @param {string} form
 * @param {Sealed} sealed
 * @returns {Promise<Answer | undefined>} undefined where nothing came that can be relied on
 */
async function post(form, { envelope, id }) {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
  try {
    const response = await fetch("/voto/voti", {
      method: "POST",
      headers: { "content-type": "application/octet-stream", "x-form": form },
      body: envelope,
      cache: "no-store",
      redirect: "error",
      signal: patience.signal,
    });
    return readAnswer(await response.json(), id);
  } catch {
    // No network, no answer in time, or that of something in between which is not our server.
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Nobody is told that a vote has arrived but by the receipt of this very envelope.
 *
 * @param {any} said
 * @param {string} id
 * @returns {Answer | undefined}
 */
function readAnswer(said, id) {
  if (typeof said?.refused === "string") return said;
  if (said?.receipt?.id === id && typeof said.receipt.signature === "string") return said;
  return undefined;
}

/**
 * Waits; less where the network comes back or the voter will not wait, longer where there is none.
 *
 * @param {number} seconds
 * @param {EventTarget} retry
 * @returns {Promise<void>}
 */
function pause(seconds, retry) {
  return new Promise((resolve) => {
    const over = () => {
      clearTimeout(timer);
      removeEventListener("online", over);
      retry.removeEventListener("click", over);
      resolve();
    };
    const timer = setTimeout(() => navigator.onLine && over(), seconds * 1000);
    addEventListener("online", over);
    retry.addEventListener("click", over);
  });
}
