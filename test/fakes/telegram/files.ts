import { type Parameters, Refusal } from "./types.ts";

/** "Bots can download files of up to 20MB in size": https://core.telegram.org/bots/api#getfile */
const MOST_BYTES = 20_000_000;
/** "It is guaranteed that the link will be valid for at least 1 hour." */
const VALID_MS = 60 * 60 * 1000;

/** What people sent, as it can be fetched: first its path is asked for, then the file is. */
export class Files {
  readonly #now: () => number;
  readonly #kept = new Map<string, { readonly bytes: Uint8Array; readonly size: number }>();
  readonly #paths = new Map<string, { readonly bytes: Uint8Array; readonly until: number }>();

  /** The path of the next file that is asked for. */
  pathOf = (nth: number): string => `voice/file_${nth}.oga`;

  constructor(now: () => number) {
    this.#now = now;
  }

  /**
   * @param size what is told of it
   * @returns the file's id
   */
  keep(bytes: Uint8Array, size = bytes.length): string {
    const id = `AwACAgQAAxk-${this.#kept.size + 1}`;
    this.#kept.set(id, { bytes, size });
    return id;
  }

  /** Answers `getFile`. */
  get({ file_id: id }: Parameters): object {
    const file = this.#kept.get(String(id));
    if (!file) throw new Refusal(400, "Bad Request: wrong file_id or the file is temporarily unavailable");
    if (file.size > MOST_BYTES) throw new Refusal(400, "Bad Request: file is too big");
    const path = this.pathOf(this.#paths.size + 1);
    this.#paths.set(path, { bytes: file.bytes, until: this.#now() + VALID_MS });
    return { file_id: id, file_unique_id: `unique-${id}`, file_size: file.size, file_path: path };
  }

  /** What lies at a path that was given less than an hour ago. */
  read(path: string): Uint8Array {
    const file = this.#paths.get(path);
    if (!file || file.until < this.#now()) throw new Refusal(404, "Not Found");
    return file.bytes;
  }
}
