import type { Transcript } from "../../core/queries.ts";
import { readAtMost } from "../bounded.ts";
import { fields, text } from "../read.ts";

export interface TranscriberOptions {
  /** Takes `POST` with the fields `file`, `model`, `language` and `response_format`. */
  readonly url: string;
  /** Sent as bearer where the service wants one. */
  readonly token?: string | undefined;
}

/** A sound, with its MIME type as far as it is known. */
export interface Sound {
  readonly bytes: Uint8Array;
  readonly type?: string | undefined;
}

/** What came of asking the service; `reason` is made of codes, never of words. */
export type Transcribed =
  | Extract<Transcript, { kind: "heard" | "silent" | "long" }>
  | { readonly kind: "failed"; readonly reason: string; readonly remedy?: string };

/** @param language ISO 639-1 */
export type Transcribe = (sound: Sound, language: string, signal: AbortSignal) => Promise<Transcribed>;

/** The name that every such service knows; those with one model take any. */
const MODEL = "whisper-1";
/** Far above the words of any note that is listened to. */
const MOST_BYTES = 256 * 1024;
/** More words than this are too many to be read again and confirmed, in one message with what is said beside them. */
const MOST_CHARACTERS = 3000;

/**
 * Words of a sound, by a service that speaks OpenAI's interface: OpenAI's own, or Whisper on a machine of
 * the Union. Nothing is kept here.
 *
 * @see https://platform.openai.com/docs/api-reference/audio/createTranscription
 */
export function createTranscriber({ url, token }: TranscriberOptions): Transcribe {
  return async ({ bytes, type }, language, signal) => {
    const form = new FormData();
    const [mime = "audio/ogg"] = (type ?? "").toLowerCase().split(";").filter(Boolean);
    form.set("file", new Blob([new Uint8Array(bytes)], { type: mime }), `voice.${extensionOf(mime)}`);
    form.set("model", MODEL);
    form.set("language", language);
    form.set("response_format", "json");
    try {
      const response = await fetch(url, {
        method: "POST",
        headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
        body: form,
        // The sound and the token are for this address alone.
        redirect: "error",
        signal,
      });
      const body = await readAtMost(response, MOST_BYTES);
      return response.ok ? read(body) : refusal(response.status);
    } catch (error) {
      return { kind: "failed", reason: codeOf(error) };
    }
  };
}

function read(body: Uint8Array | undefined): Transcribed {
  if (!body) return { kind: "failed", reason: "too many bytes" };
  let words: string | undefined;
  try {
    words = text(fields(JSON.parse(Buffer.from(body).toString("utf8")))["text"])?.trim();
  } catch {
    return { kind: "failed", reason: "no JSON" };
  }
  if (words === undefined) return { kind: "failed", reason: "no text" };
  if (words.length > MOST_CHARACTERS) return { kind: "long" };
  return isSpeech(words) ? { kind: "heard", text: words.replace(SAID_SHORTLY, "$1") } : { kind: "silent" };
}

/** Services end with a full stop whatever they hear; who says a name, or a title, says none. */
const SAID_SHORTLY = /^([^.!?…]{1,40})\.$/u;

/** Of silence some services write an ellipsis, or say so in brackets: "[Musica]". */
const isSpeech = (words: string): boolean => /[\p{L}\p{N}]/u.test(words.replace(/\[[^\]]*\]|\([^)]*\)/g, ""));

function refusal(status: number): Transcribed {
  const reason = `HTTP ${status}`;
  if (status === 413) return { kind: "long" };
  if (status === 401 || status === 403)
    return { kind: "failed", reason, remedy: "set TRANSCRIBE_TOKEN to one that the service takes" };
  if (status === 404 || status === 405)
    return { kind: "failed", reason, remedy: "set TRANSCRIBE_URL to the address of a transcription service" };
  return { kind: "failed", reason };
}

/** Services tell a format by the name's end: https://platform.openai.com/docs/guides/speech-to-text */
const EXTENSIONS: Readonly<Record<string, string>> = {
  "audio/mpeg": "mp3",
  "audio/mp3": "mp3",
  "audio/mp4": "m4a",
  "audio/x-m4a": "m4a",
  "audio/m4a": "m4a",
  "audio/aac": "aac",
  "audio/amr": "amr",
  "audio/webm": "webm",
  "audio/wav": "wav",
  "audio/x-wav": "wav",
  "audio/flac": "flac",
};

/** Voice notes are OGG wherever nothing else is said. */
const extensionOf = (mime: string): string => EXTENSIONS[mime] ?? "ogg";

/** Not the message, which may quote an address. */
function codeOf(error: unknown): string {
  const code = text(fields(error instanceof Error ? error.cause : undefined)["code"]);
  return code ?? (error instanceof Error ? error.name : "no answer");
}
