import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Pair } from "../../../core/voting/stations.ts";
import type { Database } from "../../../prisma/client.ts";
import { lookupTaxCode } from "../../../prisma/places.ts";
import { createSealer } from "../../../prisma/seal.ts";
import type { Secrets } from "../../../prisma/secrets.ts";
import type { Stores, VotingStores } from "../../../prisma/stores.ts";
import { openTestDatabase, serverUrl } from "../../support/database.ts";
import { openStation, STAFF, wrongFor } from "../../support/station.ts";
import { newSecrets, openTestStores, roomOn } from "../../support/stores.ts";
import { taxCodes } from "../../support/tax-code.ts";
import { castBy, enrol, newEnvelope, type OnTheRoll, openBox, TODAY } from "../../support/voting.ts";

let database: Database;
let secrets: Secrets;
let stores: Stores;
let voting: VotingStores;
beforeAll(async () => {
  database = await openTestDatabase();
  secrets = newSecrets();
  stores = await openTestStores(database, secrets);
  voting = stores.voting;
  await openBox(database);
});
afterAll(() => database.close());

const TOMORROW = "2027-02-11";
const MINUTES = 15;
const voter = async (given: OnTheRoll = {}) => (await enrol(database, secrets, 1, given))[0] ?? "";
const times = <T>(count: number, does: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => does(index)));
const kinds = (all: readonly { readonly kind: string }[]) => all.map(({ kind }) => kind).sort();

/** Lets everything that was done at stations have been done so long ago. */
const letPass = (minutes: number) =>
  database.pool.query(`UPDATE "StationEntry" SET at = at - ${minutes} * interval '1 minute'`);

describe("a station's link", () => {
  const open = async (name = randomUUID()) => {
    const opened = await voting.stations.open({ name, day: TODAY, staff: STAFF });
    return opened.kind === "opened" ? { name, ...opened } : expect.fail(opened.kind);
  };

  it("lets one device in with both PINs, in either order, and nobody after", async () => {
    const { name, token, pins } = await open();
    expect(await voting.stationDevices.invited(token, TODAY)).toEqual({ name, day: TODAY });
    const turned: Pair = [pins[1], pins[0]];
    const several = await times(4, () => voting.stationDevices.enrol(token, turned, TODAY));
    expect(kinds(several)).toEqual(["enrolled", "unknown", "unknown", "unknown"]);
    expect(await voting.stationDevices.enrol(token, pins, TODAY)).toEqual({ kind: "unknown" });
    expect(await voting.stationDevices.invited(token, TODAY)).toBeUndefined();
  });

  it("is worth nothing on another day, to who has one PIN, and without PINs", async () => {
    const { token, pins } = await open();
    expect(await voting.stationDevices.invited(token, TOMORROW)).toBeUndefined();
    expect(await voting.stationDevices.enrol(token, pins, TOMORROW)).toEqual({ kind: "unknown" });
    for (const wrong of [
      [pins[0], pins[0]],
      [pins[1], "000000"],
      ["", ""],
    ] as const) {
      expect(await voting.stationDevices.enrol(token, wrong, TODAY)).toMatchObject({ kind: "wrongPins" });
    }
    expect(await voting.stationDevices.enrol(token, pins, TODAY)).toMatchObject({ kind: "enrolled" });
  });

  it("compares no more PINs than it has tries, however many come at once", async () => {
    const { token, pins } = await open();
    const guesses = await times(serverUrl ? 1000 : 60, () =>
      voting.stationDevices.enrol(token, wrongFor(pins), TODAY),
    );
    const left = guesses.flatMap((one) => (one.kind === "wrongPins" ? [one.triesLeft] : []));
    expect(left.filter((tries) => tries > 0).sort()).toEqual([1, 2, 3, 4]);
    expect(await voting.stationDevices.enrol(token, pins, TODAY)).toEqual({ kind: "unknown" });
  });

  it("is made anew where the station was revoked, for other people; the ledger goes on", async () => {
    const station = await openStation(stores);
    await voting.stationActs.mark({ ...station.act(), voterId: await voter() });
    const again = { name: station.name, day: TODAY, staff: ["Rita Blu", "Ugo Rossi"] as const };
    expect(await voting.stations.open(again)).toEqual({ kind: "exists" });
    expect(await voting.stations.revoke(again)).toBe(true);
    expect(await voting.stations.revoke(again)).toBe(false);
    expect(await voting.stationActs.mark({ ...station.act(), voterId: await voter() })).toEqual({
      kind: "off",
    });
    expect(await voting.stationDevices.read(station.device, TODAY)).toBeUndefined();
    expect(kinds(await times(3, () => voting.stations.open(again)))).toEqual(["exists", "exists", "opened"]);
    expect(await voting.stationActs.mark({ ...station.act(), voterId: await voter() })).toEqual({
      kind: "off",
    });
    expect(await voting.stations.ledger(again)).toMatchObject({
      state: "waiting",
      marks: 1,
      shifts: [{ staff: STAFF }, { staff: again.staff }],
      entries: [{ act: "paper" }],
    });
  });
});

describe("a mark", () => {
  it("is made once, however often the same request comes, and at once", async () => {
    const station = await openStation(stores);
    const act = { ...station.act(), voterId: await voter() };
    const done = await times(10, () => voting.stationActs.mark(act));
    expect(kinds(done)).toEqual(Array.from({ length: 10 }, () => "marked"));
    expect(done.filter((one) => one.kind === "marked" && !one.again)).toHaveLength(1);
    expect(await voting.stationActs.mark({ ...station.act(), voterId: act.voterId })).toEqual({
      kind: "voted",
    });
    expect(await voting.stationActs.mark({ ...act, voterId: await voter() })).toEqual({ kind: "unknown" });
    expect(await voting.stations.ledger({ name: station.name, day: TODAY })).toMatchObject({ marks: 1 });
  });

  it("and an online vote exclude each other: of all that come at once exactly one counts", async () => {
    const stations = await times(3, () => openStation(stores));
    for (let round = 0; round < 10; round += 1) {
      const voterId = await voter();
      const both = await Promise.all([
        ...stations.map((station) => voting.stationActs.mark({ ...station.act(), voterId })),
        ...[0, 1, 2].map(() => castBy(stores, voterId, newEnvelope())),
      ]);
      expect(both.filter(({ kind }) => kind === "marked" || kind === "cast")).toHaveLength(1);
    }
    const { rows } = await database.pool.query(
      `SELECT (SELECT count(*)::int FROM "Voter" WHERE mark = 'PAPER')
            = (SELECT count(*)::int FROM "StationEntry" WHERE act = 'PAPER') AS paper,
              (SELECT count(*)::int FROM "Voter" WHERE mark <> 'PAPER') = (SELECT count(*)::int FROM "Spool") AS online`,
    );
    expect(rows).toEqual([{ paper: true, online: true }]);
  });

  it("is refused to who may not vote yet, is on no roll, or comes after the close", async () => {
    const station = await openStation(stores);
    const mark = (voterId: string) => voting.stationActs.mark({ ...station.act(), voterId });
    expect(await mark(await voter({ enabledFrom: TOMORROW }))).toEqual({
      kind: "notEnabled",
      from: TOMORROW,
    });
    expect(await mark(await voter({ enabledFrom: TODAY }))).toMatchObject({ kind: "marked" });
    expect(await mark(randomUUID())).toEqual({ kind: "unknown" });
    expect(await mark(await voter({ edition: "another" }))).toEqual({ kind: "unknown" });
    const where = { edition: "test" };
    await database.prisma.ballotBox.update({ where, data: { closedOn: new Date(TODAY) } });
    expect(await mark(await voter())).toEqual({ kind: "closed" });
    await database.prisma.ballotBox.update({ where, data: { closedOn: null } });
  });

  it("is refused to a device once its day is over", async () => {
    const station = await openStation(stores);
    const tomorrow = { ...station.act(), today: TOMORROW };
    expect(await voting.stationDevices.read(station.device, TOMORROW)).toBeUndefined();
    expect(await voting.stationActs.mark({ ...tomorrow, voterId: await voter() })).toEqual({ kind: "off" });
    expect(await voting.stationDevices.unlock(station.device, station.pins[0], TOMORROW)).toBe(0);
  });
});

describe("taking a mark back", () => {
  async function marked() {
    const station = await openStation(stores);
    const mark = { ...station.act(), voterId: await voter() };
    await voting.stationActs.mark(mark);
    const undo = (given: { of?: string; pins?: Pair; request?: string } = {}, from = station) =>
      voting.stationActs.undo({
        ...from.act(),
        of: mark.request,
        pins: from.pins,
        reason: "wrongPerson",
        minutes: MINUTES,
        ...given,
      });
    return { station, mark, voterId: mark.voterId, undo };
  }

  it("lets the person vote again, and is done once", async () => {
    const { station, voterId, undo } = await marked();
    const request = randomUUID();
    const done = await times(5, () => undo({ request }));
    expect(kinds(done)).toEqual(Array.from({ length: 5 }, () => "undone"));
    expect(done.filter((one) => one.kind === "undone" && !one.again)).toHaveLength(1);
    expect(await undo()).toEqual({ kind: "tooLate" });
    expect(await castBy(stores, voterId)).toMatchObject({ kind: "cast" });
    expect(await voting.stations.ledger({ name: station.name, day: TODAY })).toMatchObject({
      marks: 0,
      entries: [{ act: "paper" }, { act: "undo", reason: "wrongPerson" }],
    });
    const about = await database.prisma.stationEntry.count({ where: { voterId } });
    expect(about).toBe(0);
  });

  it("makes nothing of the request that had made it", async () => {
    const { mark, undo } = await marked();
    await undo();
    expect(await voting.stationActs.mark(mark)).toEqual({ kind: "takenBack" });
    expect(await voting.stationActs.mark({ ...mark, request: randomUUID() })).toMatchObject({ again: false });
  });

  it("is over with the vote", async () => {
    const { undo } = await marked();
    const where = { edition: "test" };
    await database.prisma.ballotBox.update({ where, data: { closedOn: new Date(TODAY) } });
    expect(await undo()).toEqual({ kind: "tooLate" });
    await database.prisma.ballotBox.update({ where, data: { closedOn: null } });
    expect(await undo()).toMatchObject({ kind: "undone" });
  });

  it("takes both PINs, and no more wrong ones than there are tries", async () => {
    const { station, undo } = await marked();
    const [first, second] = station.pins;
    expect(await undo({ pins: [first, first] })).toEqual({ kind: "wrongPins", triesLeft: 4 });
    await times(50, () => undo({ pins: [second, "000000"] }));
    expect(await undo()).toEqual({ kind: "wrongPins", triesLeft: 0 });
    expect(await voting.stationDevices.read(station.device, TODAY)).toMatchObject({
      blocked: true,
      marks: 1,
    });
  });

  it("is for the station that made it, within its minutes", async () => {
    const { undo } = await marked();
    expect(await undo({}, await openStation(stores))).toEqual({ kind: "tooLate" });
    await letPass(MINUTES - 1);
    expect(await undo({ of: randomUUID() })).toEqual({ kind: "tooLate" });
    await letPass(1);
    expect(await undo()).toEqual({ kind: "tooLate" });
  });
});

describe("a vote on the station's device", () => {
  it("locks the station until one of the staff takes it back", async () => {
    const station = await openStation(stores);
    const voterId = await voter();
    expect(await voting.stationActs.assist({ ...station.act(), voterId })).toEqual({ kind: "assisted" });
    const { device, pins } = station;
    expect(await voting.stationDevices.read(device, TODAY)).toMatchObject({ locked: true });
    const act = { ...station.act(), voterId: await voter() };
    expect(await voting.stationActs.mark(act)).toEqual({ kind: "off" });
    expect(await voting.stationActs.assist(act)).toEqual({ kind: "off" });
    expect(await voting.stationDevices.unlock(device, wrongFor(pins)[0], TODAY)).toBe(4);
    expect(await voting.stationDevices.unlock(device, pins[1], TODAY)).toBeUndefined();
    expect(await voting.stationActs.mark(act)).toMatchObject({ kind: "marked" });
  });

  it("is for who has not voted", async () => {
    const station = await openStation(stores);
    const voterId = await voter();
    await castBy(stores, voterId);
    expect(await voting.stationActs.assist({ ...station.act(), voterId })).toEqual({ kind: "voted" });
    expect(await voting.stationDevices.read(station.device, TODAY)).toMatchObject({ locked: false });
  });
});

describe("somebody who lives elsewhere", () => {
  const [code = "", waiting = "", shared = "", asked = ""] = taxCodes(4, "1980-05-03");
  const person = {
    name: "Olga",
    surname: "Blu",
    birth: "1980-05-03",
    link: "work",
    document: "passport",
  } as const;

  it("is on the roll at once and can be marked, and is there once", async () => {
    const station = await openStation(stores);
    const act = { ...station.act(), person: { ...person, taxCode: code } };
    const done = await voting.stationActs.register(act);
    expect(await voting.stationActs.register(act)).toEqual(done);
    const found = await voting.roll.byTaxCode(code);
    expect(done).toEqual({ kind: "registered", voterId: found?.id });
    expect(found).toMatchObject({ name: "Olga", surname: "Blu", hasCode: true });
    expect(await voting.stationActs.register({ ...act, ...station.act() })).toEqual({
      kind: "known",
      voterId: found?.id,
    });
    const mark = { ...station.act(), voterId: found?.id ?? "" };
    expect(await voting.stationActs.mark(mark)).toEqual({ kind: "marked", again: false });
    expect(await voting.stations.ledger({ name: station.name, day: TODAY })).toMatchObject({
      entries: [{ act: "cityUser", reason: "passport" }, { act: "paper" }],
    });
    const [entry, ...others] = await stores.desk.cityUsers.list(true);
    expect(entry).toMatchObject({ name: "Blu Olga", state: "enabled", requestedOn: TODAY, hasCode: true });
    expect(others).toEqual([]);
  });

  it("settles a request of theirs that waits in the office", async () => {
    const station = await openStation(stores);
    const lookup = lookupTaxCode(createSealer(secrets), "test", asked);
    const requestedOn = new Date(TODAY);
    await database.prisma.cityUser.create({
      data: { edition: "test", number: 12345, sealed: Buffer.from(""), lookup, requestedOn },
    });
    await voting.stationActs.register({ ...station.act(), person: { ...person, taxCode: asked } });
    const where = { edition: "test", lookup };
    expect(await database.prisma.cityUser.findMany({ where })).toMatchObject([
      { number: 12345, state: "ENABLED", voterId: (await voting.roll.byTaxCode(asked))?.id },
    ]);
  });

  it("waits no longer where they had asked for the register before", async () => {
    const station = await openStation(stores);
    const id = await voter({ enabledFrom: TOMORROW });
    const byCode = { ...station.act(), person: { ...person, taxCode: waiting } };
    await voting.stationActs.register(byCode);
    const known = await voting.roll.byTaxCode(waiting);
    await database.prisma.voterCode.updateMany({
      where: { voterId: known?.id ?? "" },
      data: { voterId: id },
    });
    const again = { ...station.act(), person: byCode.person };
    expect(await voting.stationActs.register(again)).toEqual({ kind: "registered", voterId: id });
    expect(await voting.stationActs.mark({ ...station.act(), voterId: id })).toMatchObject({
      kind: "marked",
    });
  });

  it("is one person where two stations register them at once", async () => {
    const stations = await times(4, () => openStation(stores));
    const done = await Promise.all(
      stations.map((one) =>
        voting.stationActs.register({ ...one.act(), person: { ...person, taxCode: shared } }),
      ),
    );
    expect(kinds(done)).toEqual(["known", "known", "known", "registered"]);
    expect(new Set(done.map((one) => ("voterId" in one ? one.voterId : ""))).size).toBe(1);
  });
});

describe("when a mark can no longer be taken back", () => {
  const settle = (channels = ["mail", "sms"]) =>
    voting.stationNotices.settle(MINUTES, channels, ({ name, day }) => ({
      text: `${name} ${day}`,
      choices: [],
    }));
  const sentTo = async () => {
    const sent = await stores.outbox.claim(roomOn(["mail", "sms"], 100), 60_000);
    await stores.outbox.settle(
      sent.map(({ id }) => ({ id, as: "sent", accepted: 1, platformId: String(id) })),
    );
    return sent.map(({ channel, address, message }) => [channel, address, message.text]).sort();
  };

  it("the person is told by e-mail, else by SMS, once, and forgotten at the station", async () => {
    await letPass(60);
    await settle();
    await sentTo();
    const station = await openStation(stores);
    const people = await Promise.all([
      voter({ email: "ada@example.org", phone: "+393330000001" }),
      voter({ phone: "+393330000002" }),
      voter(),
    ]);
    for (const voterId of people) await voting.stationActs.mark({ ...station.act(), voterId });
    const taken = { ...station.act(), voterId: await voter({ email: "undone@example.org" }) };
    await voting.stationActs.mark(taken);
    const undo = { of: taken.request, pins: station.pins, reason: "otherReason", minutes: MINUTES } as const;
    await voting.stationActs.undo({ ...station.act(), ...undo });
    const assisted = { ...station.act(), voterId: await voter({ email: "device@example.org" }) };
    await voting.stationActs.assist(assisted);

    expect(await settle()).toBe(0);
    expect((await voting.stationDevices.read(station.device, TODAY))?.latest).toHaveLength(3);
    await letPass(MINUTES + 1);
    const told = await times(3, () => settle());
    expect(told.reduce((sum, one) => sum + one)).toBe(2);
    const text = `${station.name} ${TODAY}`;
    expect(await sentTo()).toEqual([
      ["mail", "ada@example.org", text],
      ["sms", "+393330000002", text],
    ]);
    expect(await database.prisma.stationEntry.count({ where: { voterId: { not: null } } })).toBe(0);
    expect(await voting.stationDevices.read(station.device, TODAY)).toMatchObject({ marks: 3, latest: [] });
  });

  it("nobody is told by a channel that is not there", async () => {
    const station = await openStation(stores);
    const voterId = await voter({ email: "ada@example.org", phone: "+393330000001" });
    await voting.stationActs.mark({ ...station.act(), voterId });
    await letPass(MINUTES + 1);
    expect(await settle(["sms"])).toBe(1);
    expect(await sentTo()).toMatchObject([["sms", "+393330000001", expect.anything()]]);
  });
});
