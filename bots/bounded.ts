import type { Fetched } from "./channel.ts";

/**
 * Reads the body of an answer. How long it is shows only while it is read: what its header says is not
 * believed.
 *
 * @param most bytes
 * @returns `undefined` where it is longer; what is left of it is not read
 * @throws what breaks the connection
 */
export async function readAtMost(response: Response, most: number): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  // Leaving the loop closes the connection.
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    if (length > most) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/**
 * What a platform answers where a recording is fetched from.
 *
 * @param most bytes
 * @throws what breaks the connection
 */
export async function fetchedFrom(response: Response, most: number): Promise<Fetched> {
  if (!response.ok) {
    await response.body?.cancel();
    return { kind: "failed", reason: `HTTP ${response.status}` };
  }
  const bytes = await readAtMost(response, most);
  return bytes ? { kind: "fetched", bytes } : { kind: "big" };
}
