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
});
