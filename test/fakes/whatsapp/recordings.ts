import { createHash } from "node:crypto";
import { Refusal } from "./types.ts";

/** "Media URLs expire after 5 minutes": https://developers.facebook.com/docs/whatsapp/cloud-api/reference/media */
const VALID_MS = 5 * 60 * 1000;

/** What people sent, as it can be fetched: first its address is asked for, then the file is. */
export class Recordings {
  readonly #now: () => number;
  readonly #kept = new Map<string, { readonly bytes: Uint8Array; readonly type: string }>();
  readonly #places = new Map<string, { readonly bytes: Uint8Array; readonly until: number }>();
  /** Where the next addresses lead, instead of here. */
  elsewhere: string | undefined;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** @returns the media's id */
  keep(bytes: Uint8Array, type: string): string {
    const id = String(1_003_383_421_387_256 + this.#kept.size);
    this.#kept.set(id, { bytes, type });
    return id;
  }

  has(id: string): boolean {
    return this.#kept.has(id);
  }

  /** Answers `GET /<id>`. */
  locate(id: string, root: string): object {
    const kept = this.#kept.get(id);
    if (!kept) throw new Refusal(100, "Unsupported get request. Object does not exist");
    const mid = String(this.#places.size + 1);
    this.#places.set(mid, { bytes: kept.bytes, until: this.#now() + VALID_MS });
    return {
      messaging_product: "whatsapp",
      url: this.elsewhere ?? `${root}/whatsapp_business/attachments/?mid=${mid}`,
      mime_type: kept.type,
      sha256: createHash("sha256").update(kept.bytes).digest("hex"),
      file_size: String(kept.bytes.length),
      id,
    };
  }

  /** What lies at an address that was given less than five minutes ago. */
  read(mid: string): Uint8Array {
    const place = this.#places.get(mid);
    if (!place || place.until < this.#now()) throw new Refusal(100, "Media expired", 404);
    return place.bytes;
  }
}
