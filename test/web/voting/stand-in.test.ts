import { Hono } from "hono";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createAssistant } from "../../../assistant.ts";
import { madeUpPeople, madeUpVoters } from "../../../editions/people.ts";
import { readSettings } from "../../../settings.ts";
import { votingPagesOf } from "../../../voting-pages.ts";
import { BrowserJar } from "../../support/browser-jar.ts";
import { openSignInStand, type SignInStand } from "./sign-in-stand.ts";

let stand: SignInStand;
beforeAll(async () => {
  stand = await openSignInStand({ options: { standIns: madeUpPeople() } });
  const { house } = stand;
  for (const _ of ["once", "and again"]) await house.stores.demoRoll.fill(madeUpVoters(house.edition));
});
afterAll(() => stand.close());

let browser: BrowserJar;
beforeEach(async () => {
  browser = new BrowserJar();
  await browser.open(`${stand.url}/voto`);
  await browser.submit();
  await browser.follow("/spid");
});
const signedIn = () => stand.signedIn(browser.cookie("ballot"));

describe("In the demonstration one signs in as somebody made up", () => {
  test("on a page that says it is not SPID", async () => {
    expect(browser.page.url.pathname).toBe("/voto/prova");
    expect(browser.page.text).toContain("non è SPID");
    expect(browser.page.text).toContain("non sono di nessuno");
    await browser.follow("person=anna");
    const voter = await stand.house.stores.voting.roll.byTaxCode(madeUpPeople()[0]?.person.taxCode ?? "");
    expect(await signedIn()).toEqual({ voterId: voter?.id, route: "spid" });
  });

  test.each([
    ["guido", "Non ti trovo fra chi può votare"],
    ["ilaria", "Non ti trovo fra chi può votare"],
    ["fatima", "Puoi votare dal 16 febbraio 2027"],
  ])("%s is not let in: %s", async (who, said) => {
    await browser.follow(`person=${who}`);
    expect(browser.page.text).toContain(said);
    expect(await signedIn()).toBeUndefined();
  });

  test("or turns back, and may set out again", async () => {
    const [back = ""] = /\/voto\/accesso\/ritorno\?state=[\w-]+(?=")/.exec(browser.page.text) ?? [];
    await browser.open(back);
    expect(browser.page.text).toContain("Non hai finito");
    await browser.follow("/voto/accesso");
    await browser.follow("/spid");
    await browser.follow("person=elena");
    expect(await signedIn()).toBeDefined();
  });

  test("in the browser that set out alone", async () => {
    const other = new BrowserJar();
    await other.open(`${stand.url}/voto`);
    await other.submit();
    await other.follow("/spid");
    const [theirs = ""] =
      /\/voto\/accesso\/ritorno\?state=[\w-]+&amp;person=anna/.exec(other.page.text) ?? [];
    await browser.open(theirs.replace("&amp;", "&"));
    expect(browser.page.status).toBe(403);
    expect(await signedIn()).toBeUndefined();
  });
});

test("an edition that is no demonstration has no such page, and neither has one with a gateway", async () => {
  const { house } = stand;
  const assistant = createAssistant(house, () => []);
  const status = async (demo: boolean, env: Record<string, string> = {}) => {
    const read = readSettings(env);
    if (!read.ok) throw new Error(JSON.stringify(read.problems));
    const app = new Hono();
    const parts = votingPagesOf(read.settings, { ...house, edition: { ...house.edition, demo } }, assistant);
    for (const part of parts) app.route("/", part);
    return Promise.all(["/voto/prova", "/voto"].map(async (path) => (await app.request(path)).status));
  };
  expect(await status(true)).toEqual([200, 200]);
  expect(await status(false)).toEqual([404, 200]);
  const gateway = { OIDC_ISSUER: "https://gw.example.org", OIDC_CLIENT_ID: "x", OIDC_CLIENT_SECRET: "x" };
  expect(await status(true, gateway)).toEqual([404, 200]);
});
