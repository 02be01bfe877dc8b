import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Effect } from "../../../core/effects.ts";
import type { Database } from "../../../prisma/client.ts";
import { purge } from "../../../prisma/purge.ts";
import type { Stores } from "../../../prisma/stores.ts";
import { openTestDatabase } from "../../support/database.ts";
import { greet, newSecrets, openTestStores, turn } from "../../support/stores.ts";

let database: Database;
let stores: Stores;
beforeAll(async () => {
  database = await openTestDatabase();
  stores = await openTestStores(database, newSecrets());
});
afterAll(() => database.close());

async function somebodyOnTheRoll(): Promise<string> {
  const id = randomUUID();
  const sealed = new Uint8Array();
  await database.prisma.voter.create({ data: { id, edition: "test", sealed, nameKey: sealed } });
  return id;
}

const minutesLeft = (until: Date) => Math.round((until.getTime() - Date.now()) / 60_000);

/** Lets so many minutes pass for every session. */
const pass = (minutes: number) =>
  database.pool.query(`UPDATE "BallotSession" SET until = until - interval '${minutes} minutes'`);

describe("a browser's session", () => {
  it("lives twenty minutes from its last step", async () => {
    const { sessions } = stores.voting;
    const token = await sessions.begin(undefined);
    await pass(19);
    expect(minutesLeft((await sessions.read(token))?.until ?? new Date())).toBe(20);
    await pass(21);
    expect(await sessions.read(token)).toBeUndefined();
    expect(await sessions.read("unknown")).toBeUndefined();
  });

  it("keeps for itself, sealed, what a sign-in needs", async () => {
    const { sessions } = stores.voting;
    const token = await sessions.begin(undefined);
    await sessions.remember(token, { nonce: "canary" });
    expect((await sessions.read(token))?.memo).toEqual({ nonce: "canary" });
    const rows = await database.prisma.ballotSession.findMany();
    expect(rows.some(({ sealed }) => Buffer.from(sealed ?? []).includes("canary"))).toBe(false);
    await sessions.remember(token, undefined);
    expect((await sessions.read(token))?.memo).toBeUndefined();
  });

  it("goes on under a new token when somebody signs in, with its chat and without its memo", async () => {
    const { sessions } = stores.voting;
    const contactId = await greet(stores, "s1");
    const voterId = await somebodyOnTheRoll();
    const planted = await sessions.begin(contactId);
    await sessions.remember(planted, { state: "x" });
    const token = await sessions.signIn(planted, voterId, "code");
    expect(await sessions.read(planted)).toBeUndefined();
    const signedIn = await sessions.read(token);
    expect(signedIn).toMatchObject({ contactId, signedIn: { voterId, route: "code" }, tying: false });
    expect(signedIn?.memo).toBeUndefined();
  });

  it("that ended meanwhile is begun anew without its chat", async () => {
    const { sessions } = stores.voting;
    const contactId = await greet(stores, "s2");
    const voterId = await somebodyOnTheRoll();
    const ended = await sessions.begin(contactId);
    await pass(21);
    const session = await sessions.read(await sessions.signIn(ended, voterId, "spid"));
    expect(session).toMatchObject({ signedIn: { voterId, route: "spid" } });
    expect(session?.contactId).toBeUndefined();
  });

  it("ends", async () => {
    const { sessions } = stores.voting;
    const token = await sessions.begin(undefined);
    await sessions.end(token);
    expect(await sessions.read(token)).toBeUndefined();
  });
});

it("a session that is over is forgotten the day after, and a link at once", async () => {
  const { sessions, links } = stores.voting;
  const until = new Date(Date.now() + 60_000).toISOString();
  const effects: readonly Effect[] = [{ kind: "openBallot", token: "p-token", until }];
  const contactId = await greet(stores, "p1", { effects });
  const token = await sessions.begin(contactId);
  await purge(database);
  expect(await links.peek("p-token")).toBeDefined();
  expect(await sessions.read(token)).toBeDefined();
  await purge(database, new Date(Date.now() + 25 * 60 * 60_000));
  expect(await database.prisma.ballotLink.count({ where: { contactId } })).toBe(0);
  expect(await database.prisma.ballotSession.count({ where: { contactId } })).toBe(0);
});

describe("after the vote", () => {
  it("forgets who voted and draws digits, the same for a page that asks again, where a chat gave the link", async () => {
    const { sessions } = stores.voting;
    const contactId = await greet(stores, "v1");
    const token = await sessions.signIn(await sessions.begin(contactId), await somebodyOnTheRoll(), "code");
    const drawn = await Promise.all([1, 2, 3].map(() => sessions.voted(token)));
    expect(drawn[0]).toMatch(/^\d{6}$/);
    expect(new Set(drawn)).toHaveLength(1);
    const session = await sessions.read(token);
    expect(session).toMatchObject({ contactId, tying: true });
    expect(session?.signedIn).toBeUndefined();
    const row = await database.prisma.ballotSession.findFirstOrThrow({ where: { contactId } });
    expect(row).toMatchObject({ voterId: null, route: null, sealed: null });
  });

  it("draws none without a chat, nor where nobody had signed in", async () => {
    const { sessions } = stores.voting;
    const alone = await sessions.signIn(await sessions.begin(undefined), await somebodyOnTheRoll(), "spid");
    expect(await sessions.voted(alone)).toBeUndefined();
    const contactId = await greet(stores, "v2");
    expect(await sessions.voted(await sessions.begin(contactId))).toBeUndefined();
  });
});

describe("digits typed in the chat", () => {
  /** Lets somebody vote by a link of the chat at that address; gives the digits they were shown. */
  async function voteFrom(address: string): Promise<{ contactId: string; digits: string }> {
    const { sessions } = stores.voting;
    const contactId = await greet(stores, address);
    return { contactId, digits: await voteAgain(contactId, sessions) };
  }
  async function voteAgain(contactId: string, { signIn, begin, voted } = stores.voting.sessions) {
    const token = await signIn(await begin(contactId), await somebodyOnTheRoll(), "code");
    return (await voted(token)) ?? "";
  }
  const worth = (contactId: string, digits: string) =>
    stores.conversations.find(contactId, { kind: "ballotTie", digits });
  const ties = (contactId: string) => stores.conversations.find(contactId, { kind: "ballotTies" });
  const type = (address: string, digits: string, found: "right" | "wrong") =>
    turn(stores, address, { effects: [{ kind: "tieBallot", digits, found, on: "2026-02-03" }] });
  const not = (digits: string) => String((Number(digits) + 1) % 1_000_000).padStart(6, "0");

  it("tie a vote to the chat whose link it was, once, and keep nothing of whose it was", async () => {
    const { contactId, digits } = await voteFrom("t1");
    expect(await worth(contactId, digits)).toBe("right");
    expect(await type("t1", digits, "right")).toBe(true);
    expect(await worth(contactId, digits)).toBe("none");
    expect(await type("t1", digits, "right")).toBe(false);
    expect(await ties(contactId)).toBe(1);
    const [row] = await database.prisma.ballotTie.findMany({ where: { contactId } });
    expect(Object.keys(row ?? {}).sort()).toEqual(["contactId", "edition", "id", "tiedOn"]);
    const { ties: days } = await stores.conversations.find(contactId, { kind: "held" });
    expect(days).toEqual(["2026-02-03"]);
  });

  it("are worth nothing in another chat", async () => {
    const { digits } = await voteFrom("t2");
    const other = await greet(stores, "t3");
    expect(await worth(other, digits)).toBe("none");
    expect(await type("t3", digits, "right")).toBe(false);
  });

  it("can be tried three times", async () => {
    const { sessions } = stores.voting;
    const contactId = await greet(stores, "t4");
    const token = await sessions.signIn(await sessions.begin(contactId), await somebodyOnTheRoll(), "code");
    const digits = (await sessions.voted(token)) ?? "";
    for (const _ of [1, 2, 3]) {
      expect(await worth(contactId, not(digits))).toBe("wrong");
      expect(await type("t4", not(digits), "wrong")).toBe(true);
      await sessions.voted(token);
    }
    expect(await worth(contactId, digits)).toBe("none");
    expect(await type("t4", digits, "right")).toBe(false);
    expect(await ties(contactId)).toBe(0);
  });

  it("cannot be tried without spending a try, whatever the turn was told", async () => {
    const { contactId, digits } = await voteFrom("t5");
    expect(await type("t5", digits, "wrong")).toBe(false);
    expect(await type("t5", not(digits), "right")).toBe(false);
    expect(await worth(contactId, digits)).toBe("right");
  });

  it("live ten minutes, whatever the page does meanwhile", async () => {
    const { sessions } = stores.voting;
    const contactId = await greet(stores, "t6");
    const token = await sessions.signIn(await sessions.begin(contactId), await somebodyOnTheRoll(), "code");
    const digits = (await sessions.voted(token)) ?? "";
    await pass(9);
    await sessions.read(token);
    expect(await sessions.voted(token)).toBe(digits);
    expect(await worth(contactId, digits)).toBe("right");
    await pass(1);
    expect(await worth(contactId, digits)).toBe("none");
    expect(await sessions.voted(token)).toBeUndefined();
  });

  it("tie several votes of a family to one phone", async () => {
    const { contactId, digits } = await voteFrom("t7");
    const others = await voteAgain(contactId);
    for (const each of [others, digits]) expect(await type("t7", each, "right")).toBe(true);
    expect(await ties(contactId)).toBe(2);
  });
});
