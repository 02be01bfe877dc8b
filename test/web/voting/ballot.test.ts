import { createHash, randomBytes } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { addDays } from "../../../core/edition/calendar.ts";
import { seal } from "../../../web/voting/client/seal.js";
import { votingCode, votingScript } from "../../../web/voting/code.ts";
import { formToken } from "../../../web/voting/shell.ts";
import { demo } from "../../support/talk.ts";
import { castBy, newEnvelope, TODAY, tally } from "../../support/voting.ts";
import { type BallotStand, openBallotStand, PROJECTS } from "./stand.ts";

let stand: BallotStand;
let url: string;
beforeAll(async () => {
  stand = await openBallotStand();
  url = await stand.serve();
});
afterEach(() => stand.moveTo(TODAY));
afterAll(() => stand.close());

const { from, to } = demo.vote?.online ?? { from: "", to: "" };

const get = (token: string | undefined, path = "/voto/scheda", at = url) =>
  fetch(at + path, { redirect: "manual", headers: token ? { cookie: `ballot=${token}` } : {} });

/** Sends an envelope as the page does, but for what is said to differ. */
function send(token: string, envelope: Uint8Array, headers: Record<string, string> = {}) {
  return fetch(`${url}/voto/voti`, {
    method: "POST",
    // A body that was refused unread ends its connection, which nothing else is to use.
    headers: {
      cookie: `ballot=${token}`,
      "x-form": formToken(token),
      "content-type": "application/octet-stream",
      connection: "close",
      ...headers,
    },
    body: Buffer.from(envelope),
  });
}
const said = async (response: Response) => ({
  status: response.status,
  ...answer.parse(await response.json()),
});
const answer = z.object({
  receipt: z.unknown().optional(),
  digits: z.string().optional(),
  refused: z.string().optional(),
  next: z.string().optional(),
});
const receiptOf = (envelope: Uint8Array) => ({
  receipt: {
    id: createHash("sha256").update(envelope).digest("hex"),
    signature: expect.stringMatching(/^[\w-]{86}$/),
  },
});
const sealed = async (...positions: number[]) =>
  (await seal(stand.ballot.publicKey, stand.ballot.digest, positions)).envelope;
/** Positions in the order in which a page shows them. */
const order = (page: string) =>
  [...page.matchAll(/value="(\d+)" data-cost/g)].map(([, position]) => Number(position));

describe("The ballot", () => {
  test("shows every project in an order of the voter's own, which stays", async () => {
    const [one, other] = [await stand.signIn(), await stand.signIn()];
    const page = await (await get(one)).text();
    expect(order(page).toSorted((a, b) => a - b)).toEqual(PROJECTS.map((_, position) => position));
    expect(order(await (await get(one)).text())).toEqual(order(page));
    expect(order(await (await get(other)).text())).not.toEqual(order(page));
    expect(page).toContain("Wi-Fi &lt;b&gt;in piazza&lt;/b&gt;");
    expect(page).toContain("Costa 3.000 €.");
    expect(page).toContain("i tecnici lo possono fare");
    expect(page).toContain("Scegli fino a 3 progetti.");
  });

  test("is kept by nobody and runs nothing but its own", async () => {
    const response = await get(await stand.signIn());
    expect(response.headers.get("cache-control")).toBe("no-store");
    const policy = response.headers.get("content-security-policy");
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain("unsafe");
    const page = await response.text();
    expect(page).not.toMatch(/<input type="checkbox"[^>]* name=/);
    expect(page).toContain("<noscript>");
  });

  test("says in the voter's language how one chooses, and openly what it cannot protect from", async () => {
    const token = await stand.signIn();
    const page = await (await get(token, "/voto/scheda?lang=en")).text();
    expect(page).toContain('<html lang="en" dir="ltr">');
    expect(page).toContain("Choose up to 3 projects.");
    expect(page).toContain("In this demonstration the key is on the computer");
    expect(page).not.toContain("not prove who one is");
    const declared = { spid: true, station: true, code: "self-declared" } as const;
    const within = await stand.serve({
      choices: { rule: "withinBudget" },
      routes: declared,
      publishBallots: true,
    });
    const changed = await (await get(token, "/voto/scheda", within)).text();
    expect(changed).toContain("insieme costano al massimo 25.000 €.");
    expect(changed).toContain("Non prova chi si è.");
    expect(changed).toContain("Codice di controllo");
  });

  test.each([
    ["nobody signed in", undefined],
    ["a cookie that is none of ours", "x"],
  ])("asks to sign in where there is %s", async (_, token) => {
    const response = await get(token);
    expect(response.status).toBe(403);
    const page = await response.text();
    expect(page).toContain('href="/voto"');
    expect(page).not.toContain("Progetto numero");
  });

  test.each([
    ["before", () => addDays(from, -1), "ancora presto"],
    ["after", () => addDays(to, 1), "è finito"],
  ])("is not there %s the days of the vote, and says which they are", async (_, day, words) => {
    const token = await stand.signIn();
    stand.moveTo(day());
    const page = await (await get(token)).text();
    expect(page).toContain(words);
    expect(page).toContain("Fonte:");
    expect(page).not.toContain("Progetto numero");
  });

  test("is not shown to who may not vote yet, nor to who has voted", async () => {
    expect(await (await get(await stand.signIn({ enabledFrom: addDays(TODAY, 2) }))).text()).toContain(
      "Puoi votare dal",
    );
    const token = await stand.signIn();
    const voterId = (await stand.stores.voting.sessions.read(token))?.signedIn?.voterId ?? "";
    await castBy(stand.stores, voterId);
    expect(await (await get(token)).text()).toContain("Risulta già un tuo voto");
  });
});

describe("An envelope", () => {
  test("is taken once, with a receipt that sending it again gives again", async () => {
    const token = await stand.signIn();
    const envelope = await sealed(1, 4);
    const before = await tally(stand.database);
    const first = await said(await send(token, envelope));
    expect(first).toEqual({ status: 200, ...receiptOf(envelope) });
    expect(await said(await send(token, envelope))).toEqual(first);
    await stand.stores.voting.sessions.end(token);
    expect(await said(await send(token, envelope))).toEqual(first);
    stand.moveTo(addDays(to, 1));
    expect(await said(await send("gone", envelope))).toEqual(first);
    const after = await tally(stand.database);
    expect([after.online, after.spool]).toEqual([before.online + 1, before.spool + 1]);
    expect(await stand.opener.open(envelope)).toMatchObject({ positions: [1, 4] });
  });

  test("counts once, however many are sent at once", async () => {
    const token = await stand.signIn();
    const envelope = await sealed();
    const before = await tally(stand.database);
    const answers = await Promise.all(Array.from({ length: 20 }, () => send(token, envelope).then(said)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toHaveLength(1);
    expect(answers[0]).toEqual({ status: 200, ...receiptOf(envelope) });
    expect((await tally(stand.database)).spool).toBe(before.spool + 1);
  });

  test("comes with six digits for the chat that gave the link, the same to who asks again", async () => {
    const token = await stand.signIn({ chat: "chat" });
    const envelope = await sealed(2);
    const first = await said(await send(token, envelope));
    expect(first).toMatchObject({ digits: expect.stringMatching(/^\d{6}$/) });
    expect(await said(await send(token, envelope))).toEqual(first);
    const page = await (await get(token)).text();
    expect(page).toContain(first.digits);
    expect(page).not.toContain("data-cost");
  });

  test.each([
    ["of another length", 400, () => newEnvelope().subarray(1), {}],
    ["empty", 400, () => new Uint8Array(), {}],
    ["too large", 413, () => randomBytes(385), {}],
    ["far too large", 413, () => randomBytes(5_000_000), {}],
    ["of another type", 415, () => newEnvelope(), { "content-type": "text/plain" }],
    ["in a form", 415, () => newEnvelope(), { "content-type": "multipart/form-data; boundary=x" }],
  ])("that is %s is refused, and whoever sent it can still vote", async (_, status, body, headers) => {
    const token = await stand.signIn();
    const before = await tally(stand.database);
    const answer = await said(await send(token, body(), headers));
    expect(answer).toMatchObject({ status, refused: expect.stringContaining("rovinata"), next: "anew" });
    expect(await tally(stand.database)).toEqual(before);
    expect((await said(await send(token, newEnvelope()))).status).toBe(200);
  });
  test("that is junk of the right length is taken, for the count to find null", async () => {
    const junk = newEnvelope();
    expect((await said(await send(await stand.signIn(), junk))).status).toBe(200);
    expect(await stand.opener.open(junk)).toBeUndefined();
    const tampered = await sealed(3);
    tampered[200] = (tampered[200] ?? 0) ^ 1;
    expect(await said(await send(await stand.signIn(), tampered))).toEqual({
      status: 200,
      ...receiptOf(tampered),
    });
    expect(await stand.opener.open(tampered)).toBeUndefined();
  });

  test.each([
    ["no token of the page", (_: string) => ({ "x-form": "" })],
    ["the token of another session", (other: string) => ({ "x-form": formToken(other) })],
    ["another browser's cookie", (other: string) => ({ cookie: `ballot=${other}` })],
    ["no cookie", (_: string) => ({ cookie: "" })],
  ])("with %s is not taken for anybody", async (_, headers) => {
    const [token, other] = [await stand.signIn(), await stand.signIn()];
    const before = await tally(stand.database);
    expect(await said(await send(token, newEnvelope(), headers(other)))).toMatchObject({
      status: 403,
      next: "enter",
    });
    expect(await tally(stand.database)).toEqual(before);
  });

  test("of an expired session is not taken, and nothing is lost but the choice", async () => {
    const token = await stand.signIn();
    const where = { lookup: Buffer.from((await stand.stores.voting.sessions.read(token))?.lookup ?? []) };
    await stand.database.prisma.ballotSession.update({ where, data: { until: new Date(Date.now() - 1) } });
    const answer = await said(await send(token, newEnvelope()));
    expect(answer).toMatchObject({ status: 403, refused: expect.stringContaining("non è stato inviato") });
  });

  test("that copies another's is refused, and the copier can still vote", async () => {
    const envelope = await sealed(0);
    expect((await send(await stand.signIn(), envelope)).status).toBe(200);
    const copier = await stand.signIn();
    expect(await said(await send(copier, envelope))).toMatchObject({ status: 409, next: "anew" });
    expect((await send(copier, await sealed(0))).status).toBe(200);
  });

  test("of who has voted elsewhere meanwhile, or may not vote yet, is refused in clear words", async () => {
    const token = await stand.signIn();
    const voterId = (await stand.stores.voting.sessions.read(token))?.signedIn?.voterId ?? "";
    await castBy(stand.stores, voterId);
    expect(await said(await send(token, newEnvelope()))).toMatchObject({
      status: 409,
      refused: expect.stringContaining("una volta sola"),
    });
    const early = await stand.signIn({ enabledFrom: addDays(TODAY, 2) });
    expect(await said(await send(early, newEnvelope()))).toMatchObject({
      status: 403,
      refused: expect.stringContaining("Puoi votare dal"),
    });
  });

  test.each([
    ["before", () => addDays(from, -1)],
    ["after", () => addDays(to, 1)],
  ])("that comes %s the days of the vote is refused", async (_, day) => {
    const token = await stand.signIn();
    const before = await tally(stand.database);
    stand.moveTo(day());
    expect((await said(await send(token, newEnvelope()))).status).toBe(403);
    expect(await tally(stand.database)).toEqual(before);
    stand.moveTo(from);
    expect((await send(token, newEnvelope())).status).toBe(200);
  });
});

describe("A session", () => {
  const finish = (token: string, form: string) =>
    fetch(`${url}/voto/fine`, {
      method: "POST",
      redirect: "manual",
      headers: { cookie: `ballot=${token}` },
      body: new URLSearchParams({ form }),
    });

  test("lives on while its page is used", async () => {
    const token = await stand.signIn();
    const ask = (form: string) =>
      fetch(`${url}/voto/ancora`, { method: "POST", headers: { cookie: `ballot=${token}`, "x-form": form } });
    expect((await ask(formToken(token))).status).toBe(200);
    expect(await said(await ask("x"))).toMatchObject({ status: 403, next: "enter" });
  });

  test("ends when its page says so, and only then", async () => {
    const token = await stand.signIn();
    expect((await finish(token, "x")).status).toBe(403);
    expect((await get(token)).status).toBe(200);
    const ended = await finish(token, formToken(token));
    expect([ended.status, ended.headers.get("location")]).toEqual([303, "/voto/fine"]);
    expect(ended.headers.get("set-cookie")).toMatch(/^ballot=;.*Max-Age=0/);
    expect((await get(token)).status).toBe(403);
    expect(await (await get(undefined, "/voto/fine")).text()).toContain("Puoi chiudere la pagina");
  });
});

test("Browsers get the code whose fingerprints are published, under an address that lasts", async () => {
  for (const { name, sha256 } of votingCode) {
    const response = await get(undefined, votingScript(name));
    expect(response.headers.get("cache-control")).toContain("immutable");
    expect(
      createHash("sha256")
        .update(await response.text())
        .digest("hex"),
    ).toBe(sha256);
  }
  expect(await (await get(await stand.signIn())).text()).toContain(votingScript("ballot.js"));
});
