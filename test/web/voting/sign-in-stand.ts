import type { AddressInfo } from "node:net";
import { type ServerType, serve } from "@hono/node-server";
import { Hono } from "hono";
import type { BallotRules } from "../../../core/edition/schema.ts";
import type { IdentityProvider } from "../../../core/voting/identity.ts";
import type { Resident } from "../../../core/voting/roll-keeping.ts";
import type { Database } from "../../../prisma/client.ts";
import { type VotingOptions, votingPages } from "../../../web/voting/index.ts";
import { openTestDatabase } from "../../support/database.ts";
import { openTestHouse, type TestHouse } from "../../support/house.ts";
import { greet, newSession, turn } from "../../support/stores.ts";
import { taxCodes } from "../../support/tax-code.ts";
import { TODAY } from "../../support/voting.ts";

/** The pages of the vote over HTTP, on a database of their own, on a day on which one votes online. */
export interface SignInStand {
  readonly house: TestHouse;
  readonly database: Database;
  readonly url: string;
  /** Serves them once more, otherwise. @returns their address */
  serve(options: ServeOptions): Promise<string>;
  /** Warnings that were logged. */
  readonly warnings: readonly string[];
  /** Puts somebody on the roll; gives who they are there. */
  enrol(given?: Partial<Resident>): Promise<Resident & { readonly code: string; readonly id: string }>;
  /** Gives a chat a link to the ballot, which lives so many minutes; gives the link's path. */
  link(chat: string, given?: { readonly minutes?: number; readonly language?: string }): Promise<string>;
  /** Who is signed in by what a browser's cookie holds. */
  signedIn(
    token: string | undefined,
  ): Promise<{ readonly voterId: string; readonly route: string } | undefined>;
  /** A codice fiscale that is on no roll. */
  strangersCode(): string;
  close(): Promise<void>;
}

export interface ServeOptions {
  readonly provider?: (url: string) => IdentityProvider;
  readonly rules?: Partial<BallotRules>;
  readonly options?: Partial<VotingOptions>;
}

const BORN = "1949-05-03";

export async function openSignInStand(first: ServeOptions = {}): Promise<SignInStand> {
  const database = await openTestDatabase();
  const house = await openTestHouse(database, { day: TODAY });
  const { edition, words, stores, clock, realNow } = house;
  const { ballotBox, ...voting } = stores.voting;
  const ballot = edition.vote?.ballot;
  if (!ballot) throw new Error("The demonstration holds no vote.");
  const warnings: string[] = [];
  const codes = taxCodes(60, BORN);
  const servers: ServerType[] = [];
  const chats = new Set<string>();
  let links = 0;
  const nextCode = () => codes.pop() ?? "";

  const open = async ({ provider, rules, options }: ServeOptions): Promise<string> => {
    const app = new Hono();
    const server = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" });
    servers.push(server);
    await new Promise<void>((resolve) => server.once("listening", resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    app.route(
      "/",
      votingPages({
        ...{ ...voting, box: ballotBox, edition, words, today: clock.today, now: realNow, secure: false },
        rules: { ...ballot, ...rules },
        provider: provider?.(url),
        codeChannels: ["mail"],
        wrote: () => undefined,
        log: { warn: (details, message) => void warnings.push(`${message} ${JSON.stringify(details)}`) },
        ...options,
      }),
    );
    return url;
  };

  return {
    ...{ house, database, warnings, url: await open(first), serve: open, strangersCode: nextCode },
    async enrol(given = {}) {
      const code = nextCode();
      const resident: Resident = {
        ...{ line: 2, codes: [code], name: "Rosa", surname: `Prova ${code.slice(0, 5)}`, birth: BORN },
        ...{ comune: "podenzano", email: `${code.toLowerCase()}@example.org`, phone: null },
        ...given,
      };
      await stores.desk.roll.bringUpToDate([resident], { removeAbsent: false, dry: false });
      const voter = await voting.roll.byTaxCode(code);
      if (!voter) throw new Error("Whoever was put on the roll is not there.");
      return { ...resident, code, id: voter.id };
    },
    async link(chat, { minutes = 15, language = "it" } = {}) {
      links += 1;
      const token = `${chat}-${links}`.padEnd(43, "x");
      const until = new Date(Date.now() + minutes * 60_000).toISOString();
      const session = newSession({ language });
      const effects = [{ kind: "openBallot", token, until } as const];
      if (chats.has(chat)) await turn(stores, chat, { session, effects });
      else await greet(stores, chat, { session, effects });
      chats.add(chat);
      return `/voto/l/${token}`;
    },
    async signedIn(token) {
      return token === undefined ? undefined : (await voting.sessions.read(token))?.signedIn;
    },
    async close() {
      for (const server of servers) {
        server.close();
        if ("closeAllConnections" in server) server.closeAllConnections();
      }
      await database.close();
    },
  };
}
