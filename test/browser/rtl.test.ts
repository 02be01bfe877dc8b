import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { makeDocument } from "../../bots/documents/index.ts";
import { drawingOf } from "../../core/lessons/drawing.ts";
import type { Database } from "../../prisma/client.ts";
import { openTestDatabase } from "../support/database.ts";
import { newSecrets, openTestStores } from "../support/stores.ts";
import { words } from "../support/talk.ts";
import { openBallotStand } from "../web/voting/stand.ts";
import { noBrowser, openBrowser } from "./chromium.ts";
import { everySize, LARGE } from "./inspect.ts";
import { type Answer, openStand, type Stand } from "./stand.ts";

if (noBrowser) console.warn(noBrowser);

const PHONE = "0523 874 301";
const say = (key: string, params = {}) => words.say("ar", { key, params });
const answer: Answer = () => ({
  text: [
    say("home.welcome", { edition: "Digitale Bene Comune", union: "Unione Valnure Valchero" }),
    say("contacts.phone", { phone: PHONE }),
    "Piazza Colombo, 6 – Ponte dell'Olio",
  ].join("\n"),
  choices: ["eligibility", "dates", "rules"].map((name, at) => ({
    data: `c.${at}`,
    label: say(`home.option.${name}`),
  })),
  picture: drawingOf({ say: (text) => words.say("ar", text) }, "appio-messages"),
});

describe.skipIf(noBrowser)("The browser phone in Arabic", () => {
  let database: Database;
  let browser: Browser;
  let stand: Stand;
  let page: Page;

  beforeAll(async () => {
    database = await openTestDatabase();
    browser = await openBrowser();
    stand = await openStand(await openTestStores(database, newSecrets()), answer, makeDocument);
    page = await browser.newPage({ viewport: LARGE, reducedMotion: "reduce" });
    page.setDefaultTimeout(10_000);
    await page.goto(`${stand.url}/?lang=ar`);
    await page.getByRole("button", { name: say("phone.hello"), exact: true }).click();
    await page.locator(".theirs .key").first().waitFor();
  });
  afterAll(async () => {
    await browser.close();
    await stand.stop();
    await database.close();
  });

  /** Where a piece of the assistant's text stands, and its bubble, in pixels from the left. */
  const lefts = async (piece: string) =>
    z.object({ left: z.number(), right: z.number() }).parse(
      await page.evaluate(`(() => {
        const text = document.querySelector(".theirs .text").firstChild;
        const range = document.createRange();
        range.setStart(text, text.data.indexOf("${piece}"));
        range.setEnd(text, text.data.indexOf("${piece}") + ${piece.length});
        const { left, right } = range.getBoundingClientRect();
        return { left, right };
      })()`),
    );
  const edges = async (selector: string) => {
    const box = await page.locator(selector).first().boundingBox();
    return { left: box?.x ?? 0, right: (box?.x ?? 0) + (box?.width ?? 0) };
  };

  test("lies from the right: the assistant's bubbles there, one's own across", async () => {
    expect(await page.locator("html").getAttribute("dir")).toBe("rtl");
    const [log, theirs, mine] = [await edges(".log"), await edges(".theirs"), await edges(".mine")];
    expect(log.right - theirs.right).toBeLessThan(theirs.left - log.left);
    expect(mine.left - log.left).toBeLessThan(log.right - mine.right);
  });

  test("keeps a telephone number in its order, and Italian from the left", async () => {
    const [first, last] = [await lefts("0523"), await lefts("301")];
    expect(first.right).toBeLessThan(last.left);
    const { left } = await edges(".theirs .bubble");
    expect((await lefts("Piazza")).left - left).toBeLessThan(40);
  });

  test("can be read at every size, and by a screen reader", async () => {
    await everySize(page, "the phone in Arabic");
  });
});

test.skipIf(noBrowser)("One votes in Arabic from the choice to the receipt", async () => {
  const stand = await openBallotStand();
  const browser = await openBrowser();
  try {
    const url = await stand.serve();
    const context = await browser.newContext({ viewport: { width: 360, height: 740 } });
    await context.addCookies([{ name: "ballot", value: await stand.signIn({ route: "spid" }), url }]);
    const page = await context.newPage();
    page.setDefaultTimeout(10_000);
    await page.goto(`${url}/voto/scheda?lang=ar`);
    await everySize(page, "the ballot");
    await page.locator("#project-1").check();
    await page.locator("#to-review").click();
    await page.getByRole("heading", { name: say("ballot.review") }).waitFor();
    expect(await page.locator("html").getAttribute("lang")).toBe("ar");
    await page.locator("#send").click();
    await page.getByRole("heading", { name: say("ballot.receipt.title") }).waitFor();
    await everySize(page, "the receipt");
    // Read from the left, as on paper and in the public list.
    expect(await page.evaluate(`getComputedStyle(document.querySelector("#receipt-id")).direction`)).toBe(
      "ltr",
    );
  } finally {
    await browser.close();
    await stand.close();
  }
});
