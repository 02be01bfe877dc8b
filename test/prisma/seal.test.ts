import { describe, expect, it } from "vitest";
import { z } from "zod";
import { createSealer, UnreadableError } from "../../prisma/seal.ts";
import { readSecrets } from "../../prisma/secrets.ts";
import { newKey } from "../support/stores.ts";

const [oldKey, key, pepper] = [newKey(), newKey(), newKey()];
const place = { table: "Contact", column: "session", row: "1" };
const before = createSealer(readSecrets(`old:${oldKey}`, pepper));
const after = createSealer(readSecrets(`new:${key},old:${oldKey}`, pepper));

describe("sealed values", () => {
  it("come back as they were, and never look the same twice", () => {
    const value = { words: "Perché no? 👵", empty: "", list: [1, null] };
    const [one, two] = [before.seal(place, value), before.seal(place, value)];
    expect(before.open(place, one, z.unknown())).toEqual(value);
    expect(Buffer.from(one).equals(two)).toBe(false);
    expect(Buffer.from(one).toString("latin1")).not.toContain("Perch");
  });

  it("are read under an older key, and written under the current one", () => {
    expect(after.open(place, before.seal(place, "prima"), z.string())).toBe("prima");
    expect(() => before.open(place, after.seal(place, "dopo"), z.string())).toThrow(
      'Contact.session was sealed with the key "new", which SECRET_KEYS lacks.',
    );
  });

  it.each([
    ["row", { ...place, row: "2" }],
    ["column", { ...place, column: "sealed" }],
    ["table", { ...place, table: "Address" }],
  ])("do not open in another %s", (_, elsewhere) => {
    expect(() => before.open(elsewhere, before.seal(place, "x"), z.string())).toThrow(UnreadableError);
  });

  it("do not open once a single bit of them was changed, or the end is missing", () => {
    const sealed = before.seal(place, "x");
    for (let index = 0; index < sealed.length; index += 1) {
      const changed = sealed.map((byte, at) => (at === index ? byte ^ 1 : byte));
      expect(() => before.open(place, changed, z.string())).toThrow(UnreadableError);
      expect(() => before.open(place, sealed.subarray(0, index), z.string())).toThrow(UnreadableError);
    }
  });

  it("do not open under another key that has the same id", () => {
    const other = createSealer(readSecrets(`old:${key}`, pepper));
    expect(() => other.open(place, before.seal(place, "x"), z.string())).toThrow(UnreadableError);
  });

  it("are refused in a shape that nobody expects", () => {
    expect(() => before.open(place, before.seal(place, 7), z.string())).toThrow(UnreadableError);
  });
});

describe("lookups", () => {
  it("are the same whatever the keys, and differ by purpose, part and pepper", () => {
    const digest = before.lookup("address", "telegram", "12");
    expect(after.lookup("address", "telegram", "12")).toEqual(digest);
    const others = [
      before.lookup("delivery", "telegram", "12"),
      before.lookup("address", "telegram1", "2"),
      before.lookup("address", "telegram", "13"),
      createSealer(readSecrets(`old:${oldKey}`, newKey())).lookup("address", "telegram", "12"),
    ];
    for (const other of others) expect(other).not.toEqual(digest);
  });
});
