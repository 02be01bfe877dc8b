import { generateKeyPairSync } from "node:crypto";
import type { AddressInfo } from "node:net";
import { type ServerType, serve } from "@hono/node-server";
import { Hono } from "hono";
import { compress } from "hono/compress";
import type { BallotRules } from "../../../core/edition/schema.ts";
import { createOpener, type Opener } from "../../../core/voting/envelope.ts";
import type { Ballot, BallotProject, Route } from "../../../core/voting/ports.ts";
import type { Database } from "../../../prisma/client.ts";
import type { Stores } from "../../../prisma/stores.ts";
import { ballotPages } from "../../../web/voting/ballot.ts";
import { knowBrowsers } from "../../../web/voting/browser.ts";
import { votingHeaders, votingStyle } from "../../../web/voting/shell.ts";
import { openTestDatabase } from "../../support/database.ts";
import { greet, newSecrets, openTestStores } from "../../support/stores.ts";
import { demo, words } from "../../support/talk.ts";
import { enrol, type OnTheRoll, TODAY } from "../../support/voting.ts";

/** The pages of the ballot over HTTP, on a database of their own. */
export interface BallotStand {
  readonly database: Database;
  readonly stores: Stores;
  readonly ballot: Ballot;
  /** Has the guarantors' key. */
  readonly opener: Opener;
  /** Puts the edition on another day. */
  moveTo(day: string): void;
  /** Serves the pages with the demonstration's rules, some of them changed. @returns their address */
  serve(changes?: Partial<BallotRules>): Promise<string>;
  /** Puts somebody on the roll and lets them sign in; gives what their browser's cookie holds. */
  signIn(given?: OnTheRoll & { readonly route?: Route; readonly chat?: string }): Promise<string>;
  close(): Promise<void>;
}

/** As many as a ballot may well have; one of them tries to be markup. */
export const PROJECTS: readonly BallotProject[] = demo.proposals.challenges.flatMap(({ id }, n) =>
  [1, 2].map((more) => ({
    code: `QLTV${n}${more}`,
    title: n === 0 && more === 1 ? "Wi-Fi <b>in piazza</b>" : `Progetto numero ${n * 2 + more}`,
    summary: "Un punto di accesso gratuito in ogni piazza, con una persona che aiuta chi non lo sa usare.",
    cost: 3000 + 1000 * n,
    challenge: id,
    ...(more === 1 && { because: "Serve a tutti e cinque i Comuni, e i tecnici lo possono fare." }),
  })),
);

export async function openBallotStand(): Promise<BallotStand> {
  const { online, ballot: rules } = demo.vote ?? {};
  if (!online || !rules) throw new Error("The demonstration holds no vote.");
  const database = await openTestDatabase();
  const secrets = newSecrets();
  const stores = await openTestStores(database, secrets);
  const { voting } = stores;
  const keys = generateKeyPairSync("rsa", {
    modulusLength: 3072,
    publicKeyEncoding: { type: "spki", format: "der" },
    privateKeyEncoding: { type: "pkcs8", format: "der" },
  });
  await database.prisma.ballotBox.create({
    data: {
      edition: "test",
      publicKey: keys.publicKey.toString("base64"),
      projects: PROJECTS.map((project) => ({ ...project })),
    },
  });
  const ballot = await voting.ballotBox.ballot(online.from);
  if (!ballot) throw new Error("The ballot is not there.");

  let today = TODAY;
  const surroundings = { edition: demo, words, today: () => today, secure: false };
  const servers: ServerType[] = [];

  return {
    ...{ database, stores, ballot },
    opener: await createOpener(new Uint8Array(keys.privateKey), {
      digest: ballot.digest,
      projects: PROJECTS.length,
    }),
    moveTo(day) {
      today = day;
    },
    async serve(changes) {
      const app = new Hono();
      app.use(votingHeaders, compress());
      app.get("/voto/voting.css", (c) => c.body(votingStyle, 200, { "content-type": "text/css" }));
      app.route(
        "/",
        ballotPages({
          ...{ ...surroundings, ...voting, box: voting.ballotBox },
          rules: { ...rules, ...changes },
          browsers: knowBrowsers(surroundings, voting.sessions),
        }),
      );
      const server = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" });
      servers.push(server);
      await new Promise<void>((resolve) => server.once("listening", resolve));
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    },
    async signIn({ route = "spid", chat, ...person } = {}) {
      const [voterId = ""] = await enrol(database, secrets, 1, person);
      const contactId = chat === undefined ? undefined : await greet(stores, chat);
      return voting.sessions.signIn(await voting.sessions.begin(contactId), voterId, route);
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
