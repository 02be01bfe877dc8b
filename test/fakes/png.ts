/** How large a PNG is, in pixels; `undefined` where the bytes are none. */
export function sizeOfPng(
  bytes: Uint8Array,
): { readonly width: number; readonly height: number } | undefined {
  const header = Buffer.from(bytes);
  if (header.length < 33 || header.toString("latin1", 1, 4) !== "PNG") return undefined;
  return { width: header.readUInt32BE(16), height: header.readUInt32BE(20) };
}
