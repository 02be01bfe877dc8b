import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fateOf } from "../core/campaigns/fate.ts";
import type { Database } from "../prisma/client.ts";
import { erase } from "../prisma/erase.ts";
import { reminderOf } from "../prisma/places.ts";
import { forgetSilentSince } from "../prisma/retention.ts";
import { createSealer } from "../prisma/seal.ts";
import { NOW, rules } from "./core/campaigns/people.ts";
import { everything as everythingIn, NEEDS, openFacilitator, proposal } from "./support/assisted.ts";
import { campaignAbout } from "./support/campaigns.ts";
import { openTestDatabase } from "./support/database.ts";
import { newSecrets } from "./support/stores.ts";

let database: Database;
const secrets = newSecrets();
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

const MINUTE_MS = 60_000;

const open = (seed: string, channel?: string) => openFacilitator(database, secrets, seed, channel);
const everything = () => everythingIn(database, secrets);

describe.each(["telegram", "whatsapp"])("Three people in a row on one chat of %s", (channel) => {
  it("leave nothing of one to the next, and nothing to the facilitator but what each sent", async () => {
    const people = ["Canaria", "Merlina", "Passera"];
    const { begin, says, assistant, ownSession, house, owner, rows } = await open(
      `three ${channel}`,
      channel,
    );
    const before = (await database.prisma.contact.findMany()).length;
    for (const [at, name] of people.entries()) {
      await begin();
      const hello = await says("ciao");
      const others = people.filter((one) => one !== name);
      for (const other of others)
        expect(hello.text + hello.choices.map(({ label }) => label)).not.toContain(other);
      expect((await says("le mie proposte")).text).toContain("nessuna proposta");
      expect((await says(...proposal(name, NEEDS[at]))).text).toContain(`Idea di ${name}`);
      // Begun and left: none of it is anybody's afterwards.
      await says("proposta", "1", "1", `${name} di nuovo`);
      const asked = await says("fine sessione");
      expect(asked.choices.map(({ label }) => label)).toContain("Finisci lo stesso");
      const over = await says("Finisci lo stesso");
      expect(over.text).toMatch(/Proposte finite: 1\./);
      expect(over.text).not.toContain(name);
    }
    for (const word of ["le mie proposte", "menu", "privacy", "1"]) {
      const { text, choices, document } = await says(word);
      for (const name of people) expect(JSON.stringify([text, choices, document])).not.toContain(name);
    }
    await assistant.stop();

    expect((await database.prisma.contact.findMany()).length).toBe(before);
    const stored = await house.stores.desk.commission.list();
    const files = await Promise.all(stored.map(({ code }) => house.stores.desk.commission.read(code)));
    expect(files.map((file) => file?.by.name)).toEqual(people);
    expect(files.map((file) => file?.by.email)).toEqual(people.map((name) => `${name}@example.org`));
    expect(JSON.stringify(await ownSession())).not.toMatch(/Canaria|Merlina|Passera/);
    const all = (await everything()).replaceAll(/Idea di \w+/g, "");
    expect(all).toContain(owner.id);
    expect(all).not.toMatch(/Canaria|Merlina|Passera/);
    const log = await rows();
    expect(log.map(({ reason, endedBy, done }) => [reason, endedBy, done])).toEqual(
      people.map(() => ["phone", "facilitator", ["proposal"]]),
    );
    expect(log.map(({ channel, ownerId, guestId }) => [channel, ownerId, guestId])).toEqual(
      people.map(() => [null, null, null]),
    );
    // What was received is known again, with nothing in it.
    expect(await database.prisma.inbox.count({ where: { sealed: { not: null } } })).toBe(0);
  });
});

describe("A session that nobody ends", () => {
  it("is ended by the clock, with a notice, and what is typed then is not read", async () => {
    const { begin, says, endForgotten, next, house, assistant, ownSession, rows, send } =
      await open("forgotten");
    await begin();
    await says("ciao", "proposta", "1", "1", "Civetta");
    await endForgotten();
    expect((await rows())[0]?.endedAt).toBeNull();
    house.pass(31 * MINUTE_MS);
    await endForgotten();
    const told = await next();
    expect(told.text).toMatch(/tempo.*finito.*Proposte finite: 0\..*Cancella cronologia/s);
    await send("Barbagianni");
    expect((await next()).text).toContain("non l'ho letto");
    await assistant.stop();
    expect(await rows()).toMatchObject([{ endedBy: "time", done: [], guestId: null }]);
    expect(JSON.stringify(await ownSession())).not.toMatch(/Civetta|Barbagianni/);
    expect(await everything()).not.toMatch(/Civetta|Barbagianni/);
  });
});

describe("What is the facilitator's", () => {
  it("waits while a guest has the chat: what the office answers, and what was on its way", async () => {
    const { begin, says, assistant, house, next, mail } = await open("answers");
    const sent = await says("operatore", "Quando arrivano i volantini?");
    const number = Number(/\d{5}/.exec(sent.text)?.[0]);
    await mail.next(house.edition.office?.address ?? "");
    await begin();
    const answered = await house.stores.desk.tickets.answer(number, "Domani.", false, () => ({
      text: "L'ufficio: domani.",
      choices: [],
    }));
    expect(answered).toEqual({ kind: "done", told: true });
    assistant.dispatcher.notify();
    expect((await says("ciao")).text).not.toContain("domani");
    expect((await says("fine sessione")).text).toContain("di nuovo tua");
    assistant.dispatcher.notify();
    expect((await next()).text).toBe("L'ufficio: domani.");
    await assistant.stop();
  });

  it("waits, whatever a campaign tells them, and is not lost", async () => {
    const { begin, says, assistant, house, owner, address, next } = await open("campaign");
    const { campaigns } = house.stores;
    const sealer = createSealer(secrets);
    const edition = house.edition.id;
    const sealed = sealer.seal(reminderOf(owner.id, edition, "news"), address);
    const wish = { contactId: owner.id, edition, phase: "news", channel: "telegram", sealed };
    await database.prisma.reminder.create({ data: wish });
    const campaign = campaignAbout(["news"]);
    await campaigns.write("news", campaign.plan);
    await campaigns.send("news", "Anna Neri", NOW, false);
    await campaigns.begin(new Map(), NOW);
    while (await campaigns.enrol("news", NOW));
    await begin();
    const templates = { approved: () => false };
    await campaigns.feed("news", {
      ...{ campaign, now: NOW, dailyLimit: 0, room: new Map([["telegram", 10]]) },
      fateOf: (one, left) => fateOf(campaign, one, rules, { ...templates, ...left }, NOW),
      compose: () => ({ text: "Una notizia.", choices: [] }),
    });
    assistant.dispatcher.notify();
    expect((await says("ciao")).text).not.toContain("notizia");
    expect((await says("fine sessione")).text).toContain("di nuovo tua");
    assistant.dispatcher.notify();
    expect((await next()).text).toBe("Una notizia.");
    await assistant.stop();
  });

  it("is neither shown nor handed over to the guest: draft, proposals, address", async () => {
    const { begin, says, assistant, address } = await open("own");
    await says("proposta", "1", "1", "Renata", "Falchi", "menu");
    await begin();
    for (const word of ["ciao", "menu", "le mie proposte", "proposta", "menu", "privacy"]) {
      const { text, choices } = await says(word);
      expect(JSON.stringify([text, choices])).not.toMatch(/Renata|Falchi/);
    }
    const { document } = await says("1");
    expect(document?.rows).not.toEqual([]);
    expect(JSON.stringify(document)).not.toMatch(/Renata|Falchi/);
    expect(JSON.stringify(document)).not.toContain(address);
    await says("menu", "fine sessione");
    await says("Finisci lo stesso");
    expect((await says("menu")).choices.map(({ label }) => label)).toContain("Continua la proposta");
    await assistant.stop();
  });

  it("is not answered by buttons of the guest's, nor the guest's by old ones", async () => {
    const { begin, says, assistant, address, chat, ownSession } = await open("buttons");
    let order = 1000;
    const press = async (data: string) => {
      const incoming = { kind: "choice" as const, data };
      const id = `buttons ${order}`;
      await assistant.inbox.receive([{ channel: "telegram", address, id, order: order++, incoming }]);
      return chat.next(address);
    };
    const own = await says("proposta");
    await begin();
    await says("ciao");
    const guests = await says("proposta");
    expect((await press(own.choices[0]?.data ?? "")).text).toContain("pulsante");
    await says("fine sessione");
    await says("Finisci lo stesso");
    await says("proposta");
    expect((await press(guests.choices[0]?.data ?? "")).text).toContain("pulsante");
    await assistant.stop();
    expect((await ownSession())?.active[0]?.answers).toEqual({});
  });
});

describe("A session ends first", () => {
  it("when its facilitator is stopped: they are told, and begin no other", async () => {
    const { begin, says, assistant, house, facilitatorId, next, rows } = await open("stopped");
    await begin();
    await says("ciao", "proposta", "1", "1", "Civetta");
    const notice = () => ({ text: "…", choices: [] });
    const ended = () => () => ({ text: "L'Unione ha chiuso la sessione.", choices: [] });
    expect(await house.stores.desk.facilitators.stop(facilitatorId, notice, ended)).toBe("stopped");
    assistant.dispatcher.notify();
    expect((await next()).text).toContain("ha chiuso");
    expect((await says("menu")).text).not.toContain("Civetta");
    expect((await says("sessione assistita")).text).toContain("scelto dall'Unione");
    await assistant.stop();
    expect(await rows()).toMatchObject([{ endedBy: "office", guestId: null }]);
    expect(await everything()).not.toContain("Civetta");
  });

  it("when its facilitator erases their data from another chat", async () => {
    const { begin, says, assistant, owner, rows } = await open("erased");
    await begin();
    await says("ciao", "proposta", "1", "1", "Civetta");
    await database.prisma.$transaction((tx) => erase(tx, owner.id));
    expect((await says("ciao")).text).toContain("assistente automatico");
    await assistant.stop();
    expect(await rows()).toMatchObject([{ endedBy: "facilitator", guestId: null }]);
    expect(await everything()).not.toContain("Civetta");
  });

  it("when the platform tells that the chat is also somebody else's", async () => {
    const { begin, says, assistant, house, address, rows, owner } = await open("joined", "whatsapp");
    await begin();
    await says("ciao", "proposta", "1", "1", "Civetta");
    const other = { channel: "whatsapp", address: "joined other", id: "joined x", order: 1 };
    const incoming = { kind: "text" as const, text: "ciao" };
    await assistant.inbox.receive([{ ...other, incoming }]);
    await house.stores.contacts.move([
      { channel: "whatsapp", from: ["joined other"], address, aliases: ["joined lasting"] },
    ]);
    await assistant.stop();
    expect(await rows()).toMatchObject([{ endedBy: "moved", guestId: null }]);
    expect(await everything()).not.toContain("Civetta");
    expect(await database.prisma.contact.count({ where: { id: owner.id } })).toBeLessThanOrEqual(1);
  });
});

it("What was delivered to the guest and comes again is not taken for the facilitator's words", async () => {
  const { begin, says, assistant, address, chat, ownSession } = await open("again");
  await begin();
  await says("ciao", "proposta", "1", "1");
  const incoming = { kind: "text" as const, text: "Civetta" };
  const arrival = { channel: "telegram", address, id: "again once", order: 500, incoming };
  await assistant.inbox.receive([arrival]);
  await chat.next(address);
  await says("fine sessione", "Finisci lo stesso");
  const known = await database.prisma.inbox.count();
  await assistant.inbox.receive([arrival]);
  expect(await database.prisma.inbox.count()).toBe(known);
  await assistant.stop();
  expect(JSON.stringify(await ownSession())).not.toContain("Civetta");
});

it("A draft goes on at home by its code, and is forgotten once that is good no more", async () => {
  const { begin, says, assistant, house, endForgotten, rows, chat } = await open("home");
  for (const name of ["Upupa", "Ghiandaia"]) {
    await begin();
    await says("ciao", "proposta", "1", "1", name, `${name}ini`, "menu");
    const asked = await says("fine sessione");
    expect(asked.choices[0]?.label).toBe("Un codice per dopo");
    const code = /[A-Z0-9]{4}-[A-Z0-9]{4}/.exec((await says("Un codice per dopo")).text)?.[0] ?? "none";
    await says("fine sessione", "Finisci lo stesso");
    if (name === "Ghiandaia") continue;
    let order = 0;
    for (const text of ["riprendi", code]) {
      const incoming = { kind: "text" as const, text };
      await assistant.inbox.receive([
        { channel: "telegram", address: "at home", id: `home ${text}`, order: order++, incoming },
      ]);
      await chat.next("at home");
    }
  }
  await assistant.stop();
  expect(await everything()).toContain("Ghiandaia");
  await endForgotten();
  expect(await everything()).toContain("Ghiandaia");
  expect((await rows())[0]?.guestId).toBeNull();
  await database.prisma.offeredDraft.updateMany({ data: { until: new Date(0) } });
  house.pass(25 * 60 * MINUTE_MS);
  await endForgotten();
  const all = await everything();
  expect(all).toContain("Upupa");
  expect(all).not.toContain("Ghiandaia");
  expect((await rows()).map(({ guestId }) => guestId)).toEqual([null, null]);
});

it("Who sent something from a facilitator's chat is forgotten with the others, in time", async () => {
  const { begin, says, assistant, house } = await open("retention");
  await begin();
  await says("ciao", ...proposal("Averla", NEEDS[0]), "fine sessione");
  await assistant.stop();
  const { desk } = house.stores;
  const [sent] = await desk.commission.list();
  await forgetSilentSince(database, new Date(Date.now() - MINUTE_MS));
  expect((await desk.commission.read(sent?.code ?? ""))?.by.name).toBe("Averla");
  await forgetSilentSince(database, new Date(Date.now() + MINUTE_MS));
  const kept = await desk.commission.read(sent?.code ?? "");
  expect([kept?.by.name, kept?.proposal.title]).toEqual(["", "Idea di Averla"]);
});
