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
