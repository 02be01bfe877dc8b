import { Duplex } from "node:stream";
import type { PGlite } from "@electric-sql/pglite";

/** Types of the messages of PostgreSQL's protocol that matter here (PostgreSQL 18, § 54.7). */
const QUERY = 0x51;
const SYNC = 0x53;
const TERMINATE = 0x58;
const ROLLBACK = frontendMessage(QUERY, "ROLLBACK\0");

/**
 * Lets `pg` talk to a database inside this process: {@link connect} gives what `pg` takes for a socket.
 *
 * One PGlite is one PostgreSQL session, so a pool over it must have one client. Should a second one
 * connect nonetheless, it waits until the first has neither a request nor a transaction open.
 */
export class Wire {
  readonly database: PGlite;
  readonly #waiting: (() => void)[] = [];
  #taken = false;

  constructor(database: PGlite) {
    this.database = database;
  }

  readonly connect = (): Duplex => new WireStream(this);

  async take(): Promise<void> {
    if (this.#taken) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#taken = true;
  }

  giveBack(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#taken = false;
    else next();
  }
}

class WireStream extends Duplex {
  readonly #wire: Wire;
  #mine = false;
  #greeted = false;

  constructor(wire: Wire) {
    super({ allowHalfOpen: false });
    this.#wire = wire;
  }

  // What `pg` calls on a socket.
  connect(): this {
    queueMicrotask(() => this.emit("connect"));
    return this;
  }
  setNoDelay(): this {
    return this;
  }
  setKeepAlive(): this {
    return this;
  }
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }

  override _read(): void {
    // Answers are pushed as they come.
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#exchange(chunk).then(() => done(), done);
  }

  override _writev(chunks: { chunk: Buffer }[], done: (error?: Error | null) => void): void {
    this.#exchange(Buffer.concat(chunks.map(({ chunk }) => chunk))).then(() => done(), done);
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#leave().then(() => done(error), done);
  }

  /** `pg` writes whole messages, one or more at a time. */
  async #exchange(data: Buffer): Promise<void> {
    await Promise.resolve(); // an answer within the write itself would make Node drop what `pg` writes next
    if (!this.#mine) {
      await this.#wire.take();
      this.#mine = true;
    }
    let cycleEnds = !this.#greeted; // the first message has no type
    if (this.#greeted) {
      for (let at = 0; at < data.length; at += 1 + data.readInt32BE(at + 1)) {
        const type = data[at];
        if (type === TERMINATE) {
          await this.#leave();
          this.push(null);
          return;
        }
        cycleEnds = type === SYNC || type === QUERY;
      }
    }
    this.#greeted = true;
    const { database } = this.#wire;
    try {
      await database.execProtocolRawStream(data, { onRawData: (bytes) => this.push(Buffer.from(bytes)) });
    } catch (error) {
      this.#giveBack();
      throw error;
    }
    if (cycleEnds && !database.isInTransaction()) this.#giveBack();
  }

  async #leave(): Promise<void> {
    if (!this.#mine) return;
    const { database } = this.#wire;
    try {
      if (database.isInTransaction()) await database.execProtocolRawStream(ROLLBACK, { onRawData: () => {} });
    } finally {
      this.#giveBack();
    }
  }

  #giveBack(): void {
    if (!this.#mine) return;
    this.#mine = false;
    this.#wire.giveBack();
  }
}

function frontendMessage(type: number, body: string): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt8(type, 0);
  head.writeInt32BE(4 + Buffer.byteLength(body), 1);
  return Buffer.concat([head, Buffer.from(body)]);
}
