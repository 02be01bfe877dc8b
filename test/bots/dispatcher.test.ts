import { describe, expect, test } from "vitest";
import type { Channel, Outcome } from "../../bots/channel.ts";
import { createDispatcher, type DispatcherOptions } from "../../bots/dispatcher.ts";
import { ownSlots } from "../../bots/slots.ts";
import type { Message } from "../../core/engine/message.ts";
import type { SendKind } from "../../core/ports.ts";
import { MemoryOutbox } from "../fakes/outbox.ts";
import { VirtualTime } from "../fakes/time.ts";

const limits = { text: 100, textWithChoices: 100, caption: 100, label: 20, data: 64, choices: 10 };
const pace = { perSecond: 30, perAddressMs: 1000 };
type Answer = (address: string, part: string, nth: number) => Outcome | Promise<Outcome>;
const taken: Outcome = { kind: "sent", id: "1" };

/** A platform that takes one line of a text at a time and answers as it is told. */
function setUp(
  answer: Answer = () => taken,
  options: Partial<DispatcherOptions> = {},
  more: Partial<Channel<unknown, string>> = {},
) {
  const time = new VirtualTime();
  const outbox = new MemoryOutbox(() => time.now());
  const sent: { address: string; part: string; at: number }[] = [];
  const channel: Channel<unknown, string> = {
    name: "test",
    limits,
    pace,
    parse: () => [],
    render: ({ text }) => {
      if (text === "poison") throw new Error("cannot be drawn");
      return text.split("\n");
    },
    async send(address, part) {
      const nth = sent.push({ address, part, at: time.now() });
      await time.wait(50);
      return answer(address, part, nth);
    },
    ...more,
  };
  const log = { warn: () => {}, error: () => {} };
  const dispatcher = createDispatcher({
    outbox,
    channels: [channel],
    timer: time,
    log,
    random: () => 1,
    ...options,
  });
  const states = () => outbox.rows.map(({ state }) => state);
  const allSettled = () => outbox.rows.every(({ state }) => state !== "ready" && state !== "sending");
  return { time, outbox, channel, dispatcher, sent, states, allSettled };
}

async function stop({ time, dispatcher }: ReturnType<typeof setUp>) {
  let stopped = false;
  void dispatcher.stop().then(() => {
    stopped = true;
  });
  await time.until(() => stopped);
}

test("messages of one person are sent in order, at the channel's pace", async () => {
  const it = setUp();
  for (const text of ["uno", "due\ntre", "quattro"]) it.outbox.add("test", "ada", { text });
  it.dispatcher.start();
  await it.time.until(it.allSettled);
  expect(it.sent.map(({ part }) => part)).toEqual(["uno", "due", "tre", "quattro"]);
  for (const [index, { at }] of it.sent.slice(1).entries())
    expect(at - (it.sent[index]?.at ?? 0)).toBeGreaterThanOrEqual(1000);
  await stop(it);
});

test("outcomes of many messages are recorded together", async () => {
  const it = setUp(() => taken, { inHand: 40 });
  for (let person = 0; person < 40; person++) it.outbox.add("test", `person ${person}`);
  it.dispatcher.start();
  await it.time.until(it.allSettled);
  expect(it.states()).toEqual(Array(40).fill("sent"));
  expect(it.outbox.settles).toBeLessThanOrEqual(40);
  await stop(it);
});

test("what is announced is sent at once, what nobody announced by the next sweep", async () => {
  const it = setUp();
  it.dispatcher.start();
  await it.time.pass(1);
  const start = it.time.now();
  it.outbox.add("test", "ada");
  it.dispatcher.notify();
  await it.time.until(it.allSettled);
  expect(it.time.now() - start).toBeLessThan(100);
  it.outbox.add("test", "bice");
  await it.time.until(it.allSettled);
  expect(it.time.now() - start).toBeLessThanOrEqual(5200);
  await stop(it);
});

test("retry_after is obeyed, and nobody else waits for it", async () => {
  const it = setUp((address, _, nth) =>
    address === "ada" && nth === 1 ? { kind: "later", reason: "429", afterMs: 7000 } : taken,
  );
  it.outbox.add("test", "ada");
  it.outbox.add("test", "bice");
  it.dispatcher.start();
  await it.time.until(it.allSettled);
  const [first, bice, second] = it.sent;
  expect([first?.address, bice?.address, second?.address]).toEqual(["ada", "bice", "ada"]);
  expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(7000);
  // It stands in the outbox as well: another process would otherwise take it at once.
  expect((it.outbox.rows[0]?.notBefore ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(7000);
  expect((bice?.at ?? 0) - (first?.at ?? 0)).toBeLessThan(1000);
  await stop(it);
});

test("after three refusals in a row for haste, the whole channel waits", async () => {
  const it = setUp((_, __, nth) => (nth <= 3 ? { kind: "later", reason: "429", afterMs: 20_000 } : taken));
  for (const address of ["ada", "bice", "carla", "dora"]) it.outbox.add("test", address);
  it.dispatcher.start();
  await it.time.until(it.allSettled);
  const dora = it.sent.find(({ address }) => address === "dora");
  // Dora's was on its way when the third was refused; everybody's second try waits for the end.
  expect(dora).toBeDefined();
  for (const { at } of it.sent.slice(4)) expect(at - (it.sent[2]?.at ?? 0)).toBeGreaterThanOrEqual(20_000);
  await stop(it);
});

test("a platform that is away is tried again at growing distances, then the message is set aside", async () => {
  const it = setUp(() => ({ kind: "later", reason: "ECONNREFUSED" }), { attempts: 5 });
  it.outbox.add("test", "ada");
  it.dispatcher.start();
  await it.time.until(it.allSettled);
  expect(it.outbox.rows[0]).toMatchObject({ state: "failed", reason: "ECONNREFUSED", attempts: 5 });
  const gaps = it.sent.slice(1).map(({ at }, index) => at - (it.sent[index]?.at ?? 0));
  expect(gaps.map((gap) => Math.round(gap / 1000))).toEqual([1, 2, 4, 8]);
  await stop(it);
});

test("a poison message is set aside with its reason, and does not stop those behind it", async () => {
  const it = setUp(() => taken, { attempts: 3 });
  it.outbox.add("test", "ada", { text: "poison" });
  it.outbox.add("test", "ada", { text: "dopo" });
  it.dispatcher.start();
  await it.time.until(it.allSettled);
  expect(it.outbox.rows[0]).toMatchObject({ state: "failed", reason: "defect: Error", attempts: 3 });
  expect(it.sent.map(({ part }) => part)).toEqual(["dopo"]);
  await stop(it);
});

test("of a message of several parts, those that were accepted are not sent again", async () => {
  const it = setUp((_, part, nth) =>
    part === "due" && nth === 2 ? { kind: "later", reason: "500" } : taken,
  );
  it.outbox.add("test", "ada", { text: "uno\ndue\ntre" });
  it.dispatcher.start();
  await it.time.until(it.allSettled);
  expect(it.sent.map(({ part }) => part)).toEqual(["uno", "due", "due", "tre"]);
  expect(it.outbox.rows[0]).toMatchObject({ state: "sent", accepted: 3 });
  await stop(it);
});

test("a reply that may have arrived is sent once more, a code or a notice never", async () => {
  const it = setUp(() => ({ kind: "uncertain", reason: "no answer" }));
  for (const kind of ["reply", "code", "notice"] as const) it.outbox.add("test", kind, {}, kind);
  it.dispatcher.start();
  await it.time.until(it.allSettled);
  const times = (address: string) => it.sent.filter((one) => one.address === address).length;
  expect([times("reply"), times("code"), times("notice")]).toEqual([2, 1, 1]);
  expect(it.states()).toEqual(["uncertain", "uncertain", "uncertain"]);
  await stop(it);
});

test("a person who cannot be reached and a message that is refused are settled as such", async () => {
  const it = setUp((address) =>
    address === "gone" ? { kind: "unreachable", reason: "403" } : { kind: "refused", reason: "400" },
  );
  it.outbox.add("test", "gone");
  it.outbox.add("test", "bad");
  it.dispatcher.start();
  await it.time.until(it.allSettled);
  expect(it.states()).toEqual(["unreachable", "failed"]);
  await stop(it);
});

test("stopping finishes what is on its way and gives the rest back", async () => {
  const it = setUp();
  for (let person = 0; person < 20; person++) it.outbox.add("test", `person ${person}`, { text: "uno\ndue" });
  it.dispatcher.start();
  await it.time.until(() => it.sent.length === 3);
  await stop(it);
  expect(it.states()).not.toContain("sending");
  expect(it.sent.length).toBeLessThan(20);
  const accepted = it.outbox.rows.reduce((sum, row) => sum + row.accepted, 0);
  expect(accepted).toBe(it.sent.length);
});

test("with the database away for a while nothing is lost or sent twice", async () => {
  const it = setUp();
  for (const address of ["ada", "bice"]) it.outbox.add("test", address);
  it.dispatcher.start();
  await it.time.until(() => it.sent.length === 2);
  it.outbox.failing = 4;
  await it.time.until(it.allSettled);
  it.outbox.add("test", "ada");
  it.outbox.failing = 3;
  await it.time.until(it.allSettled);
  expect(it.sent.map(({ address }) => address)).toEqual(["ada", "bice", "ada"]);
  await stop(it);
});

test("no more messages are in hand than allowed", async () => {
  let most = 0;
  let now = 0;
  const it = setUp(
    () => {
      now--;
      return taken;
    },
    { inHand: 8 },
  );
  const claim = it.outbox.claim.bind(it.outbox);
  it.outbox.claim = async (channels, limit) => {
    const claimed = await claim(channels, limit);
    now += claimed.length;
    most = Math.max(most, now);
    return claimed;
  };
  for (let person = 0; person < 50; person++) it.outbox.add("test", `person ${person}`);
  it.dispatcher.start();
  await it.time.until(it.allSettled);
  expect(most).toBeLessThanOrEqual(8);
  await stop(it);
});

describe("a channel on which nothing goes out", () => {
  const halted: Outcome = { kind: "halted", reason: "190", remedy: "set WHATSAPP_ACCESS_TOKEN" };

  test("is left alone for a quarter of an hour, told once each time, and costs no message a try", async () => {
    const errors: object[] = [];
    let broken = true;
    const it = setUp(() => (broken ? halted : taken), {
      attempts: 3,
      log: { warn: () => {}, error: (details) => errors.push(details) },
    });
    for (let person = 0; person < 5; person++) it.outbox.add("test", `person ${person}`);
    it.dispatcher.start();
    await it.time.pass(2 * 3600_000);
    expect(errors).toHaveLength(8);
    expect(errors[0]).toMatchObject({ channel: "test", reason: "190", remedy: "set WHATSAPP_ACCESS_TOKEN" });
    expect(it.states()).toEqual(Array(5).fill("ready"));
    broken = false;
    await it.time.until(it.allSettled, 16 * 60_000);
    expect(it.states()).toEqual(Array(5).fill("sent"));
    await stop(it);
  });

  test("does not keep the others from sending", async () => {
    const sent: string[] = [];
    const twin: Channel<unknown, string> = {
      name: "other",
      limits,
      pace,
      parse: () => [],
      render: ({ text }) => [text],
      send: async (address) => {
        sent.push(address);
        return taken;
      },
    };
    const broken: Channel<unknown, string> = { ...twin, name: "test", send: async () => halted };
    const it = setUp(() => halted, { channels: [broken, twin] });
    for (let person = 0; person < 70; person++) it.outbox.add("test", `person ${person}`);
    it.outbox.add("other", "bice");
    it.dispatcher.start();
    await it.time.until(() => sent.length === 1, 60_000);
    await stop(it);
  });
});

describe("a platform with a window", () => {
  const DAY = 24 * 3600_000;
  const template = { name: "phase_begins", language: "it", parameters: [] };
  const window = { ms: DAY, render: ({ template: it }: Message) => it && [`approved ${it.name}`] };
  const outside: Outcome = { kind: "outside", reason: "131047" };

  /** Who wrote so long ago is sent something. */
  async function send(ago: number | undefined, message: Partial<Message>, kind: SendKind, answer?: Answer) {
    const it = setUp(answer, {}, { window });
    const row = it.outbox.add("test", "ada", { text: "Ciao", ...message }, kind);
    if (ago !== undefined) row.heardAt = new Date(it.time.now() - ago);
    it.dispatcher.start();
    await it.time.until(it.allSettled);
    await stop(it);
    return [it.sent.map(({ part }) => part), row.state, row.reason];
  }

  test.each([
    ["a notice within it goes as it is", 3600_000, { template }, "notice", ["Ciao"], "sent"],
    [
      "a notice after it goes as its template",
      DAY,
      { template },
      "notice",
      ["approved phase_begins"],
      "sent",
    ],
    ["a notice to who never wrote too", undefined, { template }, "notice", ["approved phase_begins"], "sent"],
    ["a notice without a template is set aside", DAY, {}, "notice", [], "failed"],
    ["a code too", DAY, {}, "code", [], "failed"],
    ["an answer is within it by nature", undefined, {}, "reply", ["Ciao"], "sent"],
  ] as const)("%s", async (_, ago, message, kind, parts, state) => {
    const reason = state === "failed" ? "outside the window" : undefined;
    expect(await send(ago, message, kind)).toEqual([parts, state, reason]);
  });

  test("where the platform says so, the template takes the message's place, once", async () => {
    const answer: Answer = (_, part) => (part.startsWith("approved") ? taken : outside);
    expect(await send(0, { template }, "reply", answer)).toEqual([
      ["Ciao", "approved phase_begins"],
      "sent",
      undefined,
    ]);
    const never = await send(0, { template }, "notice", () => outside);
    expect(never).toEqual([["Ciao", "approved phase_begins"], "failed", "outside the window"]);
    expect(await send(0, {}, "reply", () => outside)).toEqual([["Ciao"], "failed", "outside the window"]);
  });
});

test("too many in all keeps everybody waiting at once", async () => {
  let nth = 0;
  const it = setUp(() =>
    ++nth === 1 ? { kind: "later", reason: "130429", afterMs: 30_000, everyone: true } : taken,
  );
  it.outbox.add("test", "ada");
  it.dispatcher.start();
  await it.time.until(() => it.states()[0] === "ready" && nth === 1);
  const began = it.time.now();
  it.outbox.add("test", "bice");
  it.dispatcher.notify();
  await it.time.until(it.allSettled);
  expect((it.sent[1]?.at ?? 0) - began).toBeGreaterThanOrEqual(29_000);
  await stop(it);
});

/** Several processes with one outbox and one pace. */
function setUpProcesses(answer: Answer = () => taken) {
  const { time, outbox, channel, dispatcher, sent, states, allSettled } = setUp(answer);
  const log = { warn: () => {}, error: () => {} };
  const slots = ownSlots(time);
  const another = () =>
    createDispatcher({ outbox, slots, channels: [channel], timer: time, log, random: () => 1 });
  return { time, outbox, dispatcher, sent, states, allSettled, another };
}

describe("before a notice is sent", () => {
  test("it is asked whether it was called back, at the last moment", async () => {
    const it = setUp();
    for (let person = 0; person < 60; person++) it.outbox.add("test", `person ${person}`, {}, "notice");
    it.dispatcher.start();
    await it.time.until(() => it.sent.length === 5);
    // All are in hand by now.
    expect(it.states()).not.toContain("ready");
    it.outbox.callBack("person 40");
    await it.time.until(it.allSettled);
    expect(it.sent.map(({ address }) => address)).not.toContain("person 40");
    expect(it.sent).toHaveLength(59);
    expect(it.states()[40]).toBe("calledBack");
    await stop(it);
  });

  test("nothing goes out while the store cannot say so, and it costs no try", async () => {
    const it = setUp(() => taken, { attempts: 2 });
    const begin = it.outbox.begin.bind(it.outbox);
    let away = 5;
    it.outbox.begin = (...given) =>
      away-- > 0 ? Promise.reject(new Error("The database is away.")) : begin(...given);
    it.outbox.add("test", "ada", {}, "notice");
    it.dispatcher.start();
    await it.time.until(it.allSettled);
    expect([it.sent.length, it.states()]).toEqual([1, ["sent"]]);
    await stop(it);
  });

  test.each(["code", "notice"] as const)(
    "a process that dies has sent nothing: another sends the %s, once",
    async (kind) => {
      const it = setUpProcesses();
      const begin = it.outbox.begin.bind(it.outbox);
      // As if the process were no more: it never comes back from asking.
      it.outbox.begin = () => new Promise(() => {});
      for (let person = 0; person < 3; person++) it.outbox.add("test", `person ${person}`, {}, kind);
      it.dispatcher.start();
      await it.time.until(() => it.states().every((state) => state === "sending"));
      it.outbox.begin = begin;
      const other = it.another();
      other.start();
      await it.time.until(() => it.sent.length === 3, 60_000);
      await it.time.until(it.allSettled);
      expect(it.sent.map(({ address }) => address).sort()).toEqual(["person 0", "person 1", "person 2"]);
    },
  );

  test("what a process had begun when it died is sent by nobody any more", async () => {
    const it = setUpProcesses(() => new Promise(() => {}));
    it.outbox.add("test", "ada", {}, "notice");
    it.dispatcher.start();
    await it.time.until(() => it.sent.length === 1);
    it.another().start();
    await it.time.until(() => it.states()[0] === "uncertain", 120_000);
    expect(it.sent).toHaveLength(1);
  });
});

test("notices that wait for their slot keep no reply waiting", async () => {
  const it = setUp();
  for (let person = 0; person < 300; person++) it.outbox.add("test", `person ${person}`, {}, "notice");
  it.dispatcher.start();
  await it.time.until(() => it.sent.length === 20);
  for (const citizen of ["ada", "bice", "carla"]) it.outbox.add("test", citizen);
  const asked = it.time.now();
  it.dispatcher.notify();
  await it.time.until(() => it.sent.filter(({ at }) => at >= asked).length === 10);
  const after = it.sent
    .filter(({ at }) => at >= asked)
    .slice(0, 6)
    .map(({ address }) => address);
  expect(after).toEqual(expect.arrayContaining(["ada", "bice", "carla"]));
  await stop(it);
});

test("a channel that never answers keeps no other waiting", async () => {
  const sent: string[] = [];
  const base = setUp();
  const silent: Channel<unknown, string> = {
    ...base.channel,
    name: "silent",
    send: () => new Promise(() => {}),
  };
  const quick: Channel<unknown, string> = {
    ...base.channel,
    name: "quick",
    send: async (address) => {
      sent.push(address);
      return taken;
    },
  };
  const it = setUp(() => taken, { channels: [silent, quick] });
  for (let person = 0; person < 200; person++) {
    it.outbox.add("silent", `person ${person}`);
    it.outbox.add("silent", `subscriber ${person}`, {}, "notice");
  }
  for (let person = 0; person < 5; person++) it.outbox.add("quick", `reader ${person}`);
  it.dispatcher.start();
  await it.time.until(() => sent.length === 5, 10_000);
});

test("where a platform tells one process that it takes nothing, no other tries", async () => {
  const closed: Outcome = { kind: "later", reason: "130429", afterMs: 3000, everyone: true };
  const it = setUpProcesses((_, __, nth) => (nth === 20 ? closed : taken));
  const other = it.another();
  const one = it.another();
  // More than one of them takes in hand.
  for (let person = 0; person < 150; person++) it.outbox.add("test", `person ${person}`, {}, "notice");
  one.start();
  other.start();
  await it.time.until(it.allSettled);
  const at = (it.sent[19]?.at ?? 0) + 50;
  // A moment passes until the other one hears of it.
  expect(it.sent.filter((send) => send.at > at + 300 && send.at < at + 3000)).toEqual([]);
  expect(new Set(it.sent.map(({ address }) => address)).size).toBe(150);
});
