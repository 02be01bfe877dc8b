import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Claimed } from "../../../core/sending.ts";
import type { Claim } from "../../../core/voting/identity.ts";
import type { Resident } from "../../../core/voting/roll-keeping.ts";
import { formToken } from "../../../web/voting/shell.ts";
import { BrowserJar } from "../../support/browser-jar.ts";
import { roomOn } from "../../support/stores.ts";
import { TODAY } from "../../support/voting.ts";
import { openSignInStand, type ServeOptions, type SignInStand } from "./sign-in-stand.ts";

let stand: SignInStand;
beforeAll(async () => {
  stand = await openSignInStand();
});
afterEach(() => stand.house.moveTo(TODAY));
afterAll(() => stand.close());

const typed = ({ name, surname, code }: Resident & { readonly code: string }) => ({
  ...{ name, surname, taxCode: code },
  ...{ email: "typed@example.org", phone: "333 123 4567", letter: "" },
});

/** A browser at the form for who has no SPID, without a chat. */
async function arrive(): Promise<BrowserJar> {
  const browser = new BrowserJar();
  await browser.open(`${stand.url}/voto`);
  await browser.submit();
  await browser.follow("/dati");
  return browser;
}

/** The letters with codes that wait to be sent; to one address they go one after another. */
async function letters() {
  const { outbox } = stand.house.stores;
  const all: Claimed[] = [];
  for (;;) {
    const sent = await outbox.claim(roomOn(["mail", "sms"], 50), 60_000);
    if (sent.length === 0) break;
    await outbox.settle(sent.map(({ id }) => ({ id, accepted: 1, as: "sent", platformId: String(id) })));
    all.push(...sent);
  }
  return all.map(({ address, message: { text } }) => ({
    address,
    text,
    code: /\d{4} \d{4}/.exec(text)?.[0] ?? "",
  }));
}

const whoIsIn = (browser: BrowserJar) => stand.signedIn(browser.cookie("ballot"));

/** What differs in every browser is left out. */
const page = ({ page: { text } }: BrowserJar) => text.replace(/value="[\w-]{43}"/g, "");

describe("Signing in without SPID", () => {
  test("leads to the ballot, by a code that goes to the contact on the roll", async () => {
    const rosa = await stand.enrol();
    const browser = await arrive();
    const before = browser.cookie("ballot");
    await browser.submit(typed(rosa));
    expect(browser.page.url.pathname).toBe("/voto/accesso/codice");
    const [letter] = await letters();
    expect(letter?.address).toBe(rosa.email);
    const [subject, ...rest] = letter?.text.split("\n") ?? [];
    expect(subject).toBe("Il tuo codice per votare");
    expect(rest.join("\n")).toMatch(/Vale fino alle \d\d:\d\d/);
    await browser.submit({ code: letter?.code ?? "" }, "/codice");
    expect(browser.page.url.pathname).toBe("/voto/scheda");
    expect(await whoIsIn(browser)).toEqual({ voterId: rosa.id, route: "code" });
    expect(browser.cookie("ballot")).not.toBe(before);
    expect(await stand.signedIn(before)).toBeUndefined();
    // Whoever is in is not asked again.
    await browser.open("/voto/accesso");
    expect(browser.page.url.pathname).toBe("/voto/scheda");
  });

  test("says of a translation by a program what it is, and keeps to Italian where a page has no other", async () => {
    const { words } = stand.house;
    const told = (language: string) => words.say(language, { key: "engine.machine_made" });
    for (const [asked, language, isTold] of [
      ["ar", "ar", true],
      ["en", "en", false],
      ["xx", "it", false],
    ] as const) {
      const browser = new BrowserJar();
      await browser.open(`${stand.url}/voto?lang=${asked}`);
      expect(browser.page.text).toContain(`<html lang="${language}"`);
      expect(browser.page.text.includes(told(language))).toBe(isTold);
    }
  });

  test("tells how the data are used before it asks for any", async () => {
    const browser = await arrive();
    const { text } = browser.page;
    expect(text.indexOf("Usiamo i tuoi dati solo per")).toBeLessThan(text.indexOf("<input id="));
    expect(text).toContain("Nessuno. È una prova");
  });

  test("shows the same to who is on the roll and who is not, at every step", async () => {
    const rosa = await stand.enrol();
    const known = typed(rosa);
    const unknown = { ...known, taxCode: stand.strangersCode() };
    const misnamed = { ...known, name: "Rosina" };
    const pages: string[][] = [];
    for (const data of [known, unknown, misnamed]) {
      const browser = await arrive();
      await browser.submit(data);
      const shown = [page(browser)];
      for (const code of ["00000000", "00000001", "00000002", "00000003"]) {
        await browser.submit({ code }, "/codice");
        shown.push(`${browser.page.status} ${page(browser)}`);
        if (browser.page.status === 410) await browser.open("/voto/accesso/codice");
      }
      pages.push(shown);
    }
    expect(pages[1]).toEqual(pages[0]);
    expect(pages[2]).toEqual(pages[0]);
    expect((await letters()).map(({ address }) => address)).toEqual([rosa.email]);
  });

  test("sends another code without asking for the data again, and lets them be corrected", async () => {
    const rosa = await stand.enrol();
    const browser = await arrive();
    await browser.submit(typed(rosa));
    await browser.submit({}, "/nuovo");
    const [first, second] = await letters();
    await browser.submit({ code: first?.code ?? "" }, "/codice");
    expect(browser.page.text).toContain("Puoi provare ancora 2 volte");
    await browser.follow("/dati");
    expect(browser.page.text).toContain(`value="${rosa.code}"`);
    await browser.open("/voto/accesso/codice");
    await browser.submit({ code: (second?.code ?? "").replace(" ", "-") }, "/codice");
    expect(await whoIsIn(browser)).toMatchObject({ voterId: rosa.id });
  });

  test("says what is wrong with a code, and does not spend a try on what is none", async () => {
    const rosa = await stand.enrol();
    const browser = await arrive();
    await browser.submit(typed(rosa));
    const [letter] = await letters();
    for (const code of ["", "1234", "abcdefgh", "123456789", "<b>"]) {
      await browser.submit({ code }, "/codice");
      expect(browser.page.status).toBe(400);
      expect(browser.page.text).toContain("Il codice ha 8 cifre");
      expect(browser.page.text).not.toContain("<b>");
    }
    for (const said of ["2 volte", "una volta", "Questo codice non vale più"]) {
      await browser.submit({ code: "00000000" }, "/codice");
      expect(browser.page.text).toContain(said);
    }
    await browser.open("/voto/accesso/codice");
    await browser.submit({ code: letter?.code ?? "" }, "/codice");
    expect(browser.page.status).toBe(410);
    expect(await whoIsIn(browser)).toBeUndefined();
  });

  test("tells who has voted, or may vote only later, once they have proved who they are", async () => {
    const rosa = await stand.enrol();
    for (const [data, said] of [
      [{ mark: "ONLINE" as const }, "Risulta già un tuo voto"],
      [{ mark: null, enabledFrom: new Date("2027-02-20") }, "Puoi votare dal 20 febbraio"],
    ] as const) {
      await stand.database.prisma.voter.update({ where: { id: rosa.id }, data });
      const browser = await arrive();
      await browser.submit(typed(rosa));
      const [letter] = await letters();
      expect(browser.page.text).not.toContain(said);
      await browser.submit({ code: letter?.code ?? "" }, "/codice");
      expect(browser.page.text).toContain(said);
      expect(await whoIsIn(browser)).toBeUndefined();
    }
  });
});

describe("The data", () => {
  const wrong: readonly (readonly [string, Partial<Claim>, string])[] = [
    ["without a name", { name: "" }, "Scrivi il tuo nome."],
    ["with a name that is none", { surname: "<script>" }, "Scrivi il tuo cognome."],
    ["with a codice fiscale cut short", { taxCode: "RSSMRA49E03G53" }, "ha 16 lettere e numeri"],
    ["with a letter changed", { taxCode: "RSSMRA49E03G535Z" }, "lettera o un numero sbagliato"],
    ["with no e-mail", { email: "rosa" }, "e-mail intera"],
    ["with a landline", { phone: "0523 370704" }, "numero di cellulare"],
    ["with a letter that is none", { letter: "12" }, "10 lettere e numeri. Se non"],
  ];
  test.each(wrong)(
    "%s: what is wrong is said beside the field, and nothing typed is lost",
    async (_, change, said) => {
      const rosa = { ...typed(await stand.enrol()), ...change };
      const browser = await arrive();
      await browser.submit(rosa);
      const { status, text } = browser.page;
      expect(status).toBe(400);
      expect(text.replaceAll("&#39;", "'")).toContain(said);
      expect(text.match(/aria-invalid/g)).toHaveLength(1);
      expect(text).not.toContain("<script>");
      for (const value of Object.values(rosa).filter((one) => !one.includes("<")))
        expect(text.replaceAll("&#39;", "'")).toContain(`value="${value}"`);
      expect(await letters()).toEqual([]);
    },
  );

  test("of another site's form, of another browser's, or in another shape, are not taken", async () => {
    const rosa = typed(await stand.enrol());
    const [browser, other] = [await arrive(), await arrive()];
    const post = (body: NonNullable<RequestInit["body"]>, headers: Record<string, string> = {}) =>
      browser.open(`${stand.url}/voto/accesso/dati`, { method: "POST", body, headers });
    const form = (token: string) => new URLSearchParams({ ...rosa, form: token });
    const own = formToken(browser.cookie("ballot") ?? "");
    for (const [body, headers] of [
      [form(""), {}],
      [form(formToken(other.cookie("ballot") ?? "")), {}],
      [JSON.stringify({ ...rosa, form: own }), { "content-type": "application/json" }],
      [new Uint8Array([0xff, 0xfe]), { "content-type": "application/x-www-form-urlencoded" }],
      ["", { "content-type": "multipart/form-data; boundary=x" }],
    ] as const) {
      const { status, text } = await post(body, headers);
      expect(status).toBe(403);
      expect(text).toContain("Ricominciamo");
    }
    expect(await letters()).toEqual([]);
    expect((await post(form(own))).status).toBe(200);
    expect(await letters()).toHaveLength(1);
  });

  test("that are too long are refused unread", async () => {
    const browser = await arrive();
    await browser.submit({ name: "x".repeat(20_000) });
    expect(browser.page.status).toBe(413);
    expect(browser.page.text).toContain("troppo lungo");
  });

  test("are asked of nobody whose session has ended, and on no day without an online vote", async () => {
    const stranger = new BrowserJar();
    const browser = await arrive();
    for (const path of ["/voto/accesso", "/voto/accesso/dati", "/voto/accesso/codice"]) {
      expect((await stranger.open(stand.url + path)).status).toBe(403);
      expect(stranger.page.text).toContain("Ricominciamo");
      stand.house.moveTo("2027-06-01");
      expect((await browser.open(stand.url + path)).text).toContain("Il voto online è finito");
      stand.house.moveTo(TODAY);
    }
  });
});

describe("The ways in", () => {
  const ways = async (given: ServeOptions) => {
    const url = await stand.serve(given);
    const browser = new BrowserJar();
    await browser.open(`${url}/voto`);
    await browser.submit();
    const { text } = browser.page;
    const statuses: number[] = [];
    for (const path of ["spid", "dati", "codice"])
      statuses.push((await browser.open(`${url}/voto/accesso/${path}`)).status);
    return { text, statuses };
  };
  const routes = { spid: true, code: "roll", station: true } as const;
  const away = () => ({
    begin: async () => ({ kind: "away" as const }),
    finish: async () => ({ kind: "away" as const }),
  });

  test("are those that the edition opens and that are set up", async () => {
    const { text, statuses } = await ways({ rules: { routes: { ...routes, code: "off" } }, provider: away });
    expect(text).toContain("Entra con SPID o CIE");
    expect(text).not.toContain("Entra senza SPID");
    expect(text).toContain("Biblioteca di prova");
    expect(statuses).toEqual([503, 404, 404]);

    const closed = await ways({
      rules: { routes: { ...routes, spid: false } },
      provider: away,
      options: { codeChannels: [] },
    });
    expect(closed.text).toContain("Adesso da qui non si può entrare");
    expect(closed.statuses).toEqual([404, 404, 404]);
  });

  test("say plainly where people are taken at their word", async () => {
    const { text } = await ways({ rules: { routes: { ...routes, code: "self-declared" } } });
    expect(text).toContain("Non prova chi sei");
  });
});

test("a wave of wrong codes is told to who runs this, once, without a word of anybody", async () => {
  const rosa = await stand.enrol();
  const browser = await arrive();
  await browser.submit(typed(rosa));
  await letters();
  await browser.submit({ code: "00000000" }, "/codice");
  // The one counter of wrong codes; the others count sources.
  await stand.database.pool.query(
    `UPDATE "Throttle" SET count = 999 WHERE count = (SELECT min(count) FROM "Throttle" WHERE count > 0)`,
  );
  await browser.submit({ code: "00000000" }, "/codice");
  await browser.submit({ code: "00000000" }, "/codice");
  expect(browser.page.status).toBe(503);
  expect(browser.page.text).toContain("i codici sono fermi");
  expect(stand.warnings).toHaveLength(1);
});
