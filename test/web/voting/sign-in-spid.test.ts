import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { oidcProvider } from "../../../identity/oidc.ts";
import { RETURN } from "../../../web/voting/sign-in/spid.ts";
import { FakeGateway, type Identity, NATIONAL } from "../../fakes/gateway.ts";
import { BrowserJar, type Shown } from "../../support/browser-jar.ts";
import { TODAY } from "../../support/voting.ts";
import { openSignInStand, type SignInStand } from "./sign-in-stand.ts";

let stand: SignInStand;
let gateway: FakeGateway;
const failures: string[] = [];

beforeAll(async () => {
  gateway = new FakeGateway();
  stand = await openSignInStand({
    provider: (url) =>
      oidcProvider({
        // The gateway comes up after the pages do: it is asked about itself when somebody goes there.
        get issuer() {
          return gateway.issuer;
        },
        clientId: gateway.clientId,
        clientSecret: gateway.clientSecret,
        redirectUri: () => url + RETURN,
        askAgainMs: 0,
        failed: (reason) => void failures.push(reason),
      }),
  });
  await gateway.listen(stand.url + RETURN);
});
beforeEach(() => {
  failures.length = 0;
  gateway.people.clear();
  gateway.faults.clear();
  gateway.asked.length = 0;
});
afterEach(() => stand.house.moveTo(TODAY));
afterAll(async () => {
  await gateway.stop();
  await stand.close();
});

/** Somebody on the roll whom the gateway knows. */
async function known(who: string, given: Partial<Identity> = {}) {
  const person = await stand.enrol();
  gateway.people.set(who, { claims: { [NATIONAL]: `TINIT-${person.code}` }, ...given });
  return person;
}

/** A browser at the page of the ways in, by a link that a chat was given. */
async function arrive(path?: string): Promise<BrowserJar> {
  const browser = new BrowserJar();
  await browser.open(stand.url + (path ?? (await stand.link("chat"))));
  await browser.submit();
  return browser;
}

/** Goes to the gateway and says who is there. */
async function prove(browser: BrowserJar, who: string): Promise<Shown> {
  await browser.follow("/spid");
  return browser.submit({ who });
}

/** The address that the gateway sends somebody back to, before the browser goes there. */
async function comingBack(browser: BrowserJar, who: string): Promise<URL> {
  browser.stopsAt = `${RETURN}?`;
  const { url } = await prove(browser, who);
  browser.stopsAt = undefined;
  return url;
}

const whoIsIn = (browser: BrowserJar) => stand.signedIn(browser.cookie("ballot"));
const changed = (url: URL, change: (query: URLSearchParams) => void): URL => {
  const other = new URL(url);
  change(other.searchParams);
  return other;
};

describe("Signing in with SPID or CIE", () => {
  test("leads from the chat's link to the ballot, in a session that knows its chat", async () => {
    const { id } = await known("rosa");
    const browser = await arrive();
    const before = browser.cookie("ballot");
    const { url } = await prove(browser, "rosa");
    expect(url.pathname).toBe("/voto/scheda");
    expect(await whoIsIn(browser)).toEqual({ voterId: id, route: "spid" });
    const session = await stand.house.stores.voting.sessions.read(browser.cookie("ballot") ?? "");
    expect(session?.contactId).toBeDefined();
    expect(session?.memo).toBeUndefined();
    // A token that was planted before is worth nothing.
    expect(browser.cookie("ballot")).not.toBe(before);
    expect(await stand.signedIn(before)).toBeUndefined();
  });

  test("asks for level 2 and the codice fiscale alone, anew each time, under PKCE", async () => {
    const browser = await arrive();
    browser.stopsAt = "/auth?";
    const { url } = await browser.follow("/spid");
    const { claims, state, nonce, code_challenge, ...asked } = Object.fromEntries(url.searchParams);
    expect(asked).toEqual({
      client_id: gateway.clientId,
      redirect_uri: stand.url + RETURN,
      response_type: "code",
      scope: "openid",
      prompt: "login",
      max_age: "600",
      acr_values: "https://www.spid.gov.it/SpidL2",
      code_challenge_method: "S256",
    });
    expect(JSON.parse(claims ?? "")).toEqual({ userinfo: { [NATIONAL]: { essential: true } } });
    for (const drawn of [state, nonce, code_challenge]) expect(drawn).toMatch(/^[\w-]{43}$/);
    const again = await browser.open(`${stand.url}/voto/accesso/spid`);
    expect(again.url.searchParams.get("state")).not.toBe(state);
    expect(again.url.searchParams.get("nonce")).not.toBe(nonce);
  });
});

describe("The chat's link", () => {
  test("is not used up by who looks at it: previews, scanners, the person who hesitates", async () => {
    const link = stand.url + (await stand.link("chat"));
    for (const method of ["GET", "HEAD", "GET", "HEAD"])
      expect((await fetch(link, { method })).status).toBe(200);
    await known("rosa");
    const browser = await arrive(new URL(link).pathname);
    expect(browser.page.url.pathname).toBe("/voto/accesso");
  });

  test("is worth nothing the second time, after its time, or once a newer one was asked for", async () => {
    const used = await stand.link("one");
    await arrive(used);
    const expired = await stand.link("two", { minutes: -1 });
    const older = await stand.link("three");
    const newer = await stand.link("three");
    for (const path of [used, expired, older, "/voto/l/x", `/voto/l/${"y".repeat(5000)}`, "/voto/l/%00"]) {
      const { status, text } = await new BrowserJar().open(stand.url + path);
      expect([path.slice(0, 20), status]).toEqual([path.slice(0, 20), 410]);
      expect(text).toContain("scrivi «voto»");
    }
    expect((await arrive(newer)).page.url.pathname).toBe("/voto/accesso");
  });

  test("is used up once by two who press at the same moment", async () => {
    const path = await stand.link("chat");
    const browsers = [new BrowserJar(), new BrowserJar(), new BrowserJar()];
    for (const browser of browsers) await browser.open(stand.url + path);
    await Promise.all(browsers.map((browser) => browser.submit()));
    expect(browsers.filter(({ page }) => page.status === 200)).toHaveLength(1);
    expect(browsers.filter(({ page }) => page.status === 410)).toHaveLength(2);
  });

  test("cannot be pressed by another site", async () => {
    const path = await stand.link("chat");
    const body = new URLSearchParams({ form: "made-up" });
    const victim = new BrowserJar();
    expect((await victim.open(stand.url + path, { method: "POST", body })).status).toBe(403);
    await victim.open(stand.url + path);
    expect((await victim.open(stand.url + path, { method: "POST", body })).status).toBe(403);
    expect((await victim.open(stand.url + path, { method: "POST", body: "form" })).status).toBe(403);
    // It still works for who was given it.
    expect((await arrive(path)).page.url.pathname).toBe("/voto/accesso");
  });

  test("speaks the language of its chat", async () => {
    const browser = await arrive(await stand.link("english", { language: "en" }));
    expect(browser.page.text).toContain('<html lang="en"');
  });

  test("gives its chat nothing when another person signs in by it: the vote is in their browser alone", async () => {
    const { id } = await known("rosa");
    const path = await stand.link("attacker");
    const attacker = new BrowserJar();
    await attacker.open(stand.url + path);
    const victim = await arrive(path);
    await prove(victim, "rosa");
    expect(await whoIsIn(victim)).toMatchObject({ voterId: id });
    await attacker.open(`${stand.url}/voto/accesso`);
    expect(attacker.page.status).toBe(403);
    expect(await whoIsIn(attacker)).toBeUndefined();
  });
});

describe("What comes back from the gateway", () => {
  test("is worth one return", async () => {
    await known("rosa");
    const browser = await arrive();
    const back = await comingBack(browser, "rosa");
    const copy = new BrowserJar();
    copy.cookies = [...browser.cookies];
    await browser.open(back);
    expect(await whoIsIn(browser)).toBeDefined();
    // By whoever copied the address, even with the cookie that the browser had then.
    expect((await copy.open(back)).status).toBe(403);
    expect(await whoIsIn(copy)).toBeUndefined();
  });

  test("that was refused is not worth another: it is forgotten before the gateway is asked", async () => {
    await known("rosa");
    const browser = await arrive();
    const back = await comingBack(browser, "rosa");
    gateway.faults.set("/token", { status: 502, body: null });
    expect((await browser.open(back)).status, failures.join()).toBe(503);
    gateway.faults.clear();
    gateway.asked.length = 0;
    expect((await browser.open(back)).status).toBe(403);
    expect(gateway.asked).toEqual([]);
    expect(await whoIsIn(browser)).toBeUndefined();
  });

  test("is worth nothing in a browser that did not set out, or set out by itself", async () => {
    await known("mallory");
    const attacker = await arrive();
    const back = await comingBack(attacker, "mallory");
    const idle = await arrive(await stand.link("idle"));
    const departed = await arrive(await stand.link("departed"));
    await departed.follow("/spid");
    for (const victim of [new BrowserJar(), idle, departed]) {
      const { status } = await victim.open(back);
      expect(status).toBe(403);
      expect(await whoIsIn(victim)).toBeUndefined();
    }
  });

  test.each<[string, (query: URLSearchParams) => void]>([
    ["another state", (query) => query.set("state", "x".repeat(43))],
    ["no state", (query) => query.delete("state")],
    ["another issuer", (query) => query.set("iss", "https://login.example.org")],
    ["no issuer", (query) => query.delete("iss")],
    ["another code", (query) => query.set("code", "x".repeat(43))],
    ["no code", (query) => query.delete("code")],
    ["two codes", (query) => query.append("code", "x")],
    ["an error beside the code", (query) => query.set("error", "<script>alert(1)</script>")],
  ])("is refused with %s", async (_, change) => {
    await known("rosa");
    const browser = await arrive();
    const back = await comingBack(browser, "rosa");
    const { status, text } = await browser.open(changed(back, change));
    expect(status).toBe(403);
    expect(text).toContain("Altri modi di entrare");
    expect(text).not.toContain("<script>alert");
    expect(await whoIsIn(browser)).toBeUndefined();
    expect(failures.join()).not.toContain("<");
  });

  test("is refused with a code that another person was given", async () => {
    await known("rosa");
    await known("mallory");
    const [victim, attacker] = [await arrive(), await arrive(await stand.link("attacker"))];
    const theirs = await comingBack(victim, "rosa");
    const own = await comingBack(attacker, "mallory");
    const stolen = theirs.searchParams.get("code") ?? "";
    const { status } = await attacker.open(changed(own, (query) => query.set("code", stolen)));
    expect(status).toBe(403);
    expect(await whoIsIn(attacker)).toBeUndefined();
  });
});

describe("Who is not let in", () => {
  test.each<[string, Partial<Identity>, string]>([
    ["with a password alone", { acr: "https://www.spid.gov.it/SpidL1" }, "Serve un accesso più sicuro"],
    ["without a codice fiscale", { claims: {} }, "Manca il codice fiscale"],
  ])("%s", async (_, given, title) => {
    await known("rosa", given);
    const browser = await arrive();
    const { status, text } = await prove(browser, "rosa");
    expect(status).toBe(403);
    expect(text).toContain(title);
    expect(text).toContain("Altri modi di entrare");
    expect(await whoIsIn(browser)).toBeUndefined();
  });

  test("who turned back there", async () => {
    const { status, text } = await prove(await arrive(), "nobody");
    expect(status).toBe(403);
    expect(text).toContain("Non hai finito");
    expect(failures).toEqual([]);
  });

  test("who is not on the roll: told why it may be, and whom to call", async () => {
    gateway.people.set("ugo", { claims: { [NATIONAL]: `TINIT-${stand.strangersCode()}` } });
    const browser = await arrive();
    const { status, text } = await prove(browser, "ugo");
    expect(status).toBe(403);
    expect(text).toContain("Non ti trovo fra chi può votare");
    expect(text).toContain("0523 370704");
    expect(await whoIsIn(browser)).toBeUndefined();
  });

  test("who has voted, and who may vote only later", async () => {
    const { id } = await known("rosa");
    await stand.database.prisma.voter.update({ where: { id }, data: { mark: "PAPER" } });
    expect((await prove(await arrive(), "rosa")).text).toContain("Risulta già un tuo voto");
    const data = { mark: null, enabledFrom: new Date("2027-02-20") };
    await stand.database.prisma.voter.update({ where: { id }, data });
    const browser = await arrive();
    expect((await prove(browser, "rosa")).text).toContain("Puoi votare dal 20 febbraio 2027");
    expect(await whoIsIn(browser)).toBeUndefined();
  });

  test("anybody, before the online vote and after it", async () => {
    const path = await stand.link("chat");
    const browser = await arrive(await stand.link("other"));
    for (const [day, said] of [
      ["2027-02-01", "è ancora presto"],
      ["2027-06-01", "è finito"],
    ] as const) {
      stand.house.moveTo(day);
      for (const page of [path, "/voto", "/voto/accesso", "/voto/accesso/spid", RETURN]) {
        const { status, text } = await browser.open(stand.url + page);
        expect([page, status]).toEqual([page, 403]);
        expect(text).toContain(said);
      }
    }
    expect(gateway.asked).toEqual([]);
  });
});

describe("With the gateway away", () => {
  test("people are told, with the other ways; once it is back they get in", async () => {
    const { id } = await known("rosa");
    const browser = await arrive();
    await gateway.stop();
    const { status, text } = await browser.follow("/spid");
    expect(status).toBe(503);
    expect(text).toContain("SPID e CIE non rispondono");
    await browser.follow("/voto/accesso");
    expect(browser.page.text).toContain("Entra senza SPID");
    await gateway.restart();
    await prove(browser, "rosa");
    expect(await whoIsIn(browser)).toMatchObject({ voterId: id });
    expect(failures).toEqual(["no answer"]);
  });

  test("who comes back meanwhile can set out again", async () => {
    const { id } = await known("rosa");
    const browser = await arrive();
    const back = await comingBack(browser, "rosa");
    await gateway.stop();
    expect((await browser.open(back)).status).toBe(503);
    await gateway.restart();
    await browser.follow("/voto/accesso");
    await prove(browser, "rosa");
    expect(await whoIsIn(browser)).toMatchObject({ voterId: id });
  });
});
