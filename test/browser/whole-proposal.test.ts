import { readFileSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { loadWords } from "../../locales/index.ts";
import { openDatabase } from "../../prisma/client.ts";
import { storedProposals, transcript } from "../flows/transcript.ts";
import { type AssistantProcess, freePort, startAssistant } from "../support/assistant-process.ts";
import { putEmbeddedDatabase } from "../support/database.ts";
import { noBrowser, openBrowser } from "./chromium.ts";
import { everySize, LARGE, weightOf } from "./inspect.ts";
import { type Look, simulatedPhone } from "./simulated-phone.ts";

const script = transcript.parse(
  JSON.parse(readFileSync(new URL("../flows/proposal/whole.json", import.meta.url), "utf8")),
);
/** All but the last, which looks at the list of what was sent. */
const TURNS = script.turns.slice(0, -1);
const TITLE = String(script.proposals?.[0]?.["title"]);
/** While the title is on its way the process dies. */
const DEADLY_TURN = TURNS.findIndex(({ says }) => says === TITLE);
/** The challenges, which WhatsApp draws as a list. */
const LIST_TURN = TURNS.findIndex(({ choices }) => (choices?.length ?? 0) > 3);

/** What is said once the phase is over, up to the day. */
const CLOSED = loadWords()
  .say("it", { key: "proposal.too_late", params: { to: "|" } })
  .split("|")[0];

describe.skipIf(noBrowser)("a whole proposal in the browser, against the real process", () => {
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let folder: string;
  let env: Record<string, string>;
  let assistant: AssistantProcess;
  const errors: string[] = [];

  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "bene-comune-"));
    await putEmbeddedDatabase(folder);
    env = {
      DATA_DIR: folder,
      PORT: String(await freePort()),
      LOG_LEVEL: "warn",
      // The transcript's day: so its dates are ours.
      CLOCK: `${script.day}T10:00:00Z`,
    };
    await start();
    context = await browser.newContext({ viewport: LARGE, reducedMotion: "reduce", locale: "it-IT" });
    page = await context.newPage();
    page.setDefaultTimeout(15_000);
    errors.length = 0;
    page.on("pageerror", (error) => errors.push(String(error)));
  });
  afterEach(async () => {
    await context.close();
    await assistant.kill();
    await rm(folder, { recursive: true, force: true });
  });

  async function start() {
    assistant = startAssistant(env);
    await assistant.ready();
  }

  /** Reads the code on the mailbox's own page, in another tab. */
  async function mailedCode(): Promise<string> {
    const mailbox = await context.newPage();
    await mailbox.goto(`${assistant.url}/posta`);
    const text = (await mailbox.locator("article .text").first().textContent()) ?? "";
    await mailbox.close();
    return /\b\d{6}\b/.exec(text)?.[0] ?? "";
  }

  test.each<Look>(["WhatsApp", "Telegram"])(
    "%s: pressing and typing, through a crash and a reload, ends with the row in the database",
    async (look) => {
      const weight = await weightOf(page, () => page.goto(assistant.url));
      console.info(`The page weighs ${(weight / 1024).toFixed(1)} KiB over the wire.`);
      expect(weight).toBeLessThan(150 * 1024);
      const rosa = simulatedPhone(page, "Rosa");
      const giulia = simulatedPhone(page, "Giulia");
      await rosa.looksLike(look);
      await rosa.begin();

      for (const [index, { says, presses, hears }] of TURNS.entries()) {
        const expected = masked((hears ?? []).join("\n"));
        const before = await rosa.heard();
        let reply: string;
        if (index === DEADLY_TURN) {
          const leaves = page.waitForRequest((request) => request.method() === "POST");
          await rosa.sends(says ?? "");
          await leaves;
          await assistant.kill();
          await rosa.element.getByText("in attesa di rete…").waitFor();
          await start();
          await rosa.hears(before);
          await page.reload();
          reply = await rosa.hears(before);
        } else if (presses !== undefined) reply = await rosa.presses(presses);
        else reply = await rosa.writes(says === "{code}" ? await mailedCode() : (says ?? ""));
        // In the transcript the first reply also says who is speaking; here that was said already.
        if (index === 0) expect(expected).toContain(masked(reply));
        else expect(masked(reply)).toBe(expected);

        if (index === LIST_TURN) {
          await everySize(page, "the list");
          // The large screen is filled, and nothing hidden makes the page longer.
          expect(await page.evaluate("document.documentElement.scrollHeight")).toBe(LARGE.height);
        }
      }

      const own = await rosa.element.locator(".entries .mine .text > span:first-child").allTextContents();
      expect(own.filter((words) => words === TURNS[DEADLY_TURN]?.says)).toHaveLength(1);
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        rosa.element.getByRole("link", { name: /^Scarica/ }).click(),
      ]);
      expect((await readFile(await download.path())).subarray(0, 5).toString()).toBe("%PDF-");

      expect(await giulia.heard()).toBe(0);
      await giulia.looksLike(look);
      await giulia.begin();
      expect(await giulia.writes("le mie proposte")).not.toContain(TITLE);
      expect(await rosa.writes("le mie proposte")).toContain(TITLE);

      await page.locator("#phases li:not([aria-current]) button").first().click();
      await page.locator("#phases li.past").waitFor();
      expect(await giulia.writes("proposta")).toContain(CLOSED);

      expect(errors).toEqual([]);
      await assistant.stop();
      expect(await rowsIn(folder)).toEqual(script.proposals);
    },
    240_000,
  );
});

async function rowsIn(folder: string): Promise<Record<string, unknown>[]> {
  const database = await openDatabase({ url: undefined, dataDirectory: folder });
  try {
    return await storedProposals(database, "demo");
  } finally {
    await database.close();
  }
}

/** A proposal's code differs from one run to the next. */
function masked(text: string): string {
  return text.replaceAll(/\b[A-Z0-9]{6}\b/g, "<code>");
}
