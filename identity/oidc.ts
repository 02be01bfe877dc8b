import {
  AuthorizationResponseError,
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type ClientAuth,
  ClientError,
  ClientSecretBasic,
  ClientSecretPost,
  type Configuration,
  calculatePKCECodeChallenge,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  type IDToken,
  ResponseBodyError,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from "openid-client";
import { z } from "zod";
import type { Identified, IdentityProvider } from "../core/voting/identity.ts";
import { readTaxCode } from "../core/voting/tax-code.ts";

export interface OidcOptions {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where the gateway sends browsers back to, as it was registered there. */
  readonly redirectUri: () => string;
  /** How long an answer of the gateway's counts as a sign that it is there. */
  readonly askAgainMs?: number;
  /** Told what went wrong with the gateway, in codes alone: its messages may quote people. */
  readonly failed: (reason: string) => void;
}

/** What a browser's session keeps while its person is at the gateway. */
const departed = z.object({ state: z.string(), nonce: z.string(), verifier: z.string() });

/** How long ago somebody may have proved who they are, in seconds, where the gateway tells it. */
const FRESH = 600;
const TIMEOUT_SECONDS = 10;
const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * SPID and CIE through a gateway that speaks OpenID Connect: authorisation code with PKCE, state and
 * nonce. The gateway is asked about itself when the first person goes there: the assistant starts
 * while it is away.
 */
export function oidcProvider(options: OidcOptions): IdentityProvider {
  const { redirectUri, askAgainMs = 15_000 } = options;
  let known: { readonly at: number; readonly config: Promise<Configuration> } | undefined;

  /** @param recent not as it was known longer than that ago, in milliseconds */
  async function gateway(recent = Number.POSITIVE_INFINITY): Promise<Configuration> {
    if (!known || Date.now() - known.at >= recent) known = { at: Date.now(), config: discover(options) };
    const asked = known;
    try {
      return await asked.config;
    } catch (error) {
      // The next person asks again.
      if (known === asked) known = undefined;
      throw error;
    }
  }

  function told(error: unknown): Extract<Identified, { kind: "away" | "cancelled" | "refused" }> {
    const { kind, reason } = failureOf(error);
    if (kind !== "cancelled") options.failed(reason);
    return { kind };
  }

  return {
    async begin() {
      try {
        // Whoever is sent to a gateway that is away finds a blank page there, and no way back.
        const config = await gateway(askAgainMs);
        const memo = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier() };
        const url = buildAuthorizationUrl(config, {
          redirect_uri: redirectUri(),
          state: memo.state,
          nonce: memo.nonce,
          code_challenge: await calculatePKCECodeChallenge(memo.verifier),
          code_challenge_method: "S256",
          // Nobody comes in on the session that somebody else left open on a shared computer.
          prompt: "login",
          max_age: String(FRESH),
          acr_values: ASKED_LEVEL,
          ...askedClaims(config),
        });
        return { kind: "go", url: url.href, memo };
      } catch (error) {
        told(error);
        return { kind: "away" };
      }
    },

    async finish(answer, memo) {
      const kept = departed.safeParse(memo);
      if (!kept.success) return { kind: "refused" };
      const { state, nonce, verifier } = kept.data;
      try {
        const config = await gateway();
        const back = new URL(redirectUri());
        back.search = answer.toString();
        const tokens = await authorizationCodeGrant(config, back, {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
          idTokenExpected: true,
        });
        const claims = tokens.claims();
        if (claims === undefined || isStale(claims)) return { kind: "refused" };
        if (!isStrong(claims["acr"])) return { kind: "weak" };
        const hasMore = config.serverMetadata().userinfo_endpoint !== undefined;
        // Refused where it tells of somebody else than the ID Token.
        const more = hasMore ? await fetchUserInfo(config, tokens.access_token, claims.sub) : {};
        const taxCode = await taxCodeIn({ ...claims, ...more });
        return taxCode === undefined ? { kind: "nameless" } : { kind: "person", taxCode };
      } catch (error) {
        return told(error);
      }
    },
  };
}

function discover({ issuer, clientId, clientSecret }: OidcOptions): Promise<Configuration> {
  const url = new URL(issuer);
  return discovery(url, clientId, clientSecret, clientAuth(clientSecret), {
    timeout: TIMEOUT_SECONDS,
    // TLS vouches for the gateway already; its signature does where TLS ends at a proxy of one's own.
    execute: [enableNonRepudiationChecks, ...(LOOPBACK.has(url.hostname) ? [allowInsecureRequests] : [])],
  });
}

/** In the way that the gateway takes the secret: in a header, unless it says that it does not. */
function clientAuth(secret: string): ClientAuth {
  const basic = ClientSecretBasic(secret);
  const post = ClientSecretPost(secret);
  return (server, client, body, headers) => {
    const taken = server.token_endpoint_auth_methods_supported ?? ["client_secret_basic"];
    const authenticate = taken.includes("client_secret_basic") ? basic : post;
    authenticate(server, client, body, headers);
  };
}

/**
 * What the codice fiscale is called in the national profile, by the gateways of the Regions, and in
 * SPID's SAML profile.
 *
 * @see https://italia.github.io/spid-cie-oidc-docs/it/attributi_utente.html
 */
const FISCAL_NUMBER = [
  "https://attributes.eid.gov.it/fiscal_number",
  "fiscal_number",
  "fiscalNumber",
] as const;

/** Asks for the codice fiscale alone, where the gateway lets us name what we want. */
function askedClaims(config: Configuration): Record<string, string> {
  if (config.serverMetadata().claims_parameter_supported !== true) return { scope: "openid profile" };
  const [national] = FISCAL_NUMBER;
  return { scope: "openid", claims: JSON.stringify({ userinfo: { [national]: { essential: true } } }) };
}

async function taxCodeIn(claims: Readonly<Record<string, unknown>>): Promise<string | undefined> {
  const given = FISCAL_NUMBER.map((name) => claims[name]).find((claim) => typeof claim === "string");
  const read = typeof given === "string" ? await readTaxCode(given) : undefined;
  return read?.ok ? read.code : undefined;
}

const ASKED_LEVEL = "https://www.spid.gov.it/SpidL2";

/**
 * More than a password: SPID's levels 2 and 3 as OpenID Connect and SAML name them, CIE's, and the
 * bare figures that gateways turn them into.
 */
const STRONG = [
  /^https:\/\/www\.spid\.gov\.it\/SpidL[23]$/,
  /^urn:oasis:names:tc:SAML:2\.0:ac:classes:SpidL[23]$/,
  /^CIE_L[23]$/,
  /^[23]$/,
];

const isStrong = (acr: unknown): boolean => STRONG.some((level) => level.test(String(acr ?? "")));

/** SPID and CIE tell no time of authentication; where a gateway does, an old one is not taken. */
const isStale = ({ auth_time }: IDToken): boolean =>
  auth_time !== undefined && Date.now() / 1000 - auth_time > FRESH;

interface Failure {
  readonly kind: "away" | "cancelled" | "refused";
  readonly reason: string;
}

/** What an error of the library's is caused by, where somebody did answer. */
const answered = z.object({ status: z.number() });

/** Answers of an endpoint that is there, and does not work. */
const BROKEN = new Set(["OAUTH_TIMEOUT", "OAUTH_RESPONSE_IS_NOT_JSON", "OAUTH_PARSE_ERROR"]);

function failureOf(error: unknown): Failure {
  if (error instanceof AuthorizationResponseError) {
    const reason = codeIn(error.error);
    if (reason === "access_denied") return { kind: "cancelled", reason };
    const isTheirs = reason === "server_error" || reason === "temporarily_unavailable";
    return { kind: isTheirs ? "away" : "refused", reason };
  }
  if (error instanceof ResponseBodyError)
    return {
      kind: error.status >= 500 ? "away" : "refused",
      reason: `${error.status} ${codeIn(error.error)}`,
    };
  if (error instanceof ClientError) {
    const status = answered.safeParse(error.cause).data?.status;
    const isTheirs = BROKEN.has(error.code ?? "") || (status ?? 0) >= 500;
    return { kind: isTheirs ? "away" : "refused", reason: [error.code, status].filter(Boolean).join(" ") };
  }
  // What fetch throws where nobody answers.
  if (error instanceof TypeError && !("code" in error)) return { kind: "away", reason: "no answer" };
  return { kind: "refused", reason: error instanceof Error ? error.name : "unknown" };
}

/** An error's code as the standards write them; anything else may hold whatever a stranger put there. */
const codeIn = (text: string): string => (/^[a-z_]{1,40}$/.test(text) ? text : "unknown");
