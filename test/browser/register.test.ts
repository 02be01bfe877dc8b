import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { greet, newSession } from "../support/stores.ts";
import { taxCode } from "../support/tax-code.ts";
import { openSignInStand, type SignInStand } from "../web/voting/sign-in-stand.ts";
import { noBrowser, openBrowser } from "./chromium.ts";
import { everySize, weightOf } from "./inspect.ts";

if (noBrowser) console.warn(noBrowser);

const born = "1949-05-03";

describe.skipIf(noBrowser)("The page for a city user's code, in a browser", () => {
  let stand: SignInStand;
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    stand = await openSignInStand();
    browser = await openBrowser();
    const context = await browser.newContext({ viewport: { width: 320, height: 640 } });
    page = await context.newPage();
  });
  afterAll(async () => {
    await browser.close();
    await stand.close();
  });

  /** A request for the register; gives where its link leads. */
  async function asks(number: number): Promise<string> {
    const token = `token-${number}`;
    const until = new Date(Date.now() + 900_000).toISOString();
    await greet(stand.house.stores, `chat ${number}`, {
      session: newSession(),
      effects: [
        {
          kind: "requestCityUser",
          number,
          request: { name: "Rosa", surname: "Bianchi", birth: born, link: "work", where: "Biblioteca" },
          on: "2027-02-10",
        },
        { kind: "openBallot", token, until, cityUser: number },
      ],
    });
    return `${stand.url}/voto/albo/${token}`;
  }

  test("can be read at every size and by a screen reader, whatever it says, and weighs little", async () => {
    const url = await asks(12345);
    const weight = await weightOf(page, () => page.goto(url));
    console.log(`The page for a city user's code: ${Math.round(weight / 1024)} KB over the wire`);
    expect(weight).toBeLessThan(100 * 1024);
    await everySize(page, "the question");
    await page.getByLabel("Codice fiscale").fill("BNCRSO");
    await page.getByRole("button", { name: "Invia" }).click();
    await page.getByText("Questo non è un codice fiscale.").waitFor();
    await everySize(page, "a mistake");
    await page.getByLabel("Codice fiscale").fill(taxCode(born));
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Fatto" }).waitFor();
    await everySize(page, "the end");
    await page.goto(url);
    await everySize(page, "a used link");
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("Questo link non vale più");
  });
});
