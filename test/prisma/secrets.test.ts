import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "../../prisma/client.ts";
import { readSecrets, type Secrets, savedOrNewSecrets } from "../../prisma/secrets.ts";
import { openTestDatabase } from "../support/database.ts";
import { arrival, greet, newKey, newSession, openTestStores, pendingOf } from "../support/stores.ts";

const [one, two, pepper] = [newKey(), newKey(), newKey()];

describe("SECRET_KEYS and LOOKUP_PEPPER", () => {
  it("take the first key for the current one", () => {
    const secrets = readSecrets(`b:${two},a:${one}`, pepper);
    expect(secrets.currentKey).toBe("b");
    expect([...secrets.keys.keys()]).toEqual(["b", "a"]);
  });

  it.each([
    ["", pepper, "SECRET_KEYS must be id:base64"],
    [one, pepper, "SECRET_KEYS"],
    ["a:short", pepper, 'SECRET_KEYS, key "a", must be 32 bytes in base64. Make one with'],
    [`a:${one},`, pepper, "SECRET_KEYS must be id:base64"],
    [`a:${one},a:${two}`, pepper, 'SECRET_KEYS names the key "a" twice'],
    [`a:${one}`, "", "LOOKUP_PEPPER must be 32 bytes in base64. Make one with"],
    [`a:${one}`, "not base64 at all, and of some length", "LOOKUP_PEPPER"],
  ])("say what is wrong with %j, %j", (keys, lookupPepper, message) => {
    expect(() => readSecrets(keys, lookupPepper)).toThrow(message);
  });
});

describe("the secrets of an installation that was given none", () => {
  it("are made once, and are its user's alone to read", async () => {
    const directory = await mkdtemp(join(tmpdir(), "secrets-"));
    try {
      const made = await savedOrNewSecrets(join(directory, "data"));
      const again = await savedOrNewSecrets(join(directory, "data"));
      expect(again.pepper.export()).toEqual(made.pepper.export());
      expect(again.keys.get("local")?.export()).toEqual(made.keys.get("local")?.export());
      expect((await stat(join(directory, "data", "secrets.json"))).mode & 0o777).toBe(0o600);
    } finally {
      await rm(directory, { recursive: true });
    }
  });
});

describe("a database and its secrets", () => {
  let database: Database;
  beforeAll(async () => {
    database = await openTestDatabase();
  });
  afterAll(() => database.close());

  const open = (secrets: Secrets) => openTestStores(database, secrets);

  it("read old rows after the key was changed, and refuse to lose the old key", async () => {
    const session = newSession({ misses: 5 });
    await greet(await open(readSecrets(`a:${one}`, pepper)), "nonna", { session });
    const stores = await open(readSecrets(`b:${two},a:${one}`, pepper));
    await stores.inbox.receive([arrival("nonna", "ancora")]);
    expect(await pendingOf(stores, "nonna")).toMatchObject({ version: 1, session });
    await expect(open(readSecrets(`b:${two}`, pepper))).rejects.toThrow(
      'SECRET_KEYS lacks the key "a", which this database needs',
    );
  });

  it("do not start with another key under a known id", async () => {
    await expect(open(readSecrets(`a:${newKey()},b:${two}`, pepper))).rejects.toThrow(
      'SECRET_KEYS has another key under the id "a"',
    );
  });

  it("do not start with another pepper, which would recognise nobody", async () => {
    await expect(open(readSecrets(`b:${two},a:${one}`, newKey()))).rejects.toThrow(
      "LOOKUP_PEPPER is not the one",
    );
  });
});
