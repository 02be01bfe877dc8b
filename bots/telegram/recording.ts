import { type Api, GrammyError } from "grammy";
import type { Recording } from "../../core/engine/message.ts";
import { fetchedFrom } from "../bounded.ts";
import type { Fetched } from "../channel.ts";
import { grammySignal } from "./signal.ts";

/** "Bots can download files of up to 20MB in size": https://core.telegram.org/bots/api#getfile (Bot API 10.1) */
const MOST_BYTES = 20_000_000;

/** As Telegram writes them, such as `voice/file_12.oga`: nothing that leads elsewhere. */
const PATH = /^(?:[\w-]+\/)*[\w-]+(?:\.\w+)?$/;

/**
 * Fetches a voice note, by an address that is good for an hour.
 *
 * Reasons are codes alone: the address contains the token.
 */
export async function fetchRecording(
  api: Api,
  files: { readonly token: string; readonly apiRoot: string },
  { file }: Recording,
  signal: AbortSignal,
): Promise<Fetched> {
  try {
    const { file_path: path } = await api.getFile(file, grammySignal(signal));
    if (path === undefined || !PATH.test(path)) return { kind: "failed", reason: "no path" };
    const response = await fetch(`${files.apiRoot}/file/bot${files.token}/${path}`, {
      signal,
      redirect: "error",
    });
    return await fetchedFrom(response, MOST_BYTES);
  } catch (error) {
    if (!(error instanceof GrammyError))
      return { kind: "failed", reason: error instanceof Error ? error.name : "no answer" };
    const { error_code: code, description } = error;
    return /file is too big/i.test(description)
      ? { kind: "big" }
      : { kind: "failed", reason: `getFile ${code}` };
  }
}
