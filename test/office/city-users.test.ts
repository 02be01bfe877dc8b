import { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { createAssistant, officeOf } from "../../assistant.ts";
import type { Incoming, Message } from "../../core/engine/message.ts";
import type { Resident } from "../../core/voting/roll-keeping.ts";
import type { Database } from "../../prisma/client.ts";
import { registerPage } from "../../web/voting/register.ts";
import { openTestDatabase } from "../support/database.ts";
import { openTestHouse } from "../support/house.ts";
import { createRecorder } from "../support/recorder.ts";
import { taxCode, withOmocodia } from "../support/tax-code.ts";

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

const born = "1949-05-03";
const code = taxCode(born, { names: "BNCRSO", sex: "F" });

/** People in a chat, the page for their codes, and the office, in an edition of their own. */
async function open(seed: string) {
  const house = await openTestHouse(database, { seed });
  const { edition, words, stores, clock } = house;
  const chat = createRecorder("chat");
  const assistant = createAssistant(house, () => [chat]);
  const office = officeOf(house, () => assistant.dispatcher.notify());
  const pages = new Hono();
  pages.route("/", registerPage({ ...stores.voting, edition, words, today: clock.today, secure: false }));
  let order = 0;
  assistant.start();
  const address = (by: string) => `${seed} ${by}`;
  const sends = async (incoming: Incoming, by: string): Promise<Message> => {
    await assistant.inbox.receive([
      { channel: "chat", address: address(by), id: `${seed} ${order}`, order: order++, incoming },
    ]);
    return chat.next(address(by));
  };
  const says = (text: string, by = "Rosa") => sends({ kind: "text", text }, by);
  return {
    house,
    says,
    hears: (by = "Rosa") => chat.next(address(by)),
    untaken: (by = "Rosa") => chat.untaken(address(by)),
    /** Asks for the register; gives the number of the request and the path of the link. */
    async asks(by = "Rosa", name = "Rosa") {
      // As after the verdict that they may: where they live and what ties them here is known.
      await sends({ kind: "start", payload: "cityuser-work" }, by);
      for (const text of ["3 maggio 1949", "Biblioteca", name, "Bianchi", "Non ho e-mail", "Sì, è vero"])
        await says(text, by);
      const sent = await says("Manda", by);
      const number = Number(/numero (\d+)/.exec(sent.text)?.[1]);
      return { number, path: new URL(sent.link?.url ?? "").pathname };
    },
    page: (path: string) => pages.request(path),
    async types(path: string, taxCode: string) {
      const body = new URLSearchParams({ taxCode });
      const response = await pages.request(path, { method: "POST", body });
      return { status: response.status, text: await response.text() };
    },
    async post(path: string, body: object) {
      const response = await office.request(path, { method: "POST", body: JSON.stringify(body) });
      return { status: response.status, ...z.looseObject({ kind: z.string() }).parse(await response.json()) };
    },
    async get(path: string): Promise<unknown> {
      return (await office.request(path)).json();
    },
    voters: () =>
      database.prisma.voter.findMany({ where: { edition: edition.id }, include: { codes: true } }),
    close: () => assistant.stop(),
  };
}

const resident = (given: Partial<Resident> = {}): Resident => ({
  line: 2,
  codes: [code],
  name: "Rosa",
  surname: "Bianchi",
  birth: born,
  comune: "podenzano",
  ...given,
});
const keep = { removeAbsent: false, dry: false };

describe("somebody who lives elsewhere", () => {
  test("asks in the chat, types the code on the page, is enabled, told, and found on the roll", async () => {
    const { house, says, asks, page, types, hears, untaken, post, get, voters, close } =
      await open("enabled");
    const { number, path } = await asks();
    for (let fetched = 0; fetched < 3; fetched += 1) expect((await page(path)).status).toBe(200);
    expect(await types(path, code.toLowerCase())).toMatchObject({ status: 200 });
    expect((await types(path, code)).status).toBe(410);

    expect(await get("/city-users")).toEqual([
      { number, state: "requested", requestedOn: "2026-09-07", hasCode: true, name: "Bianchi Rosa" },
    ]);
    expect(await get(`/city-users/${number}`)).toMatchObject({
      name: "Rosa",
      birth: born,
      link: "ci lavoro",
      where: "Biblioteca",
      onRoll: [],
      alike: [],
    });
    expect((await says("albo")).text).toContain("Il codice fiscale c'è.");

    const [first, second] = await Promise.all([1, 2].map(() => post(`/city-users/${number}/enable`, {})));
    expect([first?.status, second?.status].sort()).toEqual([200, 409]);
    expect((await hears()).text).toMatch(
      /numero \d+ per l'albo dei city user è accolta\. Puoi votare dal 19 gennaio/,
    );
    expect((await says("albo")).text).toContain("è accolta");
    expect(untaken()).toBe(0);

    expect(await voters()).toHaveLength(1);
    expect(await house.stores.voting.roll.byTaxCode(code)).toMatchObject({
      surname: "Bianchi",
      enabledFrom: "2026-09-10",
      hasCode: true,
    });
    expect(await get("/city-users")).toEqual([]);
    await close();
  });

  test("is refused with the reason, once", async () => {
    const { says, asks, hears, post, voters, close } = await open("refused");
    const { number } = await asks();
    const because = "Non risulta che lavori qui.";
    expect(await post(`/city-users/${number}/refuse`, { because })).toMatchObject({
      status: 200,
      told: true,
    });
    expect((await hears()).text).toContain(because);
    expect((await says("albo")).text).toContain(because);
    expect(await post(`/city-users/${number}/enable`, {})).toMatchObject({ status: 409, state: "refused" });
    expect(await post(`/city-users/${number}/refuse`, { because })).toMatchObject({ status: 409 });
    expect(await post(`/city-users/11111/refuse`, { because })).toMatchObject({ status: 404 });
    expect(await voters()).toEqual([]);
    await close();
  });

  test("who gives no code is enabled to vote at a station, and told so", async () => {
    const { asks, hears, post, voters, close } = await open("no code");
    const { number } = await asks();
    expect(await post(`/city-users/${number}/enable`, {})).toMatchObject({
      hasCode: false,
      from: "2026-09-10",
    });
    expect((await hears()).text).toContain("Per votare vai a una postazione con un documento d'identità.");
    expect(await voters()).toMatchObject([{ comune: null, codes: [] }]);
    await close();
  });

  test("has a code that the office knows put beside the request, if it can be theirs", async () => {
    const { house, asks, post, close } = await open("office's code");
    const { number } = await asks();
    const enable = (taxCode: string) => post(`/city-users/${number}/enable`, { taxCode });
    expect(await enable("BNCRSO")).toMatchObject({ status: 409, kind: "badCode" });
    expect(await enable(taxCode("1950-01-01"))).toMatchObject({ status: 409, kind: "birthDisagrees" });
    expect(await enable(code)).toMatchObject({ status: 200, hasCode: true });
    expect(await house.stores.voting.roll.byTaxCode(code)).toBeDefined();
    await close();
  });
});

describe("nobody comes to stand on the roll twice", () => {
  test("who is a resident, by the code: the office sees it, the page does not tell", async () => {
    const { house, asks, types, post, get, voters, close } = await open("resident");
    await house.stores.desk.roll.bringUpToDate([resident({ name: "Rosetta" })], keep);
    const { number, path } = await asks();
    const stranger = await asks("Ugo", "Ugo");
    const known = await types(path, code);
    const unknown = await types(stranger.path, withOmocodia(code));
    expect(known.status).toBe(200);
    expect(known.text).toBe(unknown.text);

    const who = { by: "code", name: "Rosetta", surname: "Bianchi", birth: born, comune: "podenzano" };
    expect(await get(`/city-users/${number}`)).toMatchObject({ onRoll: [who] });
    for (const body of [{}, { homonym: true }]) {
      expect(await post(`/city-users/${number}/enable`, body)).toMatchObject({
        status: 409,
        kind: "onRoll",
        who,
      });
    }
    expect(await voters()).toHaveLength(1);
    expect(await get("/city-users")).toMatchObject([{ number }, { number: stranger.number }]);
    await close();
  });

  test("who has the names and the day of somebody on it, unless the office says it is another person", async () => {
    const { house, asks, post, voters, close } = await open("homonym");
    await house.stores.desk.roll.bringUpToDate([resident()], keep);
    const { number } = await asks();
    const enable = (homonym: boolean) => post(`/city-users/${number}/enable`, { homonym });
    expect(await enable(false)).toMatchObject({ kind: "onRoll", who: { by: "name" } });
    expect(await enable(true)).toMatchObject({ kind: "done" });
    expect(await voters()).toHaveLength(2);
    await close();
  });

  test("who asks from two chats, enabled at the same moment", async () => {
    const { asks, types, post, get, voters, close } = await open("two chats");
    const requests = [await asks("Rosa"), await asks("Rosa's other phone", "Rosina")];
    for (const { path } of requests) await types(path, code);
    const [first] = requests;
    expect(await get(`/city-users/${first?.number}`)).toMatchObject({ alike: [{ by: "code" }] });
    const done = await Promise.all(requests.map(({ number }) => post(`/city-users/${number}/enable`, {})));
    expect(done.map(({ kind }) => kind).sort()).toEqual(["done", "onRoll"]);
    expect(await voters()).toHaveLength(1);
    await close();
  });
});

describe("the page for the code", () => {
  test("says what is wrong, and keeps the link for another try", async () => {
    const { asks, types, close } = await open("mistaken");
    const { path } = await asks();
    for (const [typed, told] of [
      ["", "Questo non è un codice fiscale."],
      ["BNCRSO", "Questo non è un codice fiscale."],
      [`${code.slice(0, 15)}${code.endsWith("A") ? "B" : "A"}`, "sbagliato"],
      [taxCode("1950-01-01"), "nata un altro giorno"],
      ['"><script>alert(1)</script>', "Questo non è un codice fiscale."],
    ] as const) {
      const { status, text } = await types(path, typed);
      expect(status).toBe(400);
      expect(text).toContain(told);
      expect(text).not.toContain("<script");
    }
    expect((await types(path, "A".repeat(10_000))).status).toBe(413);
    expect((await types(path, code)).status).toBe(200);
    await close();
  });

  test("opens for its own link alone: not an older one, not that of the ballot, none that was made up", async () => {
    const { house, asks, says, page, types, post, close } = await open("links");
    const { number, path } = await asks();
    const again = new URL((await says("albo")).link?.url ?? "").pathname;
    expect((await page(path)).status).toBe(410);
    expect((await page(again)).status).toBe(200);
    expect((await page("/voto/albo/nothing")).status).toBe(410);
    house.moveTo("2027-02-10");
    const ballot = new URL((await says("voto")).link?.url ?? "").pathname.replace("/l/", "/albo/");
    expect((await page(ballot)).status).toBe(410);
    expect((await types(ballot, code)).status).toBe(410);
    expect((await post(`/city-users/${number}/enable`, {})).status).toBe(200);
    const late = await types(again, code);
    expect([late.status, late.text.includes("albo")]).toEqual([410, true]);
    await close();
  });
});

describe("somebody's data", () => {
  test("are handed over; an open request goes with them, a place on the roll stays", async () => {
    const { says, hears, asks, post, voters, close } = await open("erased");
    const { number } = await asks("Rosa");
    await says("privacy");
    const file = (await says("Cosa sai di me")).document;
    expect(JSON.stringify(file?.rows)).toContain("Biblioteca");
    expect((await says("Cancella i miei dati")).text).not.toContain("Resta anche il tuo nome");
    await says("Sì, cancella tutto");
    expect((await post(`/city-users/${number}/enable`, {})).status).toBe(404);

    const other = await asks("Ugo", "Ugo");
    await post(`/city-users/${other.number}/enable`, {});
    await hears("Ugo");
    await says("privacy", "Ugo");
    expect((await says("Cancella i miei dati", "Ugo")).text).toContain("Resta anche il tuo nome");
    await says("Sì, cancella tutto", "Ugo");
    expect(await voters()).toHaveLength(1);
    await close();
  });
});
