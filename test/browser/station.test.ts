import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { taxCodes } from "../support/tax-code.ts";
import { ONLINE_DAY, openStationStand, PAPER_DAY, type StationStand } from "../web/voting/station-stand.ts";
import { accessibilityProblems, noBrowser, openBrowser } from "./chromium.ts";

const BIRTH = "1950-05-03";
const codes = taxCodes(20, BIRTH);
const UNSURE = "Non risulta registrato niente.";

describe.skipIf(noBrowser)("A station's tablet", () => {
  let stand: StationStand;
  let url: string;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let station: Awaited<ReturnType<StationStand["open"]>>;
  let listed = 0;
  const errors: string[] = [];

  beforeAll(async () => {
    stand = await openStationStand();
    url = await stand.serve();
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await stand.close();
  });
  beforeEach(async () => {
    stand.moveTo(PAPER_DAY);
    context = await browser.newContext({ viewport: { width: 768, height: 1024 }, locale: "it-IT" });
    page = await context.newPage();
    page.setDefaultTimeout(10_000);
    errors.length = 0;
    page.on("pageerror", (error) => errors.push(String(error)));
  });
  afterEach(async () => {
    await context.close();
    expect(errors).toEqual([]);
  });

  async function enrol() {
    station = await stand.open();
    await page.goto(url + station.link);
    await page.getByLabel("PIN di una persona").fill(station.pins[1] ?? "");
    await page.getByLabel("PIN dell'altra persona").fill(station.pins[0] ?? "");
    await page.getByRole("button", { name: "Accendi" }).click();
    await page.getByRole("heading", { name: station.name }).waitFor();
  }

  /** Looks up somebody new. */
  async function find() {
    const code = codes[listed++] ?? "";
    await stand.list({ name: "Ada", surname: "Rossi", birth: BIRTH, comune: "podenzano", code });
    await page.getByLabel("Codice fiscale").fill(code);
    await page.getByRole("button", { name: "Cerca" }).first().click();
    await page.getByText("Può votare").waitFor();
    return code;
  }

  const marks = async () =>
    (await stand.stores.voting.stations.ledger({ name: station.name, day: PAPER_DAY }))?.marks;
  const press = () => page.getByRole("button", { name: "Segna che vota su carta" }).click();
  const nextPerson = async () => {
    await page.getByRole("link", { name: "Prossima persona" }).click();
    await page.getByLabel("Codice fiscale").waitFor();
  };

  test("says that nothing is known to be recorded where the network is cut on the way there", async () => {
    await enrol();
    await find();
    await context.setOffline(true);
    await press();
    await page.getByRole("alert").getByText(UNSURE).waitFor();
    expect(await marks()).toBe(0);
    await context.setOffline(false);
    await press();
    await page.getByText("Ora dai la scheda.").waitFor();
    expect(await marks()).toBe(1);
  });

  test("marks once where the network is cut on the way back and the button is pressed again", async () => {
    await enrol();
    await find();
    await page.route("**/segna", async (route) => {
      await route.fetch();
      await route.abort("connectionreset");
    });
    for (let times = 0; times < 2; times += 1) {
      await press();
      await page.getByRole("alert").getByText(UNSURE).waitFor();
      expect(await page.getByText("Ora dai la scheda.").count()).toBe(0);
    }
    await page.unroute("**/segna");
    await press();
    await page.getByText("Ora dai la scheda.").waitFor();
    expect(await marks()).toBe(1);
  });

  test("does not wait for ever, and believes nobody but the station's server", async () => {
    await page.clock.install();
    await enrol();
    await find();
    const button = page.getByRole("button", { name: "Segna che vota su carta" });
    await page.route("**/segna", () => {});
    await button.click();
    await expect.poll(() => button.isDisabled()).toBe(true);
    await page.clock.fastForward(10_000);
    await page.getByRole("alert").getByText(UNSURE).waitFor();
    for (const answer of [
      { status: 200, body: "<h1>Benvenuto nel Wi-Fi</h1>", contentType: "text/html" },
      { status: 502, body: '<main><div id="station">Segnata</div></main>', contentType: "text/html" },
    ]) {
      await page.unroute("**/segna");
      await page.route("**/segna", (route) => route.fulfill(answer));
      await button.click();
      await page.getByRole("alert").getByText(UNSURE).waitFor();
    }
    expect(await marks()).toBe(0);
  });

  test("keeps what was typed for a search that got no answer", async () => {
    await enrol();
    await context.setOffline(true);
    await page.getByLabel("Codice fiscale").fill(codes[19] ?? "");
    await page.getByRole("button", { name: "Cerca" }).first().click();
    await page.getByRole("alert").getByText("Non c'è risposta.").waitFor();
    expect(await page.getByLabel("Codice fiscale").inputValue()).toBe(codes[19]);
    await context.setOffline(false);
    await page.getByRole("button", { name: "Cerca" }).first().click();
    await page.getByText("Non è nel registro").waitFor();
    expect(await page.evaluate("document.activeElement.tagName")).toBe("H1");
  });

  test("takes a mark back", async () => {
    await enrol();
    const code = await find();
    await press();
    await nextPerson();
    await page.getByText("Ada Rossi, alle").click();
    await page.getByLabel("Era un'altra persona").check();
    await page.getByLabel("Ho la scheda in mano.").check();
    await page.getByLabel("PIN di una persona").fill(station.pins[0] ?? "");
    await page.getByLabel("PIN dell'altra persona").fill(station.pins[1] ?? "");
    await page.getByRole("button", { name: "Togli il segno" }).click();
    await page.getByRole("heading", { name: "Segno tolto" }).waitFor();
    await nextPerson();
    await page.getByLabel("Codice fiscale").fill(code);
    await page.getByRole("button", { name: "Cerca" }).first().click();
    await page.getByText("Può votare").waitFor();
    expect(await marks()).toBe(0);
  });

  test("lets somebody vote on it, and shows the voter nothing of the station", async () => {
    stand.moveTo(ONLINE_DAY);
    await enrol();
    await find();
    await page.getByRole("button", { name: "Vota su questo dispositivo" }).click();
    await page.waitForURL("**/voto/scheda");
    await page.goBack();
    await page.goto(`${url}/voto/seggio`);
    await page.getByRole("heading", { name: "Ridai il dispositivo al personale" }).waitFor();
    expect(await page.getByLabel("Codice fiscale").count()).toBe(0);
    await page.getByLabel("Il tuo PIN").fill(station.pins[0] ?? "");
    await page.getByRole("button", { name: "Riprendi il seggio" }).click();
    await page.getByLabel("Codice fiscale").waitFor();
    expect((await context.cookies()).map(({ name }) => name)).toEqual(["station"]);
  });

  test.each([
    ["a tablet", 768, 1024],
    ["320 px, as 400 % zoom", 320, 640],
    ["200 % zoom", 640, 400],
  ])("%s: nothing axe finds, nothing cut off", async (_, width, height) => {
    await page.setViewportSize({ width, height });
    const look = async () => {
      expect(await accessibilityProblems(page)).toEqual([]);
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
    };
    station = await stand.open();
    await page.goto(url + station.link);
    await look();
    await enrol();
    await look();
    await find();
    await look();
    await page.route("**/segna", (route) => route.abort());
    await press();
    await page.getByRole("alert").getByText(UNSURE).waitFor();
    await look();
    await page.unroute("**/segna");
    await press();
    await page.getByText("Ora dai la scheda.").waitFor();
    await look();
    await nextPerson();
    await page.getByText("Ada Rossi, alle").first().click();
    await look();
    await page.goto(`${url}/voto/seggio/albo`);
    await page.getByLabel("Nome", { exact: true }).waitFor();
    await look();
  });
});
