import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openHouse } from "../../assistant.ts";
import { addDays } from "../../core/edition/calendar.ts";
import { madeUpPeople } from "../../editions/people.ts";
import { loadWords } from "../../locales/index.ts";
import { readSettings } from "../../settings.ts";
import { type AssistantProcess, freePort, startAssistant } from "../support/assistant-process.ts";
import { putEmbeddedDatabase } from "../support/database.ts";
import { ANCHOR } from "../support/house.ts";
import { greet } from "../support/stores.ts";
import { demo } from "../support/talk.ts";
import { noBrowser, openBrowser } from "./chromium.ts";
import { everySize, LARGE, leftovers, weightOf } from "./inspect.ts";
import { type Look, simulatedPhone } from "./simulated-phone.ts";

const [anna] = madeUpPeople();
if (!anna) throw new Error("The demonstration has no people.");
const [{ id: challenge } = { id: "" }] = demo.proposals.challenges;
const TITLES = ["Wi-Fi nelle piazze", "Nonni in rete", "Sportello digitale"];
const TIED = loadWords().say("it", { key: "vote.tied" });
/** As it is written in the e-mail. */
const CODE = /\d{4} \d{4}/;
const ONLINE = addDays(demo.vote?.online?.from ?? "", 3);

describe.skipIf(noBrowser)("a whole vote in the browser, against the real process", () => {
  let browser: Browser;
  let folder: string;
  let assistant: AssistantProcess;
  const errors: string[] = [];

  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "bene-comune-"));
    await putEmbeddedDatabase(folder);
    await prepare();
    assistant = startAssistant({
      DATA_DIR: folder,
      PORT: String(await freePort()),
      LOG_LEVEL: "warn",
      CLOCK: `${ONLINE}T10:00:00Z`,
    });
    await assistant.ready();
    errors.length = 0;
  });
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
    await assistant.kill();
    await rm(folder, { recursive: true, force: true });
  });

  /** The demonstration as it stands on its first day, with projects that were admitted. */
  async function inTheHouse<T>(does: (house: Awaited<ReturnType<typeof openHouse>>) => Promise<T>) {
    const read = readSettings({ DATA_DIR: folder, CLOCK: `${ANCHOR}T10:00:00Z` });
    if (!read.ok) throw new Error(JSON.stringify(read.problems));
    const house = await openHouse(read.settings, pino({ level: "silent" }));
    try {
      return await does(house);
    } finally {
      await house.database.close();
    }
  }
  /** Projects that were admitted, and the registry office's file. */
  const prepare = () =>
    inTheHouse(async ({ stores }) => {
      for (const [n, title] of TITLES.entries()) {
        const text = { challenge, title, need: "Serve.", solution: "Un banco al mercato.", cost: 3000 };
        const rest = { reach: "", involved: "", place: "", conflicts: "" };
        const by = { name: "Ada", surname: "Rossi", email: "ada@example.org" };
        const code = `QLTV${n}${n}`;
        await greet(stores, `proposer ${n}`, {
          effects: [{ kind: "submitProposal", code, text: { ...text, ...rest }, by }],
        });
        await stores.desk.commission.decide(
          code,
          { decision: "admitted", again: false, because: "Aiuta molti." },
          { today: ANCHOR, budget: 25_000 },
          () => () => ({ text: "…", choices: [] }),
        );
      }
      const { taxCode, ...person } = anna.person;
      const resident = {
        ...person,
        line: 2,
        codes: [taxCode],
        comune: anna.comune ?? "",
        email: anna.email ?? null,
      };
      await stores.desk.roll.bringUpToDate([resident], { removeAbsent: false, dry: false });
    });
  /** What is in the database when all is over. */
  const found = () =>
    inTheHouse(async ({ database: { prisma } }) => ({
      envelopes: (await prisma.spool.count()) + (await prisma.urn.count()),
      marks: await prisma.voter.count({ where: { mark: { not: null } } }),
      ties: await prisma.ballotTie.count(),
    }));

  const newContext = () => browser.newContext({ viewport: LARGE, reducedMotion: "reduce", locale: "it-IT" });
  async function newPage(context?: BrowserContext): Promise<Page> {
    const page = await (context ?? (await newContext())).newPage();
    page.setDefaultTimeout(15_000);
    page.on("pageerror", (error) => errors.push(String(error)));
    return page;
  }

  test.each<Look>(["WhatsApp", "Telegram"])(
    "%s: from the word in the chat to the digits in the chat",
    async (look) => {
      const chat = await newPage();
      await chat.goto(assistant.url);
      const rosa = simulatedPhone(chat, "Rosa");
      await rosa.looksLike(look);
      await rosa.begin();
      await rosa.writes("voto");
      const link = await rosa.element.locator(".entries a[href*='/voto/l/']").last().getAttribute("href");

      // The browser that the chat's app opens has nothing of the simulator's.
      const page = await newPage(await newContext());
      const press = (name: string) =>
        page
          .getByRole("button", { name, exact: true })
          .or(page.getByRole("link", { name, exact: true }))
          .click();
      const step = async (name: string) => {
        await page.getByRole("heading", { name, exact: true }).waitFor();
        await everySize(page, name);
      };
      await page.goto(link ?? "");
      await step("Votare online");
      await press("Comincia");
      await step("Chi sei?");
      await SIGNS_IN[look](page, press, step);

      await page.getByRole("heading", { name: "Scegli fino a 3 progetti." }).waitFor();
      const weight = await weightOf(page, () => page.reload({ waitUntil: "networkidle" }));
      console.info(`The ballot weighs ${(weight / 1024).toFixed(1)} KiB over the wire.`);
      expect(weight).toBeLessThanOrEqual(100_000);
      for (const title of TITLES.slice(1)) await page.getByLabel(title).check();
      await step("Scegli fino a 3 progetti.");
      await press("Controlla la scelta");
      await step("Controlla prima di inviare");
      await press("Invia il voto");
      await step("Il tuo voto è arrivato");
      const digits = (await page.locator("#digits").textContent())?.replace(" ", "") ?? "";
      expect(await rosa.writes(digits)).toContain(TIED);
      await press("Ho finito");
      await step("La pagina del voto è chiusa");
      expect(await leftovers(page)).toEqual({ kept: 0, state: null });

      expect(errors).toEqual([]);
      await assistant.stop();
      expect(await found()).toEqual({ envelopes: 1, marks: 1, ties: 1 });
    },
    240_000,
  );

  type Press = (name: string) => Promise<void>;
  /** One signs in through the provider that stands for SPID, the other with her data and a code. */
  const SIGNS_IN: Readonly<Record<Look, (page: Page, press: Press, step: Press) => Promise<void>>> = {
    async WhatsApp(_page, press, step) {
      await press("Entra con SPID o CIE");
      await step("Scegli chi sei");
      await press(`Entra come ${anna.person.name}`);
    },
    async Telegram(page, press, step) {
      await press("Entra senza SPID");
      await step("I tuoi dati");
      const { name, surname, taxCode } = anna.person;
      const data = { Nome: name, Cognome: surname, "E-mail": anna.email ?? "", Cellulare: "333 123 4567" };
      for (const [label, value] of Object.entries(data))
        await page.getByLabel(label, { exact: true }).fill(value);
      const code = page.getByLabel("Codice fiscale", { exact: true });
      await code.fill(taxCode.replace(/.$/, "A"));
      await press("Mandami il codice");
      await page.getByRole("alert").waitFor();
      await step("I tuoi dati");
      await code.fill(taxCode);
      await press("Mandami il codice");
      await step("Scrivi il codice");
      await page.getByLabel("Codice di 8 cifre").fill(await mailedCode());
      await press("Entra");
    },
  };

  /** Reads the code on the mailbox's own page, in another tab. */
  async function mailedCode(): Promise<string> {
    const mailbox = await newPage();
    const latest = mailbox.locator("article .text", { hasText: CODE }).first();
    await mailbox.goto(`${assistant.url}/posta`);
    const text = (await latest.textContent()) ?? "";
    await mailbox.close();
    return CODE.exec(text)?.[0] ?? "";
  }
});
