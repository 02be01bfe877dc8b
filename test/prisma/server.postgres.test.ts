import { once } from "node:events";
import { connect, createServer } from "node:net";
import { describe, expect, it } from "vitest";
import { openDatabase } from "../../prisma/client.ts";
import { StoreRefusal } from "../../prisma/refusal.ts";
import { createServerDatabase, serverUrl } from "../support/database.ts";

const server = new URL(serverUrl ?? "");
const open = (url: URL) => openDatabase({ url: url.href, dataDirectory: "" });

describe("a PostgreSQL server", () => {
  it("that cannot be reached is named by its setting, and its password is not told", async () => {
    const away = new URL("postgresql://someone:s3cret@127.0.0.1:1/nothing");
    const refusal = await open(away).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(StoreRefusal);
    expect(String(refusal)).toMatch(/DATABASE_URL: .*ECONNREFUSED.*Is the server up/);
    expect(String(refusal)).not.toContain("s3cret");
  });

  it("is refused where its URL would shift every instant", async () => {
    const shifted = new URL(server);
    shifted.searchParams.set("options", "-c TimeZone=Europe/Rome");
    shifted.pathname = "/postgres";
    await expect(open(shifted)).rejects.toThrow('leave "options" out of it');
  });

  it("goes on after its connections were cut, and says so meanwhile", async () => {
    const own = await createServerDatabase(server.href);
    const errors: Error[] = [];
    const database = await openDatabase({ url: own.url, dataDirectory: "", onError: (e) => errors.push(e) });
    const other = await openDatabase({ url: own.url, dataDirectory: "" });
    try {
      await database.ping();
      await other.pool.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
      );
      await expect.poll(() => errors.length).toBeGreaterThan(0);
      await database.ping();
    } finally {
      await database.close();
      await other.close();
      await own.drop();
    }
  });

  it("that dies as soon as it has greeted takes nobody with it", async () => {
    const own = await createServerDatabase(server.href);
    const wire = await dying(server.hostname, Number(server.port || 5432));
    const through = new URL(own.url);
    through.host = `127.0.0.1:${wire.port}`;
    const database = await open(through);
    try {
      const held = await database.pool.connect();
      wire.dies();
      // An error that nobody hears would end this process.
      const client = await database.pool.connect();
      await expect(client.query("SELECT 1")).rejects.toThrow();
      client.release();
      held.release();
    } finally {
      await database.close();
      wire.close();
      await own.drop();
    }
  });
});

/** What a process of PostgreSQL says when it finds its head killed. */
const LAST_WORDS = (() => {
  const fields = Buffer.from("SFATAL\0C57P01\0Mterminating connection due to unexpected postmaster exit\0\0");
  const head = Buffer.from("E\0\0\0\0");
  head.writeInt32BE(4 + fields.length, 1);
  return Buffer.concat([head, fields]);
})();
const READY = Buffer.from("Z\0\0\0\x05I");

/** A wire to a server whose last words come, from some moment on, with its greeting. */
async function dying(host: string, port: number) {
  let dies = false;
  const relay = createServer((near) => {
    const far = connect(port, host);
    far.on("data", (bytes) => {
      if (dies && bytes.subarray(-READY.length).equals(READY)) near.end(Buffer.concat([bytes, LAST_WORDS]));
      else near.write(bytes);
    });
    near.on("data", (bytes) => far.write(bytes));
    for (const socket of [near, far]) {
      socket.on("error", () => undefined);
      socket.on("close", () => [near, far].map((one) => one.destroy()));
    }
  }).listen(0, "127.0.0.1");
  await once(relay, "listening");
  const address = relay.address();
  if (address === null || typeof address === "string") throw new Error("It does not listen.");
  return {
    port: address.port,
    dies() {
      dies = true;
    },
    close: () => relay.close(),
  };
}
