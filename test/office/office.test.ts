import type { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { createAssistant, officeOf } from "../../assistant.ts";
import type { Database } from "../../prisma/client.ts";
import { openTestDatabase } from "../support/database.ts";
import { openTestHouse } from "../support/house.ts";
import { createRecorder, type Recorder } from "../support/recorder.ts";

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

/** People in a chat, the office's mailbox, and the office itself. */
async function open(seed: string, edition = "demo") {
  const house = await openTestHouse(database, {
    seed,
    edition,
    ...(edition !== "demo" && { day: "2022-05-02" }),
  });
  const chat = createRecorder("chat");
  const mail = createRecorder("mail");
  const assistant = createAssistant(house, () => [chat, mail]);
  const office = officeOf(house, () => assistant.dispatcher.notify());
  let order = 0;
  assistant.start();
  return {
    house,
    assistant,
    office,
    mail,
    async says(text: string, by = "Rosa") {
      const address = `${seed} ${by}`;
      const incoming = { kind: "text", text } as const;
      await assistant.inbox.receive([
        { channel: "chat", address, id: `${seed} ${order}`, order: order++, incoming },
      ]);
      return chat.next(address);
    },
    /** What is told without having been asked for. */
    hears: (by = "Rosa") => chat.next(`${seed} ${by}`),
    untaken: () => chat.untaken(`${seed} Rosa`),
  };
}

const tickets = z.array(z.object({ number: z.number(), state: z.string(), asked: z.string().optional() }));
async function listed(office: Hono, all = false) {
  return tickets.parse(await (await office.request(`/tickets${all ? "?all=1" : ""}`)).json());
}
async function onlyNumber(office: Hono): Promise<number> {
  const [only, ...others] = await listed(office);
  if (!only || others.length > 0) throw new Error("There is not one question.");
  return only.number;
}
async function post(office: Hono, path: string, body: object) {
  const response = await office.request(path, { method: "POST", body: JSON.stringify(body) });
  return { status: response.status, ...z.looseObject({}).parse(await response.json()) };
}

describe("a question to the office", () => {
  test("is read with what was being asked, answered once in the chat, and the draft goes on", async () => {
    const { says, hears, untaken, office, mail, assistant, house } = await open("answered");
    for (const text of ["proposta", "1", "1"]) await says(text);
    await says("operatore");
    const sent = await says("Devo mettere il nome di mio marito?");
    expect(sent.text).toMatch(/Come ti chiami\? Scrivi solo il nome\.$/);
    const number = await onlyNumber(office);
    expect(sent.text).toContain(`richiesta numero ${number}.`);

    const response = await office.request(`/tickets/${number}`);
    expect(await response.json()).toMatchObject({
      asked: "proposal.name",
      state: "open",
      writings: [{ from: "person", text: "Devo mettere il nome di mio marito?" }],
    });
    const told = await mail.next(house.edition.office?.address ?? "");
    expect(told.text).toContain(String(number));
    expect(told.text).not.toContain("marito");

    const answers = await Promise.all(
      ["Il tuo.", "Metti il tuo."].map((text) => post(office, `/tickets/${number}/answer`, { text })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const answer = await hears();
    expect(answer.text).toMatch(new RegExp(`richiesta ${number}:\\n\\n(Il|Metti il) tuo\\.$`));
    expect(answer.choices.map(({ label }) => label)).toEqual(["Scrivi ancora", "Menu"]);

    expect((await says("Rosa")).text).toBe("E il cognome?");
    await assistant.stop();
    expect(untaken()).toBe(0);
    expect(await listed(office)).toEqual([]);
  });

  test("goes on in the same request, and is answered where the person is now", async () => {
    const { says, hears, office, assistant, house } = await open("again");
    await says("operatore");
    await says("A che ora apre lo sportello?");
    const number = await onlyNumber(office);
    expect((await post(office, `/tickets/${number}/answer`, { text: "Alle nove." })).status).toBe(200);
    const [again] = (await hears()).choices;
    if (!again) throw new Error("There is no way to write again.");
    await assistant.inbox.receive([
      {
        channel: "chat",
        address: "again Rosa",
        id: "press",
        order: 99,
        incoming: { kind: "choice", data: again.data },
      },
    ]);
    expect((await hears()).text).toContain(`aggiungere alla richiesta ${number}`);
    expect((await says("Anche di sabato?")).text).toContain(`richiesta numero ${number}`);
    expect(await listed(office)).toEqual([{ number, state: "open" }]);

    await house.stores.contacts.move([{ channel: "chat", from: ["again Rosa"], address: "again nuova" }]);
    expect((await post(office, `/tickets/${number}/answer`, { text: "Di sabato no." })).status).toBe(200);
    expect((await hears("nuova")).text).toContain("Di sabato no.");
    await assistant.stop();
  });

  test("is kept when two contacts turn out to be one person", async () => {
    const { says, hears, office, assistant, house } = await open("joined");
    await says("operatore");
    await says("Chi sono io?");
    const number = await onlyNumber(office);
    await says("ciao", "later");
    const [address, later] = ["joined Rosa", "joined later"];
    await house.stores.contacts.move([{ channel: "chat", from: [], address, aliases: [later] }]);
    expect(await post(office, `/tickets/${number}/answer`, { text: "Sempre tu." })).toMatchObject({
      status: 200,
      told: true,
    });
    const heard = await Promise.race([hears(), hears("later")]);
    expect(heard.text).toContain("Sempre tu.");
    await assistant.stop();
  });

  test("is not asked for where there is no office to answer it", async () => {
    const { says, office, mail, assistant } = await open("no-office", "digitale-bene-comune-2022");
    expect((await says("operatore")).text).toContain("0523 370704");
    await says("vorrei una persona");
    await assistant.stop();
    expect(await listed(office, true)).toEqual([]);
    expect(mail.sent).toEqual([]);
  });

  test("that is closed takes no more words, and says why where there is something to say", async () => {
    const { says, hears, office, assistant, untaken } = await open("closed");
    await says("operatore");
    await says("prova prova");
    const first = await onlyNumber(office);
    expect(await post(office, `/tickets/${first}/close`, {})).toMatchObject({ status: 200, told: false });
    expect(untaken()).toBe(0);
    await says("operatore");
    await says("E adesso?");
    const second = await onlyNumber(office);
    await post(office, `/tickets/${second}/close`, { because: "Hai già risposto tu." });
    expect((await hears()).text).toContain("Hai già risposto tu.");
    expect(await post(office, `/tickets/${second}/answer`, { text: "Troppo tardi" })).toMatchObject({
      status: 409,
      state: "closed",
    });
    expect(await post(office, "/tickets/11111/answer", { text: "A chi?" })).toMatchObject({ status: 404 });
    expect(await post(office, `/tickets/${second}/answer`, { text: " " })).toMatchObject({ status: 400 });
    await assistant.stop();
  });
});

/** Somebody whose proposal has come in; gives its code. */
async function proposed(says: (text: string, by?: string) => Promise<{ text: string }>, mail: Recorder) {
  for (const text of ["proposta", "1", "1", "Rosa", "Bianchi", "rosa@posta.it"]) await says(text);
  const steps = [
    /\b\d{6}\b/.exec((await mail.next("rosa@posta.it")).text)?.[0] ?? "",
    "3",
    "Nonni in rete",
    "Molti anziani non sanno usare il telefono e restano soli in casa.",
    "Due pomeriggi a settimana in biblioteca, con ragazzi che insegnano.",
    "Ogni settimana in un Comune diverso.",
    "I volontari della biblioteca.",
    "Le biblioteche comunali.",
    "4000",
    "salta",
  ];
  for (const text of steps) await says(text);
  return /Il tuo codice è (\w{6})/.exec((await says("invia")).text)?.[1] ?? "";
}

describe("the commission", () => {
  test("refuses a proposal and admits it after all, and the proponent reads why in the chat and in their proposals", async () => {
    const { says, hears, office, mail, assistant, house, untaken } = await open("refused");
    const code = await proposed(says, mail);
    expect(await post(office, `/proposals/${code}/refuse`, {})).toMatchObject({ status: 400 });
    await post(office, `/proposals/${code}/note`, { text: "Sentire l'ufficio tecnico" });
    const because = "Le biblioteche sono già coinvolte in un progetto uguale.";
    const [one, two] = await Promise.all([
      post(office, `/proposals/${code}/refuse`, { because }),
      post(office, `/proposals/${code.toLowerCase()}/refuse`, { because }),
    ]);
    expect([one?.status, two?.status].sort()).toEqual([200, 409]);
    const told = await hears();
    expect(told.text).toContain(because);
    expect(told.choices.map(({ label }) => label)).toContain("Chiedi a una persona");
    await says("le mie proposte");
    const own = await says("1");
    expect(own.text).toContain("non ammessa");
    expect(own.text).toContain(because);
    expect(own.text).not.toContain("ufficio tecnico");

    expect(await post(office, `/proposals/${code}/admit`, {})).toMatchObject({
      status: 409,
      state: "refused",
    });
    const again = { again: true, summary: "Ragazzi e nonni insieme." };
    expect(await post(office, `/proposals/${code}/admit`, { ...again, cost: 25_001 })).toMatchObject({
      ...{ status: 409, kind: "tooDear", budget: 25_000 },
    });
    expect(await post(office, `/proposals/${code}/admit`, { ...again, cost: 0.5 })).toMatchObject({
      status: 400,
    });
    expect(await post(office, `/proposals/${code}/admit`, again)).toMatchObject({ status: 200 });
    expect((await hears()).text).toContain("ha ammesso la tua proposta");
    expect(await post(office, `/proposals/${code}/describe`, { cost: 3500 })).toMatchObject({ told: false });
    const file = await (await office.request(`/proposals/${code}`)).json();
    expect(file).toMatchObject({
      by: { name: "Rosa", surname: "Bianchi" },
      onBallot: { summary: "Ragazzi e nonni insieme.", cost: 3500 },
      notes: [
        { text: "Sentire l'ufficio tecnico" },
        { decision: "refused", text: because },
        { decision: "admitted" },
      ],
    });
    await house.clock.moveTo("2027-03-01");
    expect(await post(office, `/proposals/${code}/describe`, { cost: 100 })).toMatchObject({
      ...{ status: 409, kind: "fixed", since: house.edition.phases.find(({ id }) => id === "vote")?.from },
    });
    await assistant.stop();
    expect(untaken()).toBe(0);
  });
});
