import { readFile } from "node:fs/promises";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { BallotRules } from "../../core/edition/schema.ts";
import type { Opened } from "../../core/voting/envelope.ts";
import { tally } from "../support/voting.ts";
import { type BallotStand, openBallotStand, PROJECTS } from "../web/voting/stand.ts";
import { noBrowser, openBrowser } from "./chromium.ts";
import { everySize, leftovers, weightOf } from "./inspect.ts";

if (noBrowser) console.warn(noBrowser);

describe.skipIf(noBrowser)("The ballot in a browser", () => {
  let stand: BallotStand;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let chats = 0;
  const errors: string[] = [];

  beforeAll(async () => {
    stand = await openBallotStand();
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await stand.close();
  });
  beforeEach(async () => {
    errors.length = 0;
  });
  afterEach(async () => {
    await context.close();
    expect(errors).toEqual([]);
  });

  /** Signs somebody in, who came from a chat, and opens the ballot. */
  async function open(
    options: { rules?: Partial<BallotRules>; route?: "spid" | "station"; javaScriptEnabled?: boolean } = {},
  ) {
    const { rules, route = "spid", javaScriptEnabled = true } = options;
    const url = await stand.serve(rules);
    context = await browser.newContext({
      ...{ locale: "it-IT", reducedMotion: "reduce", javaScriptEnabled, acceptDownloads: true },
      viewport: { width: 360, height: 740 },
    });
    page = await context.newPage();
    page.setDefaultTimeout(10_000);
    page.on("pageerror", (error) => errors.push(String(error)));
    await page.clock.install();
    chats += 1;
    const token = await stand.signIn({ route, ...(route === "spid" && { chat: `chat ${chats}` }) });
    await context.addCookies([{ name: "ballot", value: token, url }]);
    await page.goto(`${url}/voto/scheda`);
    return { url, token };
  }

  const press = (name: string) => page.getByRole("button", { name, exact: true }).click();
  const box = (position: number) => page.locator(`#project-${position}`);
  const step = (name: string) => page.getByRole("heading", { name, exact: true }).waitFor();
  const count = () => page.locator("#count").textContent();

  const shownProjects = () => page.getByText("Progetto").filter({ visible: true }).count();

  async function choose(...positions: number[]) {
    for (const position of positions) await box(position).check();
    await press("Controlla la scelta");
    await step("Controlla prima di inviare");
  }
  async function cast(...positions: number[]) {
    await choose(...positions);
    await press("Invia il voto");
    await step("Il tuo voto è arrivato");
  }

  /** What the guarantors find in the envelope whose receipt is on the page. */
  async function opened(): Promise<Opened | undefined> {
    const id = ((await page.locator("#receipt-id").textContent()) ?? "").replaceAll(" ", "");
    const [row] = await stand.database.prisma.spool.findMany({ where: { id: Buffer.from(id, "hex") } });
    return stand.opener.open(Uint8Array.from(row?.envelope ?? []));
  }

  test("from the choice to the receipt, nothing of the choice is left anywhere", async () => {
    await open();
    await choose(4, 1);
    const review = page.locator("#review");
    expect(await review.textContent()).toContain(String(PROJECTS[4]?.title));
    expect(await review.textContent()).toContain("In tutto costano 8.000 €.");
    const envelope = await page.locator("#envelope").textContent();
    expect(envelope).toMatch(/^([\da-f]{4} ){15}[\da-f]{4}$/);
    await press("Invia il voto");
    await step("Il tuo voto è arrivato");
    expect(await page.locator("#receipt-id").textContent()).toBe(envelope);
    expect(await page.locator("#digits").textContent()).toMatch(/^\d{3} \d{3}$/);
    expect((await opened())?.positions).toEqual([1, 4]);

    expect(await page.locator(":checked").count()).toBe(0);
    expect(await shownProjects()).toBe(0);
    expect(await page.locator("#review li").count()).toBe(0);
    expect(await page.title()).not.toContain("Progetto");
    expect(await leftovers(page)).toEqual({ kept: 0, state: null });
    const [download] = await Promise.all([page.waitForEvent("download"), press("Scarica")]);
    const file = await readFile(await download.path(), "utf8");
    expect(file).toContain(`Numero: ${envelope}`);
    expect(file).not.toMatch(/Progetto|piazza/);

    await page.goBack();
    await step("Il tuo voto è arrivato");
    await press("Ho finito");
    await step("La pagina del voto è chiusa");
    expect(await leftovers(page)).toEqual({ kept: 0, state: null });
    await page.goBack();
    await page.getByRole("link", { name: "Entra per votare" }).waitFor();
    expect(await shownProjects()).toBe(0);
  });

  test("a page loaded again after the vote has the digits for the chat, and no ballot", async () => {
    await open();
    await cast(2);
    const digits = (await page.locator("#digits").textContent())?.replace(" ", "");
    await page.reload();
    expect((await page.locator("#digits").textContent())?.replace(" ", "")).toBe(digits);
    expect(await page.locator("input").count()).toBe(0);
  });

  test("the telephone's way back leads from the review to the choice, which is still there", async () => {
    await open();
    await choose(0, 3);
    await page.goBack();
    await step("Scegli fino a 3 progetti.");
    expect(await box(3).isChecked()).toBe(true);
    await box(3).uncheck();
    await cast();
    expect((await opened())?.positions).toEqual([0]);
  });

  test("a choice that was walked away from is gone, by whatever way one comes back", async () => {
    const { url } = await open();
    await choose(0, 3);
    await page.goto(`${url}/voto/fine`);
    await page.goBack();
    await step("Scegli fino a 3 progetti.");
    expect(await page.locator(":checked").count()).toBe(0);
    await box(5).check();
    await page.reload();
    expect(await page.locator(":checked").count()).toBe(0);
    expect(await page.locator("#chosen li").count()).toBe(0);
  });

  test("up to three: a fourth is refused in words, and the count follows", async () => {
    await open();
    for (const position of [0, 1, 2]) await box(position).check();
    expect(await count()).toBe("Scelti: 3 su 3.");
    await box(3).click();
    expect(await count()).toContain("Ne hai già scelti 3");
    expect(await box(3).isChecked()).toBe(false);
    await box(0).uncheck();
    expect(await count()).toBe("Scelti: 2 su 3.");
  });

  test("one: choosing another is changing one's mind", async () => {
    await open({ rules: { choices: { rule: "one" } } });
    await box(0).check();
    await box(5).check();
    expect(await count()).toBe("Scelti: 1 su 1.");
    await cast();
    expect((await opened())?.positions).toEqual([5]);
  });

  test("within the budget: what is left is shown, and what does not fit is refused", async () => {
    await open({ rules: { choices: { rule: "withinBudget" }, publishBallots: true } });
    for (const position of [10, 11]) await box(position).check();
    expect(await count()).toBe("Scelti: 2. Costano 16.000 €. Restano 9.000 €.");
    await box(0).check();
    await box(9).click();
    expect(await count()).toContain("restano 6.000 €");
    expect(await box(9).isChecked()).toBe(false);
    await cast();
    const { positions, checkCode } = (await opened()) ?? {};
    expect(positions).toEqual([0, 10, 11]);
    expect((await page.locator("#check-code").textContent())?.replaceAll(" ", "")).toBe(checkCode);
  });

  test("a blank ballot is called so before it is sent, and refused where the edition wants none", async () => {
    await open();
    await choose();
    await page.getByText("Stai per inviare una scheda bianca").waitFor();
    await press("Invia il voto");
    await step("Il tuo voto è arrivato");
    expect((await opened())?.positions).toEqual([]);
    await context.close();
    await open({ rules: { blank: false } });
    await press("Controlla la scelta");
    expect(await count()).toBe("Scegli almeno un progetto.");
  });

  test("without network the envelope waits, says so, and is sent once it is back", async () => {
    await open();
    const before = await tally(stand.database);
    await choose(1);
    await context.setOffline(true);
    await press("Invia il voto");
    await page.getByText("Il telefono è senza rete").waitFor();
    expect(await page.getByText("Il tuo voto è arrivato").isVisible()).toBe(false);
    await page.clock.runFor(60_000);
    await context.setOffline(false);
    await step("Il tuo voto è arrivato");
    expect((await opened())?.positions).toEqual([1]);
    expect((await tally(stand.database)).spool).toBe(before.spool + 1);
  });

  test("a vote whose answer is lost is sent again and counts once, and no other page is believed", async () => {
    await open();
    const before = await tally(stand.database);
    const answers: string[] = [];
    await page.route("**/voto/voti", async (route) => {
      const answer = await route.fetch();
      answers.push(await answer.text());
      if (answers.length === 1) return route.abort("connectionreset");
      // As a hotel's network answers that wants to be paid first.
      if (answers.length === 2)
        return route.fulfill({ status: 200, contentType: "text/html", body: "<h1>OK" });
      if (answers.length === 3)
        return route.fulfill({ json: { receipt: { id: "0".repeat(64), signature: "x" } } });
      return route.fulfill({ response: answer });
    });
    await choose(6);
    await press("Invia il voto");
    for (const tries of [1, 2, 3]) {
      await page.getByText(/La mando di nuovo fra \d+ secondi/).waitFor();
      expect(await page.getByText("Il tuo voto è arrivato").isVisible()).toBe(false);
      expect(answers).toHaveLength(tries);
      await press("Riprova adesso");
    }
    await step("Il tuo voto è arrivato");
    expect(new Set(answers)).toHaveLength(1);
    expect((await opened())?.positions).toEqual([6]);
    expect((await tally(stand.database)).spool).toBe(before.spool + 1);
  });

  test("a session that ended meanwhile is told, and takes the choice with it", async () => {
    const { token } = await open();
    await choose(1);
    await stand.stores.voting.sessions.end(token);
    await press("Invia il voto");
    await step("La busta non è stata presa");
    expect(await page.getByRole("link", { name: "Entra per votare" }).getAttribute("href")).toBe("/voto");
    expect(await page.locator(":checked").count()).toBe(0);
  });

  test("a page that nobody touches asks, and ends its session where nobody answers", async () => {
    const { token } = await open();
    await box(1).check();
    await page.clock.runFor("16:30");
    await page.getByRole("dialog", { name: "Sei ancora qui?" }).waitFor();
    await press("Sì, resto qui");
    await page.clock.runFor("02:00");
    expect(await box(1).isChecked()).toBe(true);
    await page.clock.runFor("18:00");
    await step("La pagina del voto è chiusa");
    expect(await stand.stores.voting.sessions.read(token)).toBeUndefined();
  });

  test("who takes their time keeps their session, and hears at once when it ended", async () => {
    const { token } = await open();
    await box(1).check();
    const alive = page.waitForResponse("**/voto/ancora");
    await page.clock.runFor("04:10");
    expect((await alive).status()).toBe(200);
    await stand.stores.voting.sessions.end(token);
    await box(2).check();
    await page.clock.runFor("04:10");
    await step("La busta non è stata presa");
  });

  test("without scripts it says where else to vote, and offers nothing to press", async () => {
    await open({ javaScriptEnabled: false });
    await page.getByText("Biblioteca di prova").first().waitFor();
    expect(await page.getByRole("button").count()).toBe(0);
  });

  test("at a station it ends after a short silence and goes back to the station's page", async () => {
    const { url } = await open({ route: "station" });
    await cast(3);
    expect(await page.locator("#digits").count()).toBe(0);
    await page.clock.runFor("02:10");
    await page.waitForURL(`${url}/voto/seggio`);
  });

  test("goes by keyboard alone", async () => {
    await open();
    const tabTo = async (selector: string) => {
      for (let presses = 0; presses < 60; presses += 1) {
        await page.keyboard.press("Tab");
        if (await page.evaluate(`document.activeElement.matches(${JSON.stringify(selector)})`)) return;
      }
      throw new Error(`Tab does not come to ${selector}.`);
    };
    await tabTo("#project-7");
    await page.keyboard.press("Space");
    await tabTo("#to-review");
    await page.keyboard.press("Enter");
    await step("Controlla prima di inviare");
    await tabTo("#send");
    await page.keyboard.press("Enter");
    await step("Il tuo voto è arrivato");
    expect(await page.evaluate("document.activeElement.textContent")).toBe("Il tuo voto è arrivato");
    expect((await opened())?.positions).toEqual([7]);
  });

  test("every step fits every size, and axe finds nothing", async () => {
    const { url } = await open({ rules: { publishBallots: true } });
    const look = (name: string) => everySize(page, name);
    const weight = await weightOf(page, () => page.goto(`${url}/voto/scheda`, { waitUntil: "networkidle" }));
    console.info(`The ballot weighs ${(weight / 1024).toFixed(1)} KiB over the wire.`);
    expect(weight).toBeLessThanOrEqual(100_000);
    for (const details of await page.locator("summary").all()) await details.click();
    await look("the choice");
    await choose(1, 2);
    await look("the review");
    await page.route("**/voto/voti", (route) => route.abort());
    await press("Invia il voto");
    await page.getByText(/La mando di nuovo/).waitFor();
    await look("sending");
    await page.unroute("**/voto/voti");
    await press("Riprova adesso");
    await step("Il tuo voto è arrivato");
    await look("the receipt");
    await page.clock.runFor("09:10");
    await page.getByRole("dialog").waitFor();
    await look("asking who is there");
    await page.clock.runFor("01:10");
    await step("La pagina del voto è chiusa");
    await look("the end");
    await page.goto(`${url}/voto/scheda`);
    await look("nobody signed in");
  });
});
