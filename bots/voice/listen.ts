import type { Transcript, TranscriptQuery } from "../../core/queries.ts";
import type { Channel } from "../channel.ts";
import { within } from "../deadline.ts";
import type { Transcribe } from "./transcribe.ts";

/** Fetching and transcribing together. Whoever waits longer has put the phone away. */
const PATIENCE_MS = 40_000;

/** Turns a recording to words: fetched from where it came, sent to the service, and forgotten. */
export function createListener(options: {
  readonly channel: (name: string) => Pick<Channel, "fetchRecording"> | undefined;
  readonly transcribe: Transcribe;
  readonly log: {
    warn(details: object, message: string): void;
    error(details: object, message: string): void;
  };
  readonly patienceMs?: number;
}): (query: TranscriptQuery, signal: AbortSignal) => Promise<Transcript> {
  const { channel, transcribe, log, patienceMs = PATIENCE_MS } = options;
  return ({ channel: name, recording, language }, left) =>
    within(patienceMs, left, async (signal) => {
      function unheard(reason: string, remedy?: string): Transcript {
        if (left.aborted) return { kind: "failed" };
        if (remedy) log.error({ channel: name, reason, remedy }, "Voice notes cannot be transcribed");
        else log.warn({ channel: name, reason }, "A voice note was not heard");
        return { kind: signal.aborted ? "late" : "failed" };
      }

      const fetched = await channel(name)?.fetchRecording?.(recording, signal);
      if (fetched?.kind === "big") return { kind: "long" };
      if (fetched?.kind !== "fetched") return unheard(fetched?.reason ?? "no such channel");
      const heard = await transcribe({ bytes: fetched.bytes, type: recording.type }, language, signal);
      return heard.kind === "failed" ? unheard(heard.reason, heard.remedy) : heard;
    });
}
