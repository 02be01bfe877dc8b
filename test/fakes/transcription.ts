import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { readMultipart } from "./telegram/multipart.ts";
import { UploadedFile } from "./telegram/types.ts";

/** What goes wrong next, instead of an answer. */
export type TranscriptionFault =
  | { readonly status: number }
  /** An answer of this body. */
  | { readonly body: string }
  /** No answer ever comes. */
  | "silence"
  /** An answer that does not end. */
  | "endless"
  /** The connection breaks. */
  | "cut";

/** A request that was taken. */
export interface Transcription {
  readonly words: string;
  readonly language: string;
  readonly file: string;
}

/** "File uploads are currently limited to 25 MB": https://platform.openai.com/docs/guides/speech-to-text */
const MOST_BYTES = 25 * 1024 * 1024;
const FORMATS = /\.(flac|mp3|mp4|mpeg|mpga|m4a|ogg|wav|webm)$/;
const FIELDS = ["file", "model", "language", "prompt", "response_format", "temperature"];

/** The sound of these words, as {@link FakeTranscription} hears it. */
export const soundOf = (words: string): Uint8Array => Buffer.from(`OggS${words}`);

/**
 * OpenAI's transcriptions on loopback: it enforces its contract, takes a sound for the words that stand in
 * it, and goes wrong on demand.
 *
 * @see https://platform.openai.com/docs/api-reference/audio/createTranscription
 */
export class FakeTranscription {
  readonly token = "transcription-token";
  readonly taken: Transcription[] = [];
  readonly faults: TranscriptionFault[] = [];
  /** Requests that came, whatever became of them. */
  requests = 0;
  readonly #server = createServer((request, response) => void this.#serve(request, response));

  /** Without a path. */
  get url(): string {
    const address = this.#server.address();
    if (address === null || typeof address === "string") throw new Error("The fake does not listen yet.");
    return `http://127.0.0.1:${address.port}`;
  }

  async listen(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    return this;
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Uint8Array[] = [];
    for await (const chunk of request) chunks.push(chunk);
    this.requests += 1;
    const fault = this.faults.shift();
    if (fault === "cut") request.socket.destroy();
    if (fault === "cut" || fault === "silence") return;
    if (fault === "endless") {
      response.writeHead(200, { "content-type": "application/json" });
      const more = () => {
        while (response.write(Buffer.alloc(64 * 1024, "a")));
      };
      response.on("drain", more);
      return more();
    }
    const refused = typeof fault === "object" && "status" in fault ? fault.status : undefined;
    const body = typeof fault === "object" && "body" in fault ? fault.body : undefined;
    const status = refused ?? this.#take(request, Buffer.concat(chunks));
    const words = this.taken.at(-1)?.words;
    const error = { error: { message: "Words that may quote the sound.", type: "invalid_request_error" } };
    response
      .writeHead(status, { "content-type": "application/json" })
      .end(body ?? JSON.stringify(status === 200 ? { text: words } : error));
  }

  #take({ method, url, headers }: IncomingMessage, body: Buffer): number {
    if (url !== "/v1/audio/transcriptions") return 404;
    if (method !== "POST") return 405;
    if (headers.authorization !== `Bearer ${this.token}`) return 401;
    const type = headers["content-type"] ?? "";
    if (!type.startsWith("multipart/form-data")) return 415;
    const form = readMultipart(body, type);
    const [file, language] = [form.get("file"), form.get("language")];
    const isKnown = [...form.keys()].every((name) => FIELDS.includes(name));
    if (!isKnown || !(file instanceof UploadedFile) || form.get("model") !== "whisper-1") return 400;
    if (typeof language !== "string" || !/^[a-z]{2}$/.test(language)) return 400;
    if (form.get("response_format") !== "json" || !FORMATS.test(file.name)) return 400;
    if (file.bytes.length > MOST_BYTES) return 413;
    const sound = Buffer.from(file.bytes).toString("utf8");
    if (!sound.startsWith("OggS")) return 400;
    this.taken.push({ words: sound.slice(4), language, file: file.name });
    return 200;
  }
}
