import { generateKeyPairSync, randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import Provider, { type Configuration } from "oidc-provider";

/** What the gateway tells of somebody. */
export interface Identity {
  /** By the names of claims. */
  readonly claims: Readonly<Record<string, string>>;
  /** The level at which they proved who they are. */
  readonly acr?: string | undefined;
  /** Seconds ago that they proved it. */
  readonly ago?: number;
}

export const NATIONAL = "https://attributes.eid.gov.it/fiscal_number";
const LEVEL_2 = "https://www.spid.gov.it/SpidL2";
const LEVELS = [1, 2, 3].map((level) => `https://www.spid.gov.it/SpidL${level}`);

/**
 * A gateway of SPID and CIE on loopback, by `oidc-provider`: it takes no request without PKCE, and asks
 * people on its page who they are, always.
 */
export class FakeGateway {
  readonly clientId = "bene-comune";
  readonly clientSecret = "a-secret-of-thirty-two-characters";
  readonly people = new Map<string, Identity>();
  /** Paths that were asked for. */
  readonly asked: string[] = [];
  /** What requests to a path get in the place of the right answer. */
  readonly faults = new Map<string, { readonly status: number; readonly body: unknown }>();
  readonly #options: Partial<Configuration>;
  #server: Server | undefined;
  #provider: Provider | undefined;
  #port = 0;

  constructor(options: Partial<Configuration> = {}) {
    this.#options = options;
  }

  get issuer(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** @param redirectUri where it may send browsers back to */
  async listen(redirectUri: string): Promise<this> {
    await this.#bind();
    this.#provider = this.#makeProvider(redirectUri);
    return this;
  }

  /** As a crash would: whoever is connected is cut off. */
  async stop(): Promise<void> {
    const server = this.#server;
    if (!server) return;
    this.#server = undefined;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }

  /** At the address that it had. */
  restart(): Promise<void> {
    return this.#bind();
  }

  #bind(): Promise<void> {
    const server = createServer((request, response) => void this.#serve(request, response));
    this.#server = server;
    return new Promise((resolve) =>
      server.listen(this.#port, "127.0.0.1", () => {
        const address = server.address();
        if (typeof address === "object" && address) this.#port = address.port;
        resolve();
      }),
    );
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? "/", this.issuer).pathname;
    this.asked.push(path);
    const fault = this.faults.get(path);
    if (fault) {
      const { status, body } = fault;
      return void response
        .writeHead(status, { "content-type": "application/json" })
        .end(JSON.stringify(body));
    }
    if (!this.#provider) throw new Error("The gateway does not listen yet.");
    if (path.startsWith("/interaction/")) return this.#ask(this.#provider, request, response);
    return this.#provider.callback()(request, response);
  }

  /** The page on which people say who they are: whatever they say is believed. */
  async #ask(provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method === "GET") {
      const page = `<form method="post" action="${request.url}"><input name="who" value=""></form>`;
      return void response.writeHead(200, { "content-type": "text/html" }).end(page);
    }
    let body = "";
    for await (const chunk of request.setEncoding("utf8")) body += chunk;
    const who = new URLSearchParams(body).get("who") ?? "";
    const identity = this.people.get(who);
    if (!identity) {
      const refusal = { error: "access_denied", error_description: "ErrorCode nr25" };
      return provider.interactionFinished(request, response, refusal);
    }
    const { params } = await provider.interactionDetails(request, response);
    const grant = new provider.Grant({ accountId: who, clientId: this.clientId });
    grant.addOIDCScope(String(params["scope"]));
    grant.addOIDCClaims([NATIONAL, ...Object.keys(identity.claims)]);
    const { acr = LEVEL_2, ago } = identity;
    const ts = Math.floor(Date.now() / 1000) - (ago ?? 0);
    const login = { accountId: who, acr, remember: false, ts };
    return provider.interactionFinished(request, response, {
      login,
      consent: { grantId: await grant.save() },
    });
  }

  #makeProvider(redirectUri: string): Provider {
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    return new Provider(this.issuer, {
      clients: [
        {
          client_id: this.clientId,
          client_secret: this.clientSecret,
          redirect_uris: [redirectUri],
          grant_types: ["authorization_code"],
          response_types: ["code"],
        },
      ],
      jwks: { keys: [{ ...privateKey.export({ format: "jwk" }), use: "sig", alg: "RS256", kid: "1" }] },
      cookies: { keys: [randomBytes(24).toString("hex")] },
      pkce: { required: () => true },
      acrValues: LEVELS,
      // Said so that it does not ask for them.
      ttl: { AccessToken: 60, Grant: 600, IdToken: 60, Interaction: 600, Session: 600 },
      scopes: ["openid"],
      claims: {
        openid: ["sub"],
        profile: ["fiscal_number"],
        acr: null,
        [NATIONAL]: null,
        fiscalNumber: null,
      },
      features: { claimsParameter: { enabled: true }, devInteractions: { enabled: false } },
      interactions: { url: (_, { uid }) => `/interaction/${uid}` },
      findAccount: (_, id) => {
        const identity = this.people.get(id);
        if (!identity) return undefined;
        return {
          accountId: id,
          claims: async () => ({ ...identity.claims, sub: id }),
        };
      },
      ...this.#options,
    });
  }
}
