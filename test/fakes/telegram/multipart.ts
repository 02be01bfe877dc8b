import { UploadedFile } from "./types.ts";

/**
 * Reads a multipart body as leniently as Telegram does: libraries leave out quotes and spaces that
 * stricter readers, such as Node's own, insist upon.
 */
export function readMultipart(body: Buffer, contentType: string): Map<string, string | UploadedFile> {
  const [, quoted, bare] = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType) ?? [];
  const border = Buffer.from(`--${quoted ?? bare ?? ""}`);
  const fields = new Map<string, string | UploadedFile>();
  let from = body.indexOf(border) + border.length;
  for (let to = body.indexOf(border, from); to >= 0; to = body.indexOf(border, from)) {
    // A part begins and ends with the line breaks next to its borders.
    const part = body.subarray(from + 2, to - 2);
    const split = part.indexOf("\r\n\r\n");
    const head = part.subarray(0, split).toString("utf8");
    const content = part.subarray(split + 4);
    const name = parameter(head, "name");
    const fileName = parameter(head, "filename");
    if (name !== undefined)
      fields.set(
        name,
        fileName === undefined
          ? content.toString("utf8")
          : new UploadedFile(fileName, new Uint8Array(content)),
      );
    from = to + border.length;
  }
  return fields;
}

function parameter(head: string, name: string): string | undefined {
  const [, quoted, bare] = new RegExp(`[;\\s]${name}=(?:"([^"]*)"|([^;\\r\\n]*))`, "i").exec(head) ?? [];
  return quoted ?? bare;
}
