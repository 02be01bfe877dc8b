import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import type { Identified, IdentityProvider } from "../../core/voting/identity.ts";
import { oidcProvider } from "../../identity/oidc.ts";
import { FakeGateway, type Identity, NATIONAL } from "../fakes/gateway.ts";
import { BrowserJar } from "../support/browser-jar.ts";
import { taxCode } from "../support/tax-code.ts";

const BACK = "https://partecipa.example.org/voto/accesso/ritorno";
const CODE = taxCode("1949-05-03");
const failures: string[] = [];
/** It lets one name what one wants to know, as the national profile does. */
const national = new FakeGateway();
/** It tells what belongs to a scope, as most products do. */
const regional = new FakeGateway({
  scopes: ["openid", "profile"],
  claims: { openid: ["sub"], profile: ["fiscal_number", "fiscalNumber"], acr: null },
  features: { claimsParameter: { enabled: false }, devInteractions: { enabled: false } },
});

beforeAll(async () => {
  await national.listen(BACK);
  await regional.listen(BACK);
});
beforeEach(() => {
  failures.length = 0;
  for (const { people, faults } of [national, regional]) {
    people.clear();
    faults.clear();
  }
});
afterAll(async () => {
  await national.stop();
  await regional.stop();
});

const providerAt = ({ issuer, clientId, clientSecret }: FakeGateway) =>
  oidcProvider({
    ...{ issuer, clientId, clientSecret, redirectUri: () => BACK },
    failed: (reason) => void failures.push(reason),
  });

/** Goes there and says who is there; gives what the browser brings back, and what its session kept. */
async function comeBack(gateway: FakeGateway, provider: IdentityProvider) {
  const departure = await provider.begin();
  if (departure.kind === "away") throw new Error(`${gateway.issuer} is away: ${failures.join()}`);
  const browser = new BrowserJar();
  browser.stopsAt = BACK;
  await browser.open(departure.url);
  const { url } = await browser.submit({ who: "rosa" });
  return { code: url.searchParams, memo: departure.memo };
}

/** Goes there as somebody whom it knows, and comes back. */
async function prove(gateway: FakeGateway, identity: Identity): Promise<Identified> {
  gateway.people.set("rosa", identity);
  const provider = providerAt(gateway);
  const { code, memo } = await comeBack(gateway, provider);
  return provider.finish(code, memo);
}

const isRosa = { kind: "person", taxCode: CODE };

describe("The codice fiscale is taken", () => {
  test.each<[string, FakeGateway, Identity]>([
    ["in its national name", national, { claims: { [NATIONAL]: `TINIT-${CODE}` } }],
    ["as the Regions' gateways name it", regional, { claims: { fiscal_number: CODE.toLowerCase() } }],
    ["as SPID's SAML profile names it", regional, { claims: { fiscalNumber: `TINIT-${CODE}` } }],
  ])("%s", async (_, gateway, identity) => {
    expect(await prove(gateway, identity)).toEqual(isRosa);
  });

  test.each(["", "TINIT-", "TINIT-RSSMRA70A41H501X", "TINDE-1234567890"])(
    "not where it says %j",
    async (code) => {
      expect(await prove(national, { claims: { [NATIONAL]: code } })).toEqual({ kind: "nameless" });
    },
  );
});

describe("The level is enough", () => {
  const levels: readonly (readonly [string, boolean])[] = [
    ["https://www.spid.gov.it/SpidL1", false],
    ["https://www.spid.gov.it/SpidL2", true],
    ["https://www.spid.gov.it/SpidL3", true],
    ["https://www.spid.gov.it/SpidL22", false],
    ["urn:oasis:names:tc:SAML:2.0:ac:classes:SpidL2", true],
    ["CIE_L1", false],
    ["CIE_L3", true],
    ["1", false],
    ["2", true],
    ["3", true],
    ["", false],
  ];
  test.each(levels)("%j: %s", async (acr, enough) => {
    const identified = await prove(national, { claims: { [NATIONAL]: CODE }, acr });
    expect(identified).toEqual(enough ? isRosa : { kind: "weak" });
  });
});

describe("Nobody is let in", () => {
  const rosa: Identity = { claims: { [NATIONAL]: CODE } };

  test("whose data are told of somebody else", async () => {
    national.faults.set("/me", { status: 200, body: { sub: "mallory", [NATIONAL]: CODE } });
    expect(await prove(national, rosa)).toEqual({ kind: "refused" });
    expect(failures).toEqual(["OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED"]);
  });

  test("who proved it long ago", async () => {
    expect(await prove(national, { ...rosa, ago: 3600 })).toEqual({ kind: "refused" });
    expect(await prove(national, { ...rosa, ago: 60 })).toEqual(isRosa);
  });

  test("by a token that was made for another sign-in", async () => {
    national.people.set("rosa", rosa);
    const provider = providerAt(national);
    // Whoever holds both secrets takes the token of one sign-in by hand, and plants it in another.
    const { code, memo } = await comeBack(national, provider);
    const answer = await fetch(`${national.issuer}/token`, {
      method: "POST",
      headers: { authorization: `Basic ${btoa(`${national.clientId}:${national.clientSecret}`)}` },
      body: new URLSearchParams({
        ...{ grant_type: "authorization_code", redirect_uri: BACK, code: code.get("code") ?? "" },
        code_verifier: z.object({ verifier: z.string() }).parse(memo).verifier,
      }),
    });
    const other = await comeBack(national, provider);
    national.faults.set("/token", { status: 200, body: await answer.json() });
    expect(await provider.finish(other.code, other.memo)).toEqual({ kind: "refused" });
    expect(failures).toEqual(["OAUTH_JWT_CLAIM_COMPARISON_FAILED"]);
  });

  test("by a token that the gateway did not sign", async () => {
    national.faults.set("/jwks", { status: 200, body: { keys: [] } });
    expect(await prove(national, rosa)).toEqual({ kind: "refused" });
  });

  test("without what their browser kept", async () => {
    const answer = new URLSearchParams({ code: "x", state: "x" });
    for (const memo of [undefined, null, {}, { state: "x" }])
      expect(await providerAt(national).finish(answer, memo)).toEqual({ kind: "refused" });
  });

  test("while it does not tell about itself", async () => {
    national.faults.set("/.well-known/openid-configuration", { status: 503, body: "<html>" });
    expect(await providerAt(national).begin()).toEqual({ kind: "away" });
    expect(failures).toEqual(["OAUTH_RESPONSE_IS_NOT_CONFORM 503"]);
  });

  test.each(["/token", "/me", "/jwks"])("while %s answers with an error", async (path) => {
    national.faults.set(path, { status: 503, body: "<html>" });
    expect(await prove(national, rosa)).toEqual({ kind: "away" });
    expect(failures).toEqual(["OAUTH_RESPONSE_IS_NOT_CONFORM 503"]);
  });

  test.each([
    ["server_error", "away"],
    ["temporarily_unavailable", "away"],
    ["access_denied", "cancelled"],
    ["login_required", "refused"],
    ["Rossi Maria", "refused"],
  ])("where the gateway says %s: %s", async (error, kind) => {
    const provider = providerAt(national);
    const departure = await provider.begin();
    if (departure.kind === "away") throw new Error("The gateway is away.");
    const state = new URL(departure.url).searchParams.get("state") ?? "";
    const answer = new URLSearchParams({ error, state, iss: national.issuer, error_description: "Rossi" });
    expect(await provider.finish(answer, departure.memo)).toEqual({ kind });
    // Whatever a stranger writes there stays out of the log.
    expect(failures.join()).not.toContain("Rossi");
  });
});

test("a gateway without TLS is not asked anything, unless it is on this machine", async () => {
  const provider = oidcProvider({
    ...{ issuer: "http://gateway.example.org", clientId: "x", clientSecret: "x", redirectUri: () => BACK },
    failed: (reason) => void failures.push(reason),
  });
  expect(await provider.begin()).toEqual({ kind: "away" });
  expect(failures).toEqual(["OAUTH_HTTP_REQUEST_FORBIDDEN"]);
});
