import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Claim, CodeChannel, CodeRequest, CodeRequested } from "../../../core/voting/identity.ts";
import type { Resident } from "../../../core/voting/roll-keeping.ts";
import type { Database } from "../../../prisma/client.ts";
import { purge } from "../../../prisma/purge.ts";
import { createSealer } from "../../../prisma/seal.ts";
import { openStores, type Stores } from "../../../prisma/stores.ts";
import { openTestDatabase } from "../../support/database.ts";
import { newSecrets, roomOn } from "../../support/stores.ts";
import { taxCodes } from "../../support/tax-code.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const BORN = "1949-05-03";
const secrets = newSecrets();
/** Every statement that was sent. */
const statements: string[] = [];
const codes = taxCodes(400, BORN);
let database: Database;
let stores: Stores;
let edition = "";
let used = 0;
let now: Date;

const nextCode = () => codes[used++] ?? "";

beforeAll(async () => {
  database = listening(await openTestDatabase());
});
beforeEach(async () => {
  // An edition of its own has a brake of its own.
  edition = `edition-${used}`;
  now = new Date();
  stores = await openStores(database, {
    secrets,
    edition,
    report({ error }) {
      throw error;
    },
  });
});
afterAll(() => database.close());

/** A database that tells what it is asked. */
function listening(real: Database): Database {
  const pool = new Proxy(real.pool, {
    get(target, property) {
      const value: unknown = Reflect.get(target, property);
      if (typeof value !== "function") return value;
      return (...given: unknown[]) => {
        if (property === "query") statements.push(JSON.stringify(given[0], ["name", "text"]));
        return Reflect.apply(value, target, given);
      };
    },
  });
  return { ...real, pool };
}

/** Puts somebody on the roll; gives what they would say of themselves. */
async function onTheRoll(given: Partial<Resident> = {}): Promise<Claim> {
  const taxCode = nextCode();
  const resident: Resident = {
    ...{ line: 2, codes: [taxCode], name: "Nicolò Maria", surname: surnameOf(taxCode), birth: BORN },
    ...{ comune: "podenzano", email: `held-${taxCode}@example.org`, phone: null },
    ...given,
  };
  await stores.desk.roll.bringUpToDate([resident], { removeAbsent: false, dry: false });
  return claimOf(taxCode);
}

/** Everybody has another: namesakes born on one day would be taken for one person. */
const surnameOf = (taxCode: string) => `D'Este ${taxCode.slice(0, 6)}`;

const claimOf = (taxCode: string): Claim => ({
  ...{ taxCode, name: "Nicolò Maria", surname: surnameOf(taxCode) },
  ...{ email: "typed@example.org", phone: "+393331234567" },
});

const HERE = Buffer.alloc(32, 1);
const ELSEWHERE = Buffer.alloc(32, 2);

/** What the letter said, whether it went out or not. */
let written = "";

async function ask(claim: Claim, given: Partial<CodeRequest> = {}): Promise<CodeRequested> {
  const request: CodeRequest = {
    ...{ claim, selfDeclared: false, session: HERE, source: claim.taxCode },
    channels: ["mail", "sms"],
    write(_channel, code) {
      written = code;
      return { text: code, choices: [] };
    },
    ...given,
  };
  return stores.voting.codes.request(request, now);
}

/** Asks, and gives what was sent where, and the handle. */
async function send(claim: Claim, given: Partial<CodeRequest> = {}) {
  const requested = await ask(claim, given);
  if (requested.kind !== "sent") throw new Error(requested.kind);
  const sent = await stores.outbox.claim(roomOn(["mail", "sms"], 10), MINUTE);
  await stores.outbox.settle(sent.map(({ id }) => ({ id, accepted: 1, as: "sent", platformId: String(id) })));
  const letters = sent.map(({ channel, address, kind, message }) => ({
    channel,
    address,
    kind,
    code: message.text,
  }));
  return { handle: requested.handle, until: requested.until, letters, code: written };
}

const verify = (handle: string, code: string, session: Uint8Array = HERE) =>
  stores.voting.codes.verify({ handle, code, session }, now);
const another = (code: string) => String((Number(code) + 1) % 1e8).padStart(8, "0");
const voterOf = async ({ taxCode }: Claim) => (await stores.voting.roll.byTaxCode(taxCode))?.id;

describe("a one-time code", () => {
  it("goes to the e-mail that the roll holds, never to the one that was typed, and lets in once", async () => {
    const claim = await onTheRoll();
    const { handle, letters, until } = await send(claim);
    expect(letters).toEqual([
      {
        channel: "mail",
        address: `held-${claim.taxCode}@example.org`,
        kind: "code",
        code: expect.stringMatching(/^\d{8}$/),
      },
    ]);
    expect(until.getTime() - now.getTime()).toBe(10 * MINUTE);
    const code = letters[0]?.code ?? "";
    expect(await verify(handle, code)).toEqual({ kind: "right", voterId: await voterOf(claim) });
    expect(await verify(handle, code)).toEqual({ kind: "over" });
  });

  it("goes by SMS to who left a telephone alone, where SMS leave", async () => {
    const claim = await onTheRoll({ email: null, phone: "+393330000009" });
    const { letters } = await send(claim);
    expect(letters).toMatchObject([{ channel: "sms", address: "+393330000009" }]);
    expect((await send(claim, { channels: ["mail"] })).letters).toEqual([]);
  });

  it("is sent to who spells their names otherwise, or in the other box, and to nobody of another name", async () => {
    const claim = await onTheRoll();
    const count = async (names: Partial<Claim>) => (await send({ ...claim, ...names })).letters.length;
    const { surname } = claim;
    expect(await count({ name: "NICOLO MARIA", surname: surname.replace("'", "").toLowerCase() })).toBe(1);
    expect(await count({ name: surname, surname: "Nicolo' Maria" })).toBe(1);
    expect(await count({ name: "Nicola" })).toBe(0);
  });

  it("is sent to who has one name alone and types it twice", async () => {
    const claim = await onTheRoll({ name: "", surname: "Suharto" });
    expect((await send({ ...claim, name: "Suharto", surname: "suharto" })).letters).toHaveLength(1);
  });
});

describe("without a contact on the roll", () => {
  async function withLetter() {
    const claim = await onTheRoll({ email: null });
    const [letter] = await stores.desk.roll.drawLetters(
      { comune: undefined, again: true },
      (alphabet, length) =>
        Array.from({ length }, (_, at) => alphabet.charAt((used * 7 + at) % alphabet.length)).join(""),
    );
    return { claim, letter: letter?.code ?? "" };
  }

  it("a code goes to the contact that was typed if the code of the letter came with it, which is then used up", async () => {
    const { claim, letter } = await withLetter();
    expect((await send(claim)).letters).toEqual([]);
    expect((await send({ ...claim, letter: "AAAAAAAAAA" })).letters).toEqual([]);
    const first = await send({ ...claim, letter: letter.toLowerCase() });
    expect(first.letters).toMatchObject([{ channel: "mail", address: "typed@example.org" }]);
    await verify(first.handle, another(first.code));
    const second = await send({ ...claim, letter });
    expect(second.letters).toHaveLength(1);
    expect(await verify(second.handle, second.code)).toMatchObject({ kind: "right" });
    expect((await send({ ...claim, letter })).letters).toEqual([]);
  });

  it("another person's letter is worth nothing", async () => {
    const { letter } = await withLetter();
    const claim = await onTheRoll({ email: null });
    expect((await send({ ...claim, letter })).letters).toEqual([]);
  });

  it("a code goes to the contact that was typed where people are taken at their word; else to the one held", async () => {
    const nobody = await onTheRoll({ email: null });
    const somebody = await onTheRoll();
    const selfDeclared = true;
    expect((await send(nobody, { selfDeclared })).letters).toMatchObject([{ address: "typed@example.org" }]);
    expect((await send(somebody, { selfDeclared })).letters).toMatchObject([
      { address: `held-${somebody.taxCode}@example.org` },
    ]);
    expect((await send(claimOf(nextCode()), { selfDeclared })).letters).toEqual([]);
  });
});

describe("nobody finds out who is on the roll", () => {
  /** What was sent to the database, and what came back, with what differs for everybody left out. */
  async function watched(does: () => Promise<object>) {
    statements.length = 0;
    const answer = await does();
    return { statements: [...statements], answer: { ...answer, handle: undefined } };
  }

  it("by asking: the same statements and the same answer", async () => {
    const known = await onTheRoll();
    const there = await watched(() => ask(known));
    expect(there.statements).toHaveLength(4);
    expect(await watched(() => ask(claimOf(nextCode())))).toEqual(there);
    expect(await watched(() => ask({ ...known, name: "Nicola" }))).toEqual(there);
    expect(await watched(() => ask(claimOf(nextCode()), { channels: [] }))).toEqual(there);
  });

  it("by guessing: the same statements and the same answer, and what was never sent lets nobody in", async () => {
    const known = await send(await onTheRoll());
    const unknown = await send(claimOf(nextCode()));
    const there = await watched(() => verify(known.handle, another(known.code)));
    expect(there.answer).toMatchObject({ kind: "wrong", triesLeft: 2 });
    expect(await watched(() => verify(unknown.handle, another(unknown.code)))).toEqual(there);
    expect(await verify(unknown.handle, unknown.code)).toEqual({ kind: "over" });
  });

  it("by what is kept: as many rows in the same columns, and no word of anybody", async () => {
    const rows = async (claim: Claim) => {
      const before = await database.prisma.outbox.count();
      await ask(claim);
      const code = await database.prisma.loginCode.count({ where: { edition } });
      return { outbox: (await database.prisma.outbox.count()) - before, code };
    };
    const known = await onTheRoll();
    expect(await rows(known)).toEqual({ outbox: 1, code: 1 });
    expect(await rows(claimOf(nextCode()))).toEqual({ outbox: 1, code: 2 });
    const kept = await Promise.all(
      ["LoginCode", "Throttle", "Outbox"].map((table) =>
        database.pool.query(`SELECT t::text FROM "${table}" t`),
      ),
    );
    const plain = JSON.stringify(kept.map(({ rows }) => rows));
    const hex = (text: string) => Buffer.from(text).toString("hex");
    for (const word of [known.taxCode, "typed@", "held-", "D'Este", written])
      for (const form of [word, hex(word)]) expect(plain).not.toContain(form);
  });
});

describe("guessing", () => {
  it("of a thousand at once, three are compared, and the right one after them is worth nothing", async () => {
    const { handle, code } = await send(await onTheRoll());
    const guesses = Array.from({ length: 1000 }, (_, n) =>
      verify(handle, String((Number(code) + 1 + n) % 1e8).padStart(8, "0")),
    );
    const kinds = (await Promise.all(guesses)).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === "wrong")).toHaveLength(3);
    expect(kinds.filter((kind) => kind === "over")).toHaveLength(997);
    expect(await verify(handle, code)).toEqual({ kind: "over" });
  });

  it("the right one five hundred times at once lets in once", async () => {
    const { handle, code } = await send(await onTheRoll());
    const all = await Promise.all(Array.from({ length: 500 }, () => verify(handle, code)));
    expect(all.filter(({ kind }) => kind === "right")).toHaveLength(1);
  });

  it("tells how many tries are left", async () => {
    const { handle, code } = await send(await onTheRoll());
    for (const triesLeft of [2, 1, 0])
      expect(await verify(handle, another(code))).toMatchObject({ kind: "wrong", triesLeft });
    expect(await verify(handle, code)).toEqual({ kind: "over" });
  });
});

describe("a code is worth nothing", () => {
  it("after ten minutes", async () => {
    const { handle, code } = await send(await onTheRoll());
    now = new Date(now.getTime() + 10 * MINUTE);
    for (const typed of [another(code), code]) expect(await verify(handle, typed)).toEqual({ kind: "over" });
  });

  it("once another was asked for", async () => {
    const claim = await onTheRoll();
    const first = await send(claim);
    const second = await send(claim, { session: ELSEWHERE });
    expect(await verify(first.handle, first.code)).toEqual({ kind: "over" });
    expect(await verify(second.handle, second.code, ELSEWHERE)).toMatchObject({ kind: "right" });
  });

  it("in another browser, and as another person", async () => {
    const [one, other] = [await send(await onTheRoll()), await send(await onTheRoll())];
    expect(await verify(one.handle, one.code, ELSEWHERE)).toEqual({ kind: "over" });
    expect(await verify(other.handle, one.code)).toMatchObject({ kind: "wrong" });
    expect(await verify("", one.code)).toEqual({ kind: "over" });
    expect(await verify(one.handle, one.code)).toMatchObject({ kind: "right" });
  });

  it("in another edition", async () => {
    const { handle, code } = await send(await onTheRoll());
    const report = ({ error }: { readonly error: Error }) => {
      throw error;
    };
    const other = await openStores(database, { secrets, edition: "another", report });
    expect(await other.voting.codes.verify({ handle, code, session: HERE }, now)).toEqual({ kind: "over" });
  });
});

describe("too many codes", () => {
  it.each([
    ["on the roll", () => onTheRoll()],
    ["not on it", async () => claimOf(nextCode())],
  ])(
    "for one person, %s: after the tenth the route rests for a day, and begins anew",
    async (_, somebody) => {
      const claim = await somebody();
      let last = await send(claim);
      for (let n = 1; n < 10; n += 1) last = await send(claim);
      const until = new Date(now.getTime() + 24 * HOUR);
      expect(await ask(claim)).toEqual({ kind: "resting", until });
      // The tenth is not lost by asking for more.
      expect(await verify(last.handle, another(last.code))).toMatchObject({ kind: "wrong" });
      now = new Date(until.getTime() - 1);
      expect(await ask(claim)).toMatchObject({ kind: "resting" });
      now = until;
      for (let n = 0; n < 10; n += 1) expect(await ask(claim)).toMatchObject({ kind: "sent" });
      expect(await ask(claim)).toMatchObject({ kind: "resting" });
    },
  );

  it("for one person, over many days: who asks for a few at a time is never held up", async () => {
    const claim = await onTheRoll();
    for (let n = 0; n < 12; n += 1) {
      expect(await ask(claim)).toMatchObject({ kind: "sent" });
      now = new Date(now.getTime() + 25 * HOUR);
    }
    for (let n = 0; n < 3; n += 1) expect(await ask(claim)).toMatchObject({ kind: "sent" });
  });

  it("at once for one person: ten get through", async () => {
    const claim = await onTheRoll();
    const all = await Promise.all(Array.from({ length: 40 }, () => ask(claim)));
    expect(all.filter(({ kind }) => kind === "sent")).toHaveLength(10);
  });

  it("from one source: sixty an hour, while others are served", async () => {
    const from = (source: string) => ask(claimOf(nextCode()), { source });
    const source = `library ${edition}`;
    const all = await Promise.all(Array.from({ length: 70 }, () => from(source)));
    expect(all.filter(({ kind }) => kind === "sent")).toHaveLength(60);
    expect(all.filter(({ kind }) => kind === "crowded")).toHaveLength(10);
    expect(await from(`home ${edition}`)).toMatchObject({ kind: "sent" });
    now = new Date(now.getTime() + HOUR);
    expect(await from(source)).toMatchObject({ kind: "sent" });
  });

  it("that are wrong, at what was sent: the way in is closed to all for the rest of the hour, which is told once", async () => {
    const { handle, code } = await send(await onTheRoll());
    const decoy = await send(claimOf(nextCode()));
    const waiting = await send(await onTheRoll());
    await verify(handle, another(code));
    const key = createSealer(secrets).lookup("login-brake", edition);
    await database.prisma.throttle.update({ where: { key }, data: { count: 998 } });
    expect(await verify(handle, another(code))).toMatchObject({ kind: "wrong", brakes: false });
    // What was sent to nobody closes nothing.
    expect(await verify(decoy.handle, another(decoy.code))).toMatchObject({ kind: "wrong", brakes: false });
    expect(await verify(handle, another(code))).toMatchObject({ kind: "wrong", brakes: true });
    expect(await verify(waiting.handle, waiting.code)).toMatchObject({ kind: "braked" });
    expect(await ask(await onTheRoll())).toMatchObject({ kind: "braked" });
    now = new Date(now.getTime() + HOUR);
    expect(await ask(await onTheRoll())).toMatchObject({ kind: "sent" });
  });
});

it("a day later nothing tells who asked, but for who may not ask again yet", async () => {
  const [rests, waits] = [await onTheRoll(), await onTheRoll()];
  const before = await database.prisma.outbox.aggregate({ _max: { id: true } });
  await send(waits);
  for (let n = 0; n < 10; n += 1) await send(rests);
  now = new Date(now.getTime() + 24 * HOUR - MINUTE);
  await purge(database, now);
  expect(await ask(rests)).toMatchObject({ kind: "resting" });
  now = new Date(now.getTime() + HOUR);
  await purge(database, now);
  expect(await database.prisma.loginCode.count({ where: { edition } })).toBe(0);
  const sinceThen = { id: { gt: before._max.id ?? 0n } };
  expect(await database.prisma.outbox.count({ where: sinceThen })).toBe(0);
});

it("the channels of a code are those that it is asked for", async () => {
  const seen: CodeChannel[] = [];
  const write: CodeRequest["write"] = (channel, code) => {
    seen.push(channel);
    return { text: code, choices: [] };
  };
  await ask(await onTheRoll({ phone: "+393330000010" }), { write, channels: ["sms"] });
  expect(seen).toEqual(["sms"]);
});
