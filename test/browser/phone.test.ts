import type { Browser, BrowserContext, Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { makeDocument } from "../../bots/documents/index.ts";
import type { Choice } from "../../core/engine/message.ts";
import type { Database } from "../../prisma/client.ts";
import type { Stores } from "../../prisma/stores.ts";
import { CARD } from "../support/card.ts";
import { openTestDatabase } from "../support/database.ts";
import { newSecrets, openTestStores } from "../support/stores.ts";
import { accessibilityProblems, noBrowser, openBrowser } from "./chromium.ts";
import { type Answer, openStand, type Stand } from "./stand.ts";

if (noBrowser) console.warn(noBrowser);

const choices = (...labels: string[]): Choice[] => labels.map((label, n) => ({ data: `c.${n}`, label }));
const DOCUMENT = {
  fileName: "proposta.pdf",
  language: "it",
  title: "Proposta",
  intro: [],
  rows: [{ label: "Titolo", value: "Wi-Fi in piazza" }],
  notes: [],
};

/** Stands where the assistant will: it answers with a bit of everything. */
const answer: Answer = ({ incoming }) => {
  if (incoming.kind === "start") return { text: "Benvenuta!", choices: choices("Sì", "No") };
  if (incoming.kind === "choice") return { text: `Hai premuto ${incoming.data}.`, choices: [] };
  if (incoming.kind === "media") return { text: "Non posso ascoltare.", choices: [] };
  if (incoming.kind !== "text") return undefined;
  if (incoming.text === "sfide")
    return {
      text: "Quale sfida?",
      choices: choices("Connessione", "Servizi", "Competenze", "Comunità", "Dati"),
    };
  if (incoming.text === "modulo") return { text: "Ecco il modulo.", choices: [], document: DOCUMENT };
  if (incoming.text === "scheda")
    return { text: "Ecco la scheda.", choices: choices("Bella"), picture: CARD };
  if (incoming.text === "sito")
    return { text: "Ecco il sito.", choices: [], link: { url: "https://example.org/voto", label: "Apri" } };
  if (incoming.text === "Ciao") return { text: "Benvenuta!", choices: choices("Sì", "No") };
  return { text: `Hai scritto: ${incoming.text}`, choices: [] };
};

describe.skipIf(noBrowser)("The browser phone", () => {
  let database: Database;
  let stores: Stores;
  let browser: Browser;
  let stand: Stand;
  let context: BrowserContext;
  let page: Page;
  let errors: string[];

  beforeAll(async () => {
    database = await openTestDatabase();
    stores = await openTestStores(database, newSecrets());
    browser = await openBrowser();
    stand = await openStand(stores, answer, makeDocument);
  });
  afterAll(async () => {
    await browser.close();
    await stand.stop();
    await database.close();
  });
  beforeEach(async () => {
    await open({ width: 1400, height: 900 });
  });
  afterEach(async () => {
    await context.close();
    expect(errors).toEqual([]);
  });

  async function open(viewport: { width: number; height: number }) {
    await context?.close();
    context = await browser.newContext({ viewport, reducedMotion: "reduce", locale: "it-IT" });
    page = await context.newPage();
    page.setDefaultTimeout(10_000);
    errors = [];
    page.on("pageerror", (error) => errors.push(String(error)));
    page.on("console", (message) => {
      // A server that is away is told by the browser itself.
      if (message.type() === "error" && !/ERR_|Failed to load resource/.test(message.text()))
        errors.push(message.text());
    });
    await page.goto(stand.url);
  }

  const phone = (name: string) => page.getByRole("region", { name: `Telefono di ${name}` });
  const theirs = (of: Locator, text: string) => of.locator(".theirs", { hasText: text });

  async function write(of: Locator, text: string) {
    await of.getByLabel("Scrivi un messaggio").fill(text);
    await of.getByLabel("Scrivi un messaggio").press("Enter");
  }

  async function begin(of: Locator, look: "WhatsApp" | "Telegram") {
    await of.getByText(look, { exact: true }).click();
    await of.getByRole("button", { name: look === "Telegram" ? "Avvia" : "Ciao" }).click();
    await theirs(of, "Benvenuta!").waitFor();
  }

  test.each(["WhatsApp", "Telegram"] as const)(
    "%s: a picture is shown with what it shows, and kept",
    async (look) => {
      await open({ width: 320, height: 640 });
      const rosa = phone("Rosa");
      await begin(rosa, look);
      await write(rosa, "scheda");
      for (const _ of ["as it comes", "after a reload"]) {
        const picture = rosa.getByRole("img", { name: CARD.alt });
        await picture.waitFor();
        const width = `document.querySelector(".picture img").naturalWidth`;
        await expect.poll(() => page.evaluate(width)).toBe(1080);
        expect(await accessibilityProblems(page)).toEqual([]);
        await page.reload();
      }
    },
  );

  test("a link that was shared begins the chat in Telegram's look, once", async () => {
    await page.goto(`${stand.url}/?start=project-K7QM4X`);
    const rosa = phone("Rosa");
    await theirs(rosa, "Benvenuta!").waitFor();
    expect(await rosa.locator(".mine").allInnerTexts()).toEqual([
      expect.stringContaining("/start project-K7QM4X"),
    ]);
    await page.reload();
    await theirs(rosa, "Benvenuta!").waitFor();
    expect(await rosa.locator(".mine").count()).toBe(1);
  });

  test("in WhatsApp's look its words are there to be sent, and not sent before", async () => {
    await page.goto(`${stand.url}/?text=Apri+il+progetto+K7QM4X`);
    const rosa = phone("Rosa");
    const field = rosa.getByLabel("Scrivi un messaggio");
    expect(await field.inputValue()).toBe("Apri il progetto K7QM4X");
    expect(await rosa.locator(".mine").count()).toBe(0);
    await field.press("Enter");
    await theirs(rosa, "Hai scritto: Apri il progetto K7QM4X").waitFor();
  });

  test.each(["WhatsApp", "Telegram"] as const)("%s: typing and pressing are answered", async (look) => {
    const rosa = phone("Rosa");
    await begin(rosa, look);
    await rosa.getByRole("button", { name: "Sì" }).click();
    await theirs(rosa, "Hai premuto c.0.").waitFor();
    await write(rosa, "Ho un'idea <b>bella</b>");
    await theirs(rosa, "Hai scritto: Ho un'idea <b>bella</b>").waitFor();
    await rosa.getByRole("button", { name: "Invia un messaggio vocale di prova" }).click();
    await theirs(rosa, "Non posso ascoltare.").waitFor();
    expect(await rosa.locator(".mine").count()).toBe(4);
  });

  test("WhatsApp's list opens as a sheet, from which one row is sent", async () => {
    const rosa = phone("Rosa");
    await begin(rosa, "WhatsApp");
    await write(rosa, "sfide");
    await rosa.getByRole("button", { name: "Scegli" }).click();
    const sheet = page.getByRole("dialog", { name: "Scegli" });
    await page.keyboard.press("Escape");
    await sheet.waitFor({ state: "hidden" });
    await rosa.getByRole("button", { name: "Scegli" }).click();
    expect(await sheet.getByRole("button", { name: "Invia" }).isDisabled()).toBe(true);
    await sheet.getByLabel("Comunità").check();
    await sheet.getByRole("button", { name: "Invia" }).click();
    await theirs(rosa, "Hai premuto c.3.").waitFor();
  });

  test("documents are downloaded, and links open elsewhere", async () => {
    const rosa = phone("Rosa");
    await begin(rosa, "WhatsApp");
    await write(rosa, "modulo");
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      rosa.getByRole("link", { name: "Scarica proposta.pdf" }).click(),
    ]);
    expect(download.suggestedFilename()).toBe("proposta.pdf");
    await write(rosa, "sito");
    const link = rosa.getByRole("link", { name: "Apri" });
    await link.waitFor();
    expect(await link.getAttribute("href")).toBe("https://example.org/voto");
    expect(await link.getAttribute("rel")).toBe("noopener");
  });

  test("two phones are two people, and each look has its own chat", async () => {
    const [rosa, giulia] = [phone("Rosa"), phone("Giulia")];
    await begin(rosa, "WhatsApp");
    await begin(giulia, "WhatsApp");
    await write(giulia, "Sono Giulia");
    await theirs(giulia, "Sono Giulia").waitFor();
    expect(await rosa.getByText("Sono Giulia").count()).toBe(0);
    await begin(giulia, "Telegram");
    expect(await giulia.getByText("Sono Giulia").count()).toBe(0);
    await giulia.getByText("WhatsApp", { exact: true }).click();
    await theirs(giulia, "Sono Giulia").waitFor();
    await page.getByRole("button", { name: "Secondo telefono" }).click();
    await giulia.waitFor({ state: "detached" });
  });

  test("what is written while the server is away is sent once when it is back, after a reload too", async () => {
    const rosa = phone("Rosa");
    await begin(rosa, "WhatsApp");
    const port = Number(new URL(stand.url).port);
    await stand.stop();
    await write(rosa, "Prima");
    await rosa.getByText("in attesa di rete…").waitFor();
    await write(rosa, "Dopo");
    expect(await rosa.locator(".waiting .mine").count()).toBe(2);
    stand = await openStand(stores, answer, makeDocument, port);
    await theirs(rosa, "Hai scritto: Dopo").waitFor();
    await page.reload();
    await theirs(rosa, "Hai scritto: Dopo").waitFor();
    const said = await rosa.locator(".mine .text > span:first-child").allTextContents();
    expect(said).toEqual(["Ciao", "Prima", "Dopo"]);
    expect(await rosa.locator(".theirs").count()).toBe(3);
    expect(await rosa.locator(".waiting .mine").count()).toBe(0);
  });

  test("starting from scratch is another person", async () => {
    const rosa = phone("Rosa");
    await begin(rosa, "WhatsApp");
    page.once("dialog", (dialog) => dialog.accept());
    await rosa.getByRole("button", { name: "Ricomincia da zero" }).click();
    await rosa.getByRole("button", { name: "Ciao" }).waitFor();
    expect(await rosa.locator(".theirs").count()).toBe(0);
  });

  test("the calendar moves, and says so", async () => {
    await page.getByRole("button", { name: "Votazione" }).click();
    const said = (day: string) => page.locator("#calendar-said", { hasText: day });
    await said("1º settembre 2022").waitFor();
    expect(await page.locator("#phases [aria-current=date]").textContent()).toContain("Votazione");
    await page.getByRole("button", { name: "Un giorno avanti" }).click();
    await said("2 settembre 2022").waitFor();
    await page.getByLabel("Scegli un giorno").fill("2022-05-10");
    await page.getByRole("button", { name: "Vai", exact: true }).click();
    await said("10 maggio 2022").waitFor();
  });

  test("an e-mail is counted until it is read", async () => {
    await stores.mailbox.deliver({ to: "rosa@example.org", subject: "Il tuo codice", text: "È 123456." });
    await page.reload();
    const count = page.locator(".card [data-mail-count]");
    await count.getByText("1").waitFor();
    await page.getByText("Il tuo codice").click();
    await page.getByText("È 123456.").waitFor();
    await count.waitFor({ state: "hidden" });
    await page.getByRole("link", { name: "Apri tutta la posta" }).click();
    await page.getByRole("heading", { name: "Il tuo codice" }).waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  test("a whole exchange goes by keyboard alone", async () => {
    await open({ width: 600, height: 900 });
    const tabTo = async (name: string) => {
      for (let presses = 0; presses < 40; presses += 1) {
        await page.keyboard.press("Tab");
        const at = await page.evaluate(
          `(document.activeElement.labels?.[0] ?? document.activeElement).textContent.trim()`,
        );
        if (at === name) return;
      }
      throw new Error(`Tab does not come to ${name}.`);
    };
    const rosa = phone("Rosa");
    await tabTo("Ciao");
    await page.keyboard.press("Enter");
    await theirs(rosa, "Benvenuta!").waitFor();
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Enter");
    await theirs(rosa, "Hai premuto c.0.").waitFor();
    await tabTo("Scrivi un messaggio");
    await page.keyboard.type("sfide");
    await page.keyboard.press("Enter");
    await rosa.getByRole("button", { name: "Scegli" }).waitFor();
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Enter");
    await tabTo("Connessione");
    await page.keyboard.press("Space");
    await page.keyboard.press("Enter");
    await theirs(rosa, "Hai premuto c.").nth(1).waitFor();
  });

  test("what the assistant says is read out, with who says it", async () => {
    const rosa = phone("Rosa");
    await begin(rosa, "Telegram");
    const log = rosa.getByRole("log", { name: "Chat di Rosa con Digitale Bene Comune" });
    await expect.poll(() => log.getAttribute("aria-live")).toBe("polite");
    expect(await theirs(rosa, "Benvenuta!").textContent()).toContain("Digitale Bene Comune dice:");
  });

  test.each([
    ["a large screen", 1400, 900],
    ["a phone", 390, 844],
    ["the narrowest phone, or 400 % zoom", 320, 640],
    ["200 % zoom", 700, 450],
  ])("%s: nothing axe finds, nothing cut off", async (_, width, height) => {
    await open({ width, height });
    expect(await accessibilityProblems(page)).toEqual([]);
    for (const look of ["WhatsApp", "Telegram"] as const) {
      const rosa = phone("Rosa");
      await begin(rosa, look);
      for (const words of ["sfide", "modulo", "sito"]) await write(rosa, words);
      await theirs(rosa, "Ecco il sito.").waitFor();
      expect(await accessibilityProblems(page)).toEqual([]);
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
    }
    await page.getByText("WhatsApp", { exact: true }).first().click();
    await page.getByRole("button", { name: "Scegli" }).first().click();
    expect(await accessibilityProblems(page)).toEqual([]);
  });
});
