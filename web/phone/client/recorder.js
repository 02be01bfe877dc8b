// @ts-check

/** @import { Recorded } from "./types.d.ts" */

/** The assistant listens to no more. */
const LONGEST_MS = 120_000;
/** Enough for a voice, and little to carry. */
const BITS_PER_SECOND = 24_000;

/** Whether this browser can record at all. */
export const canRecord = "mediaDevices" in navigator && "MediaRecorder" in globalThis;

/**
 * Begins to record a voice note; it ends when it is stopped, or has become too long.
 *
 * @returns {Promise<{ stop: () => void, ended: Promise<Recorded> }>} rejects where the microphone is not lent
 */
export async function startRecording() {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const recorder = new MediaRecorder(stream, { audioBitsPerSecond: BITS_PER_SECOND });
  const begun = Date.now();
  /** @type {Blob[]} */
  const parts = [];
  const stop = () => {
    if (recorder.state !== "inactive") recorder.stop();
  };
  const timer = setTimeout(stop, LONGEST_MS);
  /** @type {Promise<Recorded>} */
  const ended = new Promise((resolve) => {
    recorder.ondataavailable = ({ data }) => parts.push(data);
    recorder.onstop = () => {
      clearTimeout(timer);
      for (const track of stream.getTracks()) track.stop();
      const seconds = Math.max(1, Math.round((Date.now() - begun) / 1000));
      resolve({ seconds, sound: new Blob(parts, { type: recorder.mimeType }) });
    };
  });
  recorder.start();
  return { stop, ended };
}
