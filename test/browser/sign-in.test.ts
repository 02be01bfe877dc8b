import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { madeUpPeople } from "../../editions/people.ts";
import { oidcProvider } from "../../identity/oidc.ts";
import { RETURN } from "../../web/voting/sign-in/spid.ts";
import { FakeGateway, NATIONAL } from "../fakes/gateway.ts";
import { roomOn } from "../support/stores.ts";
import { openSignInStand, type ServeOptions, type SignInStand } from "../web/voting/sign-in-stand.ts";
import { noBrowser, openBrowser } from "./chromium.ts";
import { everySize, leftovers, weightOf } from "./inspect.ts";

if (noBrowser) console.warn(noBrowser);

describe.skipIf(noBrowser)("Signing in, in a browser", () => {
  let stand: SignInStand;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  const errors: string[] = [];

  beforeAll(async () => {
    stand = await openSignInStand({ options: { standIns: madeUpPeople() } });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await stand.close();
  });
  beforeEach(async () => {
    errors.length = 0;
    context = await browser.newContext({ locale: "it-IT", viewport: { width: 320, height: 640 } });
    page = await context.newPage();
    page.setDefaultTimeout(10_000);
    page.on("pageerror", (error) => errors.push(String(error)));
    page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  });
  afterEach(async () => {
    await context.close();
    // Refusals are pages too: what a browser says of their status is no error.
    expect(errors.filter((error) => !error.startsWith("Failed to load resource"))).toEqual([]);
  });

  const press = (name: string) => page.getByRole("button", { name, exact: true }).click();
  const follow = (name: string) => page.getByRole("link", { name, exact: true }).click();
  const says = (heading: string) =>
    page.getByRole("heading", { name: heading, exact: true, level: 1 }).waitFor();

  async function begin(url = stand.url) {
    await page.goto(`${url}/voto`);
    await press("Comincia");
    await says("Chi sei?");
  }

  test("every page can be read at every size, and by a screen reader", async () => {
    await page.goto(stand.url + (await stand.link("chat")));
    await everySize(page, "the link's page");
    await press("Comincia");
    await everySize(page, "the ways in");
    await follow("Entra con SPID o CIE");
    await everySize(page, "the stand-in");
    await follow("Entra come Guido");
    await says("Non ti trovo fra chi può votare");
    await everySize(page, "not on the roll");
    await page.goto(`${stand.url}/voto/accesso`);
    await follow("Entra senza SPID");
    await everySize(page, "the data");
    const data = { Nome: "Rosa", Cognome: "Prova", "E-mail": "rosa@example.org", Cellulare: "333 123 4567" };
    for (const [label, text] of Object.entries({ ...data, "Codice fiscale": "RSSMRA" }))
      await page.getByLabel(label, { exact: true }).fill(text);
    await press("Mandami il codice");
    await page.getByText("Qualcosa non va").waitFor();
    await everySize(page, "wrong data");
    // What is wrong with it is read out when its field is.
    expect(await page.evaluate("document.activeElement.id")).toBe("taxCode");
    await page.goto(`${stand.url}/voto/l/unknown`);
    await everySize(page, "an old link");
  });

  test("without SPID, with the keyboard alone, and with nothing left in the browser", async () => {
    const rosa = await stand.enrol();
    await begin();
    await page.getByRole("link", { name: "Entra senza SPID" }).focus();
    await page.keyboard.press("Enter");
    await says("I tuoi dati");
    await page.getByLabel("Nome", { exact: true }).focus();
    for (const typed of [rosa.name, rosa.surname, rosa.code, "rosa@example.org", "333 123 4567"]) {
      await page.keyboard.type(typed);
      await page.keyboard.press("Tab");
    }
    await page.keyboard.press("Enter");
    await says("Scrivi il codice");
    await everySize(page, "the code");
    const [sent] = await stand.house.stores.outbox.claim(roomOn(["mail"], 1), 60_000);
    const code = /\d{4} \d{4}/.exec(sent?.message.text ?? "")?.[0] ?? "";
    await page.getByLabel("Codice di 8 cifre").fill("1");
    await page.keyboard.press("Enter");
    await page.getByText("Il codice ha 8 cifre").waitFor();
    await everySize(page, "a wrong code");
    await page.keyboard.type(code);
    await page.keyboard.press("Enter");
    await says("Il tuo voto");
    expect(await leftovers(page)).toEqual({ kept: 0, state: null });
    expect((await context.cookies()).filter(({ httpOnly, name }) => !httpOnly && name !== "lang")).toEqual(
      [],
    );
  });

  test("through a gateway on another site, which the pages' policy allows", async () => {
    const gateway = new FakeGateway();
    const { id, code } = await stand.enrol();
    gateway.people.set("rosa", { claims: { [NATIONAL]: `TINIT-${code}` } });
    const provider: ServeOptions["provider"] = (url) =>
      oidcProvider({
        get issuer() {
          // Another name of this machine is another site for a browser.
          return gateway.issuer;
        },
        clientId: gateway.clientId,
        clientSecret: gateway.clientSecret,
        redirectUri: () => url.replace("127.0.0.1", "localhost") + RETURN,
        failed: (reason) => void errors.push(reason),
      });
    const url = (await stand.serve({ provider })).replace("127.0.0.1", "localhost");
    await gateway.listen(url + RETURN);
    try {
      await begin(url);
      await follow("Entra con SPID o CIE");
      await page.locator("input[name=who]").fill("rosa");
      await page.keyboard.press("Enter");
      await says("Il tuo voto");
      const cookie = (await context.cookies()).find(({ name }) => name === "ballot");
      expect(await stand.signedIn(cookie?.value)).toEqual({ voterId: id, route: "spid" });
    } finally {
      await gateway.stop();
    }
  });

  test("the pages are light", async () => {
    await begin();
    const bytes = await weightOf(page, async () => {
      await page.reload();
      await follow("Entra senza SPID");
      await says("I tuoi dati");
    });
    console.log(`Two pages of signing in weigh ${bytes} bytes over the wire.`);
    expect(bytes).toBeLessThan(20_000);
  });
});
