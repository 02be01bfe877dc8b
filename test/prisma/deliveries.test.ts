import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Report } from "../../core/ports.ts";
import type { Database } from "../../prisma/client.ts";
import type { Stores } from "../../prisma/stores.ts";
import { openTestDatabase } from "../support/database.ts";
import { arrival, greet, newSecrets, openTestStores, reply, roomOn } from "../support/stores.ts";

let database: Database;
let stores: Stores;
let channel: string;
let platformId: string;
beforeAll(async () => {
  database = await openTestDatabase();
  stores = await openTestStores(database, newSecrets());
});
afterAll(() => database.close());
beforeEach(async () => {
  channel = `c ${randomUUID()}`;
  platformId = `wamid.${randomUUID()}`;
  await send("ada");
});

/** Sends a message that the platform takes, with another one waiting behind it. */
async function send(address: string): Promise<void> {
  await stores.inbox.receive([arrival(address, "ciao", { channel })]);
  await greet(stores, randomUUID(), {
    sends: ["uno", "due"].map((text) => reply(address, text, { channel })),
  });
  const [claimed] = await stores.outbox.claim(roomOn([channel], 1), 60_000);
  if (!claimed) throw new Error("Nothing is to be sent.");
  await stores.outbox.settle([{ id: claimed.id, accepted: 1, as: "sent", platformId }]);
}

let clock = 0;
const told = (as: Report["as"], more: Partial<Report> = {}): Report => ({
  channel,
  platformId,
  as,
  at: new Date(Date.parse("2026-11-01T10:00:00Z") + 1000 * clock++),
  ...more,
});
const rows = () => database.prisma.outbox.findMany({ where: { channel }, orderBy: { id: "asc" } });
const deliveryNow = async () => (await rows())[0]?.delivery;

describe("what becomes of a message", () => {
  it.each([
    ["in order", ["sent", "delivered", "read"], "READ"],
    ["backwards", ["read", "delivered", "sent"], "READ"],
    ["again and again", ["delivered", "delivered", "sent", "delivered"], "DELIVERED"],
    ["failed after it was sent", ["sent", "failed"], "FAILED"],
    ["failed, and sent told late", ["failed", "sent"], "FAILED"],
    ["failed on one device, delivered on another", ["failed", "delivered"], "DELIVERED"],
    ["delivered on one device, failed on another", ["delivered", "failed"], "DELIVERED"],
  ] as const)("%s only goes forward, told one by one or all at once", async (_, order, end) => {
    const reports = order.map((as) => told(as, as === "failed" ? { reason: "131000" } : {}));
    for (const one of reports) await stores.deliveries.report([one]);
    expect(await deliveryNow()).toBe(end);
    platformId = `wamid.${randomUUID()}`;
    await stores.outbox.claim(roomOn([channel], 1), 0);
    await send("bice");
    await stores.deliveries.report(reports.map((one) => ({ ...one, platformId })));
    const found = (await rows()).filter((row) => row.delivery === end);
    expect(found).toHaveLength(2);
  });

  it("stands with its time and reason; whoever told it before is not asked", async () => {
    const failed = told("failed", { reason: "131047" });
    await Promise.all([stores.deliveries.report([failed]), stores.deliveries.report([told("sent")])]);
    const [row, waiting] = await rows();
    expect(row).toMatchObject({ delivery: "FAILED", deliveryAt: failed.at, reason: "131047", state: "SENT" });
    expect(waiting).toMatchObject({ state: "READY", delivery: null });
  });

  it("passes over what is unknown, and of other channels", async () => {
    await stores.deliveries.report([
      told("read", { platformId: "wamid.unknown" }),
      told("read", { channel: "another" }),
    ]);
    await stores.deliveries.report([]);
    expect(await deliveryNow()).toBeNull();
  });
});

describe("an address at which nothing arrives", () => {
  const unreachable = () => told("failed", { reason: "131026", unreachable: true });

  it("gets nothing else, until the person writes again", async () => {
    await stores.deliveries.report([unreachable()]);
    expect((await rows()).map(({ state, reason }) => [state, reason])).toEqual([
      ["SENT", "131026"],
      ["FAILED", "131026"],
    ]);
    const address = () => database.prisma.address.findFirst({ where: { channel } });
    expect((await address())?.unreachableAt).not.toBeNull();
    await stores.inbox.receive([arrival("ada", "eccomi", { channel })]);
    expect((await address())?.unreachableAt).toBeNull();
  });

  it("is not believed of a message that was read", async () => {
    await stores.deliveries.report([told("read")]);
    await stores.deliveries.report([unreachable()]);
    expect((await rows())[1]?.state).toBe("READY");
  });
});

describe("a try that does not count", () => {
  it("leaves the number of tries as it was", async () => {
    const attempt = async (unspent: boolean) => {
      const [claimed] = await stores.outbox.claim(roomOn([channel], 1), 60_000);
      if (!claimed) throw new Error("Nothing is to be sent.");
      const again = { id: claimed.id, accepted: 0, as: "again", at: new Date(0), reason: "halted" } as const;
      await stores.outbox.settle([unspent ? { ...again, unspent } : again]);
      return claimed.attempts;
    };
    expect([await attempt(true), await attempt(true), await attempt(false), await attempt(true)]).toEqual([
      0, 0, 0, 1,
    ]);
  });
});
