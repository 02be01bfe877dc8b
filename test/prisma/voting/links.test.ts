import { afterAll, beforeAll, expect, it } from "vitest";
import type { Effect } from "../../../core/effects.ts";
import type { Database } from "../../../prisma/client.ts";
import type { Stores } from "../../../prisma/stores.ts";
import { openTestDatabase } from "../../support/database.ts";
import { greet, newSecrets, newSession, openTestStores, turn } from "../../support/stores.ts";

let database: Database;
let stores: Stores;
beforeAll(async () => {
  database = await openTestDatabase();
  stores = await openTestStores(database, newSecrets());
});
afterAll(() => database.close());

const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
const open = (token: string, until = inMinutes(15), cityUser?: number): Effect => ({
  kind: "openBallot",
  token,
  until,
  ...(cityUser !== undefined && { cityUser }),
});

it("opens as often as it is looked at, and is used up once", async () => {
  const session = newSession({ language: "en" });
  const contactId = await greet(stores, "a1", { session, effects: [open("a-token")] });
  const { links } = stores.voting;
  for (const _ of [1, 2]) expect(await links.peek("a-token")).toEqual({ contactId, language: "en" });
  const takers = await Promise.all([1, 2, 3, 4].map(() => links.take("a-token")));
  expect(takers.filter(Boolean)).toEqual([{ contactId, language: "en" }]);
  expect(await links.peek("a-token")).toBeUndefined();
});

it("is worth nothing when its time is over, or when it is not known", async () => {
  await greet(stores, "b1", { effects: [open("b-token", inMinutes(-1))] });
  for (const token of ["b-token", "another", ""]) {
    expect(await stores.voting.links.peek(token)).toBeUndefined();
    expect(await stores.voting.links.take(token)).toBeUndefined();
  }
});

it("gives way to a later one to the same page, and to no other", async () => {
  await greet(stores, "c1", { effects: [open("c-1"), open("c-register", inMinutes(15), 7)] });
  await greet(stores, "c2", { effects: [open("c-other")] });
  await turn(stores, "c1", { effects: [open("c-2")] });
  const { links } = stores.voting;
  expect(await links.peek("c-1")).toBeUndefined();
  expect(await links.peek("c-2")).toBeDefined();
  expect(await links.peek("c-register")).toMatchObject({ cityUser: 7 });
  expect(await links.peek("c-other")).toBeDefined();
});

it("is not kept as it is, and goes with whoever asks to be forgotten", async () => {
  await greet(stores, "d1", { effects: [open("d-token")] });
  const rows = await database.prisma.ballotLink.findMany();
  expect(rows.some(({ lookup }) => Buffer.from(lookup).toString("latin1").includes("d-token"))).toBe(false);
  await turn(stores, "d1", { effects: [{ kind: "eraseContact" }] });
  expect(await stores.voting.links.peek("d-token")).toBeUndefined();
});
