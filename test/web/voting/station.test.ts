import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { taxCode, taxCodes } from "../../support/tax-code.ts";
import { castBy } from "../../support/voting.ts";
import { ONLINE_DAY, openStationStand, PAPER_DAY, type StationStand } from "./station-stand.ts";

let stand: StationStand;
beforeAll(async () => {
  stand = await openStationStand();
});
beforeEach(() => stand.moveTo(PAPER_DAY));
afterAll(() => stand.close());

/** A browser without scripts: it keeps cookies, and sends the forms that it is shown. */
function browser(): Tablet {
  const cookies = new Map<string, string>();
  let page = "";
  async function go(path: string, body?: URLSearchParams): Promise<number> {
    const response = await stand.app.request(path, {
      method: body ? "POST" : "GET",
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; ") },
      ...(body && { body }),
    });
    for (const one of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(one) ?? [];
      if (/max-age=0/i.test(one)) cookies.delete(name);
      else cookies.set(name, value);
    }
    const next = response.headers.get("location");
    if (next) return go(next);
    page = (await response.text()).replace(/\s+/g, " ").replaceAll("&#39;", "'");
    return response.status;
  }
  return {
    cookies,
    go,
    page: () => page,
    word: () => /<p class="word [a-z]+">([^<]*)</.exec(page)?.[1] ?? "",
    async send(action, fields = {}, nth = 0) {
      const forms = [...page.matchAll(/<form .*?<\/form>/g)].map(([form]) => form);
      const form = forms.filter((one) => one.includes(`action="/voto/seggio/${action}"`))[nth] ?? "";
      const hidden = [...form.matchAll(/type="hidden" name="([^"]+)" value="([^"]*)"/g)];
      const body = new URLSearchParams();
      for (const [, name = "", value = ""] of hidden) body.set(name, value);
      for (const [name, value] of Object.entries(fields)) body.set(name, value);
      return go(`/voto/seggio/${action}`, body);
    },
  };
}

interface Tablet {
  readonly cookies: Map<string, string>;
  go(path: string, body?: URLSearchParams): Promise<number>;
  page(): string;
  /** The one big word. */
  word(): string;
  /** Sends the form of that name, with what a person types in it. */
  send(action: string, fields?: Record<string, string>, nth?: number): Promise<number>;
}

/** The tablet of a station that is open that day. */
async function tablet() {
  const { name, link, pins } = await stand.open();
  const [first = "", second = ""] = pins;
  const device = browser();
  expect(await device.go(link)).toBe(200);
  expect(await device.go(link, new URLSearchParams({ first, second }))).toBe(200);
  expect(device.page()).toContain(`Seggio: ${name}`);
  return { ...device, name, link, pins: { first, second } };
}

const BIRTH = "1950-05-03";
const codes = taxCodes(40, BIRTH);
let listed = 0;
/** Somebody on the roll who has a code. */
async function person(given: object = {}) {
  const code = codes[listed++] ?? "";
  const surname = `Rossi${listed}`.replace(/\d/g, (digit) => "abcdefghij".charAt(Number(digit)));
  const id = await stand.list({ name: "Ada", surname, birth: BIRTH, comune: "podenzano", code, ...given });
  return { id, code, surname };
}
const marksOf = async (name: string, day = PAPER_DAY) =>
  (await stand.stores.voting.stations.ledger({ name, day }))?.marks;

describe("The link of a station", () => {
  test("shows itself without being used up, and is used up by both PINs", async () => {
    const { link, pins, ...device } = await tablet();
    expect(device.cookies.size).toBe(1);
    const other = browser();
    expect(await other.go(link)).toBe(410);
    expect(await other.go(link, new URLSearchParams(pins))).toBe(410);
    expect(await other.go("/voto/seggio")).toBe(403);
    expect(other.page()).toContain("Non è stato registrato niente.");
  });

  test("says how many tries are left, and then nothing more than that it is over", async () => {
    const { link, pins } = await stand.open();
    const thief = browser();
    const guess = new URLSearchParams({ first: pins[0] ?? "", second: "000000" });
    expect(await thief.go(link, guess)).toBe(403);
    expect(thief.page()).toContain("Potete provare ancora 4 volte.");
    for (let tries = 0; tries < 5; tries += 1) await thief.go(link, guess);
    expect(await thief.go(link)).toBe(410);
    expect(thief.cookies.size).toBe(0);
  });
});

describe("A station's device", () => {
  test("finds somebody by code, marks them once, and shows who has voted", async () => {
    const device = await tablet();
    const { code, surname } = await person();
    await device.send("cerca", { code: ` ${code.toLowerCase()} ` });
    expect(device.word()).toBe("Può votare");
    expect(device.page()).toContain(`Ada ${surname}`);
    expect(device.page()).toContain("Comune: Podenzano");
    expect(device.page()).toContain("Anno di nascita: 1950");
    expect(device.page()).not.toContain("maggio");
    const twice = device.send("segna");
    expect([await twice, await device.go("/voto/seggio")]).toEqual([200, 200]);
    expect(device.page()).toContain("Qui ha votato su carta una persona.");
    await device.send("cerca", { surname, birth: "3 maggio 1950" }, 1);
    expect(device.word()).toBe("Ha già votato");
    expect(device.page()).not.toContain("segna");
    expect(await marksOf(device.name)).toBe(1);
  });

  test("shows a mark that was sent again as done, and that of another request as refused", async () => {
    const device = await tablet();
    const { code, id } = await person();
    await device.send("cerca", { code });
    const shown = device.page();
    const request = /name="request" value="([^"]+)"/.exec(shown)?.[1] ?? "";
    const form = /name="form" value="([^"]+)"/.exec(shown)?.[1] ?? "";
    const again = new URLSearchParams({ form, request, voter: id });
    for (let times = 0; times < 3; times += 1) {
      expect(await device.go("/voto/seggio/segna", again)).toBe(200);
      expect(device.page()).toContain("Ora dai la scheda.");
    }
    again.set("request", crypto.randomUUID());
    expect(await device.go("/voto/seggio/segna", again)).toBe(409);
    expect(device.word()).toBe("Ha già votato");
    expect(await marksOf(device.name)).toBe(1);
  });

  test("tells who may vote later, who voted online, and who is on no roll", async () => {
    const device = await tablet();
    await device.send("cerca", { code: (await person({ enabledFrom: "2027-01-25" })).code });
    expect(device.word()).toBe("Può votare dal 25 gennaio 2027");
    const online = await person();
    await castBy(stand.stores, online.id);
    await device.go("/voto/seggio");
    await device.send("cerca", { code: online.code });
    expect(device.word()).toBe("Ha già votato");
    await device.go("/voto/seggio");
    expect(await device.send("cerca", { code: taxCode("1961-01-01") })).toBe(404);
    expect(device.word()).toBe("Non è nel registro");
  });

  test("keeps what was typed wrong, and finds homonyms with year and Comune", async () => {
    const device = await tablet();
    expect(await device.send("cerca", { code: "RSSMRA50E03G535" })).toBe(400);
    expect(device.page()).toContain('value="RSSMRA50E03G535"');
    expect(device.page()).toContain("non è scritto bene");
    expect(await device.send("cerca", { surname: "Bianchi", birth: "nel 1950" }, 1)).toBe(400);
    for (const comune of ["vigolzone", "gropparello"])
      await stand.list({ name: "Ugo", surname: "Bianchi", birth: "1948-12-01", comune });
    await device.go("/voto/seggio");
    expect(await device.send("cerca", { surname: "BIANCHI", birth: "1/12/1948" }, 1)).toBe(200);
    expect(device.page()).toContain("Comune: Vigolzone");
    expect(device.page()).toContain("Comune: Gropparello");
    await device.send("persona");
    expect(device.word()).toBe("Può votare");
    expect(device.page()).toContain("Di questa persona non c'è il codice fiscale.");
    expect(await device.send("segna")).toBe(400);
    expect(device.page()).toContain("Scegli il documento che hai visto.");
    expect(await device.send("segna", { document: "permit" })).toBe(200);
    expect(await stand.stores.voting.stations.ledger({ name: device.name, day: PAPER_DAY })).toMatchObject({
      entries: [{ act: "paper", reason: "permit" }],
    });
  });

  test("takes a mark back with reason, slip and both PINs", async () => {
    const device = await tablet();
    const { code } = await person();
    await device.send("cerca", { code });
    await device.send("segna");
    await device.go("/voto/seggio");
    const whole = { reason: "wrongPerson", slip: "here", ...device.pins };
    for (const lacking of [{ reason: "because" }, { slip: "" }, { of: "1" }]) {
      expect(await device.send("annulla", { ...whole, ...lacking })).toBe(400);
      expect(device.page()).toContain("Scegli il motivo");
    }
    expect(await device.send("annulla", { ...whole, second: device.pins.first })).toBe(403);
    expect(device.page()).toContain("I PIN non sono giusti.");
    await device.go("/voto/seggio");
    expect(await device.send("annulla", whole)).toBe(200);
    expect(device.page()).toContain("Segno tolto");
    await device.go("/voto/seggio");
    await device.send("cerca", { code });
    expect(device.word()).toBe("Può votare");
    expect(await marksOf(device.name)).toBe(0);
  });

  test("cannot take back what another station marked", async () => {
    const [one, other] = [await tablet(), await tablet()];
    for (const device of [one, other]) {
      await device.send("cerca", { code: (await person()).code });
      await device.send("segna");
      await device.go("/voto/seggio");
    }
    const of = /name="of" value="([^"]+)"/.exec(one.page())?.[1] ?? "";
    const whole = { reason: "wrongPerson", slip: "here", ...other.pins, of };
    expect(await other.send("annulla", whole)).toBe(409);
    expect(other.page()).toContain("Il segno non si può più togliere");
    expect(await marksOf(one.name)).toBe(1);
  });

  test.each(["the next day", "revoked", "the cookie of another station", "no form of ours", "no cookie"])(
    "is refused, and marks nobody: %s",
    async (what) => {
      const device = await tablet();
      const { code } = await person();
      await device.send("cerca", { code });
      const token = device.cookies.get("station") ?? "";
      const forged: Record<string, string> = {};
      if (what === "the next day") stand.moveTo("2027-01-21");
      if (what === "revoked")
        await stand.stores.voting.stations.revoke({ name: device.name, day: PAPER_DAY });
      if (what === "the cookie of another station")
        device.cookies.set("station", (await tablet()).cookies.get("station") ?? "");
      if (what === "no form of ours") forged["form"] = token;
      if (what === "no cookie") device.cookies.clear();
      expect(await device.send("segna", forged)).toBe(403);
      expect(device.page()).toContain("Non è stato registrato niente.");
      expect(await marksOf(device.name)).toBe(0);
    },
  );

  test("does nothing with what is no form, is too long, or names nobody", async () => {
    const device = await tablet();
    const headers = { cookie: `station=${device.cookies.get("station")}` };
    const post = async (body: string, type: string) =>
      (
        await stand.app.request("/voto/seggio/segna", {
          method: "POST",
          headers: { ...headers, "content-type": type },
          body,
        })
      ).status;
    expect(await post('{"voter":"x"}', "application/json")).toBe(403);
    expect(await post("x".repeat(20_000), "application/x-www-form-urlencoded")).toBe(413);
    await device.send("cerca", { code: (await person()).code });
    expect(await device.send("segna", { voter: "1' OR '1'='1" })).toBe(404);
    expect(await marksOf(device.name)).toBe(0);
  });
});

describe("Somebody who lives elsewhere", () => {
  const confirmed = { seen: "yes", elsewhere: "yes", signed: "yes" };
  const olga = {
    name: "Olga",
    surname: "Blu",
    birth: "3/5/1980",
    document: "passport",
    link: "work",
    ...confirmed,
  };

  test("is put on the register at the booth and marked", async () => {
    const device = await tablet();
    await device.go("/voto/seggio/albo");
    const whole = { ...olga, code: taxCode("1980-05-03", { sex: "F" }) };
    for (const [lacking, said] of [
      [{ name: "1" }, "Scrivi il nome"],
      [{ birth: "1980" }, "data di nascita intera"],
      [{ code: "ABC" }, "non è scritto bene"],
      [{ birth: "4/5/1980" }, "non va d'accordo"],
      [{ signed: "" }, "le tre conferme"],
      [{ document: "tessera" }, "le tre conferme"],
      [{ link: "amicizia" }, "le tre conferme"],
    ] as const) {
      expect(await device.send("albo", { ...whole, ...lacking })).toBe(400);
      expect(device.page()).toContain(said);
      expect(device.page()).toContain('value="Blu"');
    }
    expect(await device.send("albo", { ...whole, birth: "3/5/2015", code: "" })).toBe(409);
    expect(device.page()).toContain("Non ha l'età per votare");
    await device.go("/voto/seggio/albo");
    expect(await device.send("albo", whole)).toBe(200);
    expect(device.page()).toContain("Ora questa persona è nell'albo.");
    expect(device.word()).toBe("Può votare");
    expect(await device.send("segna")).toBe(200);
    expect(device.page()).toContain("Olga Blu vota su carta.");
  });

  test("is not a second person who comes with a document one day and with a code the next", async () => {
    const device = await tablet();
    await device.go("/voto/seggio/albo");
    const zoe = { ...olga, name: "Zoe", surname: "Viola" };
    await device.send("albo", zoe);
    await device.send("segna", { document: "passport" });
    await device.go("/voto/seggio/albo");
    const coded = { ...zoe, code: taxCode("1980-05-03", { names: "VLIZOE", sex: "F" }) };
    expect(await device.send("albo", coded)).toBe(409);
    expect(device.page()).toContain("C'è già una persona così");
    await device.send("persona");
    expect(device.word()).toBe("Ha già votato");
    await device.go("/voto/seggio/albo");
    await device.send("albo", coded);
    expect(device.page()).toContain("Zoe Viola");
    expect(await device.send("albo")).toBe(200);
    expect(device.word()).toBe("Può votare");
  });
});

describe("A vote on the station's device", () => {
  test("opens the ballot, hides the station, and leaves nothing when the staff take it back", async () => {
    stand.moveTo(ONLINE_DAY);
    const device = await tablet();
    expect(device.page()).not.toContain("albo");
    await device.send("cerca", { code: (await person()).code });
    expect(device.page()).not.toContain("Segna che vota su carta");
    expect(await device.send("assistito")).toBe(200);
    expect(device.page()).toContain("Wi-Fi");
    expect(device.cookies.has("ballot")).toBe(true);

    await device.go("/voto/seggio");
    expect(device.page()).toContain("Ridai il dispositivo al personale");
    expect(device.page()).toContain('href="/voto/scheda"');
    expect(device.page()).not.toContain("cerca");
    expect(await device.send("riprendi", { pin: "000000" })).toBe(403);
    expect(await device.send("riprendi", { pin: device.pins.second })).toBe(200);
    expect(device.page()).toContain("Cerca con il codice fiscale");
    expect(device.cookies.has("ballot")).toBe(false);
    expect(await device.go("/voto/scheda")).not.toBe(200);
  });

  test("cannot be had on the days of paper, nor a mark on those of the online vote", async () => {
    const device = await tablet();
    const { id, code } = await person();
    await device.send("cerca", { code });
    const hidden = { form: /name="form" value="([^"]+)"/.exec(device.page())?.[1] ?? "", voter: id };
    const sent = () => new URLSearchParams({ ...hidden, request: crypto.randomUUID() });
    await device.go("/voto/seggio/assistito", sent());
    expect(device.cookies.has("ballot")).toBe(false);
    stand.moveTo(ONLINE_DAY);
    const later = await tablet();
    await later.send("cerca", { code });
    hidden.form = /name="form" value="([^"]+)"/.exec(later.page())?.[1] ?? "";
    await later.go("/voto/seggio/segna", sent());
    expect(later.word()).toBe("Può votare");
    expect(await marksOf(later.name, ONLINE_DAY)).toBe(0);
  });
});
