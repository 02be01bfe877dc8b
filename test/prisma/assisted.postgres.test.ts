import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Notice } from "../../core/desk.ts";
import { session } from "../../core/engine/session.ts";
import { endSession } from "../../prisma/assisted/end.ts";
import { type Database, openDatabase } from "../../prisma/client.ts";
import { addressAt, coDesignerOf, sessionOf } from "../../prisma/places.ts";
import { createSealer } from "../../prisma/seal.ts";
import { address as addressShape, proponent } from "../../prisma/shapes.ts";
import type { Stores } from "../../prisma/stores.ts";
import { createServerDatabase, serverUrl } from "../support/database.ts";
import { answer, arrival, greet, newSecrets, openTestStores, pendingOf, textsOf } from "../support/stores.ts";

/* Two processes on one PostgreSQL, and people who write in the very moment in which a session ends. */

const secrets = newSecrets();
const sealer = createSealer(secrets);
let server: Awaited<ReturnType<typeof createServerDatabase>>;
let databases: readonly Database[];
let first: Stores;
let second: Stores;
let prisma: Database["prisma"];
beforeAll(async () => {
  if (serverUrl === undefined) throw new Error("DATABASE_URL must name a PostgreSQL server.");
  server = await createServerDatabase(serverUrl);
  databases = [
    await openDatabase({ url: server.url, dataDirectory: "" }),
    await openDatabase({ url: server.url, dataDirectory: "" }),
  ];
  const [one, two] = databases;
  if (!one || !two) throw new Error("There are no two.");
  first = await openTestStores(one, secrets);
  second = await openTestStores(two, secrets);
  prisma = one.prisma;
});
afterAll(async () => {
  await Promise.all(databases.map((database) => database.close()));
  await server.drop();
});

const notice = (): Notice => () => ({ text: "È finita.", choices: [] });
const begin = (until: Date) =>
  ({ kind: "beginAssisted", channel: "telegram", reason: "phone", until: until.toISOString() }) as const;
const isOver = () => new Date(Date.now() - 1000);
const later = () => new Date(Date.now() + 60_000);

const by = { name: "Canaria", surname: "", email: "" };
const about = (title: string) => ({
  ...{
    challenge: "",
    title,
    need: "",
    solution: "",
    reach: "",
    involved: "",
    place: "",
    cost: 1,
    conflicts: "",
  },
});

/** A facilitator who has written once. */
async function facilitator(address: string): Promise<string> {
  const contactId = await greet(first, address);
  const until = later();
  const { id } = await first.desk.facilitators.invite({ name: address }, `code of ${address}`, until);
  await prisma.facilitator.update({ where: { id }, data: { contactId, joinedAt: new Date() } });
  return contactId;
}

/** Lends the facilitator's chat; tells whether that was saved. */
async function lend(stores: Stores, address: string, until: Date): Promise<boolean> {
  await stores.inbox.receive([arrival(address, "sessione assistita")]);
  const pending = await pendingOf(stores, address);
  return (await stores.conversations.save([answer(pending, { effects: [begin(until)] })])).has(
    pending.contactId,
  );
}

const sessionsOf = (owner: string) =>
  prisma.assistedSession.findMany({ where: { facilitator: { contactId: owner } } });
const ownersOf = async (address: string) => {
  const rows = await prisma.address.findMany();
  const isIt = ({ lookup, sealed }: (typeof rows)[number]) =>
    sealer.open(addressAt(lookup), sealed, addressShape) === address;
  return rows.filter(isIt).map(({ contactId }) => contactId);
};

describe("A facilitator's chat", () => {
  it("is lent once, of two turns that ask for it at once", async () => {
    const owner = await facilitator("twice");
    await first.inbox.receive([arrival("twice", "sessione assistita")]);
    const pending = await pendingOf(first, "twice");
    const turn = answer(pending, { effects: [begin(later())] });
    const saved = await Promise.all([first, second].map((one) => one.conversations.save([turn])));
    expect(saved.filter((contacts) => contacts.has(owner))).toHaveLength(1);
    expect(await sessionsOf(owner)).toHaveLength(1);
    // And not again, whatever still comes of the facilitator's own turns.
    const again = {
      ...answer({ ...pending, version: pending.version + 1, messages: [] }),
      effects: [begin(later())],
    };
    expect((await first.conversations.save([again])).size).toBe(0);
    expect(await sessionsOf(owner)).toHaveLength(1);
  });

  it("is the facilitator's or the guest's, and no message is both's or nobody's", async () => {
    for (let round = 0; round < 12; round += 1) {
      const address = `round ${round}`;
      const owner = await facilitator(address);
      expect(await lend(first, address, isOver())).toBe(true);
      await second.inbox.receive([arrival(address, "guest before")]);
      const guest = await pendingOf(second, address);
      expect(guest.contactId).not.toBe(owner);
      const proposing = answer(guest, {
        effects: [
          {
            kind: "submitProposal",
            code: `P${round}`,
            text: about(`${round}`),
            by,
          },
        ],
      });
      const goodbye = answer(guest, { effects: [{ kind: "endAssisted", by: "facilitator" }] });
      const [, , ended1, ended2, proposed, said] = await Promise.all([
        first.inbox.receive([arrival(address, "in between 1")]),
        second.inbox.receive([arrival(address, "in between 2"), arrival(address, "in between 3")]),
        first.desk.assistedSessions.endForgotten(new Date(), notice),
        second.desk.assistedSessions.endForgotten(new Date(), notice),
        first.conversations.save([proposing]),
        second.conversations.save([goodbye]),
      ]);
      await first.desk.assistedSessions.endForgotten(new Date(), notice);
      const [log, ...others] = await sessionsOf(owner);
      expect(others).toEqual([]);
      expect(log).toMatchObject({ guestId: null, ownerId: null });
      expect(ended1 + ended2 + said.size).toBeLessThanOrEqual(1);
      const proposals = await prisma.proposal.findMany({ where: { code: `P${round}` } });
      expect(proposals).toHaveLength(proposed.size);
      for (const { contactId, proponent } of proposals)
        expect([contactId, proponent === null]).toEqual([null, false]);
      expect(await ownersOf(address)).toEqual([owner]);
      expect(await prisma.contact.findUnique({ where: { id: guest.contactId } })).toBeNull();
      const rows = await prisma.inbox.findMany({ where: { contactId: owner } });
      // Two of the facilitator's own, one of the guest's, three in between: each is known again.
      expect(rows).toHaveLength(6);
      for (const { state, sealed } of rows) expect(sealed === null).toBe(state !== "PENDING");
      const left = rows.some(({ state }) => state === "PENDING")
        ? textsOf(await pendingOf(first, address))
        : [];
      expect(left.every((text) => text.startsWith("in between"))).toBe(true);
      await first.conversations.save(left.length > 0 ? [answer(await pendingOf(first, address))] : []);
    }
  });

  it("stays the guest's where the process died on the way to its end", async () => {
    const owner = await facilitator("dying");
    await lend(first, "dying", later());
    await first.inbox.receive([arrival("dying", "ciao")]);
    const guest = await pendingOf(first, "dying");
    const [database] = databases;
    if (!database) throw new Error("There is none.");
    const context = { database, sealer, edition: "test", report: () => undefined };
    const died = prisma.$transaction(async (tx) => {
      await endSession(context, tx, guest.contactId, "facilitator");
      throw new Error("killed");
    });
    await expect(died).rejects.toThrow("killed");
    expect(await sessionsOf(owner)).toMatchObject([{ endedAt: null, guestId: guest.contactId }]);
    expect(textsOf(await pendingOf(second, "dying"))).toEqual(["ciao"]);
    const goodbye = answer(guest, { effects: [{ kind: "endAssisted", by: "facilitator" }] });
    expect((await second.conversations.save([goodbye])).size).toBe(1);
    const { session: sealed } = await prisma.contact.findUniqueOrThrow({ where: { id: owner } });
    expect(sealed && sealer.open(sessionOf(owner), sealed, session).givenBack).toBeUndefined();
    expect(await sessionsOf(owner)).toMatchObject([{ endedBy: "facilitator", guestId: null }]);
  });

  it("is given no ballot while it is the guest's, whatever a turn asks for", async () => {
    await facilitator("ballot");
    await lend(first, "ballot", later());
    await first.inbox.receive([arrival("ballot", "voto")]);
    const guest = await pendingOf(first, "ballot");
    const token = "t".repeat(43);
    const openBallot = { kind: "openBallot", token, until: later().toISOString() } as const;
    await expect(first.conversations.save([answer(guest, { effects: [openBallot] })])).rejects.toThrow(
      "ballot",
    );
    expect(await prisma.ballotLink.count()).toBe(0);
  });

  it("leaves to nobody's chat what the guest works on, and answered by name", async () => {
    await facilitator("works");
    await lend(first, "works", later());
    const owner = await greet(second, "proponent", {
      effects: [{ kind: "submitProposal", code: "WORKED", text: about("worked"), by }],
    });
    const until = "2999-01-01";
    const questionnaire = { kind: "answerQuestionnaire", on: "2026-09-07", until } as const;
    const answers = { why: "Perché sì" };
    await first.inbox.receive([arrival("works", "ciao")]);
    const done = answer(await pendingOf(first, "works"), {
      effects: [
        { kind: "joinCoDesign", code: "WORKED", by },
        { ...questionnaire, questionnaire: "named", anonymous: false, answers },
        { ...questionnaire, questionnaire: "hidden", anonymous: true, answers },
        { kind: "endAssisted", by: "facilitator" },
      ],
    });
    expect(await first.conversations.save([done])).toEqual(new Set([done.contactId]));
    const [works] = await prisma.coDesigner.findMany({
      include: { contact: { include: { addresses: true } } },
    });
    expect(works?.contact).toMatchObject({ session: null, addresses: [] });
    expect(works?.contactId).not.toBe(owner);
    const heirId = works?.contactId ?? "";
    expect(works && sealer.open(coDesignerOf(works.proposalId, heirId), works.sealed, proponent)).toEqual(by);
    const { named } = await first.desk.questionnaires.given("named");
    expect(named).toEqual([answers]);
    const given = await prisma.questionnaireAnswer.findMany({ where: { edition: "test" } });
    expect(given.map(({ contactId, questionnaire }) => [contactId, questionnaire])).toEqual([
      [heirId, "named"],
    ]);
    expect((await first.desk.questionnaires.given("hidden")).anonymous).toHaveLength(1);
    expect(await prisma.contact.count({ where: { id: done.contactId } })).toBe(0);
  });
});
