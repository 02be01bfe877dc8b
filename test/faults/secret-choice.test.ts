import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ballotDigest } from "../../core/voting/envelope.ts";
import { type Database, openDatabase } from "../../prisma/client.ts";
import { seal } from "../../web/voting/client/seal.js";
import { ballotKey } from "../support/ballot-key.ts";
import { createServerDatabase, putEmbeddedDatabase, serverUrl } from "../support/database.ts";
import { ownServer } from "../support/own-server.ts";
import { newSecrets, openTestStores } from "../support/stores.ts";
import { castBy, enrol, openBox, TODAY } from "../support/voting.ts";

/*
 * A choice that is easily known again is looked for in all that is written: data, logs of changes, the
 * server's own log with every statement and its values, a dump. It is nowhere, as it was sealed before
 * it was sent.
 */

/** As a block holds it: 64 bytes, each bit a project that was chosen. */
const CANARY = Buffer.from("qui canta il canarino che nessuno deve sentire fuori dalla busta");
const positions = [...CANARY].flatMap((byte, at) =>
  [0, 1, 2, 3, 4, 5, 6, 7].flatMap((bit) => ((byte >> bit) & 1 ? [at * 8 + bit] : [])),
);

const told = { channels: [], message: { text: "", choices: [] } };

interface Place {
  readonly name: string;
  /** Gives the database, and all that is written of it once everybody has voted. */
  open(): Promise<{
    readonly database: Database;
    written(): Promise<readonly Buffer[]>;
    remove(): Promise<void>;
  }>;
}

const PLACES: readonly Place[] = [
  { name: "the embedded database", open: embedded },
  ...(serverUrl === undefined ? [] : [{ name: "a PostgreSQL server", open: server }]),
];

async function embedded() {
  const dataDirectory = await mkdtemp(join(tmpdir(), "bene-comune-"));
  await putEmbeddedDatabase(dataDirectory);
  const database = await openDatabase({ dataDirectory });
  return {
    database,
    async written() {
      await database.close();
      return filesIn(dataDirectory);
    },
    remove: () => rm(dataDirectory, { recursive: true, force: true }),
  };
}

async function server() {
  const own = await ownServer(["log_statement=all", "logging_collector=on", "log_directory=log"]);
  if (own === undefined) throw new Error("There must be programs of PostgreSQL here, to read their files.");
  const { url } = await createServerDatabase(own.url);
  const database = await openDatabase({ url, dataDirectory: "" });
  return {
    database,
    async written() {
      await database.pool.query("CHECKPOINT");
      const dump = await own.dump(url);
      await database.close();
      return [Buffer.from(dump), ...(await filesIn(own.folder))];
    },
    remove: () => own.close(),
  };
}

async function filesIn(folder: string): Promise<Buffer[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return Promise.all(files.map((file) => readFile(join(file.parentPath, file.name))));
}

/** How many of these hold some bytes, as they are, in hexadecimal or in base64. */
const holding = (written: readonly Buffer[], bytes: Buffer): number => {
  const forms = [bytes, bytes.toString("hex"), bytes.toString("base64").replace(/..=*$/, "")];
  return written.filter((one) => forms.some((form) => one.includes(form))).length;
};

test.each(PLACES)(
  "a choice is written nowhere on $name",
  async ({ open }) => {
    const { database, written, remove } = await open();
    try {
      const secrets = newSecrets();
      const stores = await openTestStores(database, secrets);
      const { urns } = stores.voting;
      await openBox(database);
      const { publicKey } = ballotKey();
      const sealed = await seal(publicKey, ballotDigest("test", publicKey, []), positions);
      const [voter = "", ...others] = await enrol(database, secrets, 22);
      const casts = [castBy(stores, voter, sealed.envelope), ...others.map((other) => castBy(stores, other))];
      for (const { kind } of await Promise.all(casts)) expect(kind).toBe("cast");
      await urns.mix(told);
      await urns.close(TODAY, told);
      const all = await written();
      // What was sent is found, so what is not found is not there.
      expect(holding(all, Buffer.from(sealed.envelope).subarray(0, 60))).toBeGreaterThan(0);
      for (const secret of [
        CANARY.subarray(0, 12),
        CANARY.subarray(30, 42),
        Buffer.from(sealed.checkCode, "hex"),
      ]) {
        expect(holding(all, secret)).toBe(0);
      }
    } finally {
      await remove();
    }
  },
  120_000,
);
