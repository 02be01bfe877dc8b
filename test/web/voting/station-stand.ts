import { randomUUID } from "node:crypto";
import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import type { Database } from "../../../prisma/client.ts";
import { createSealer } from "../../../prisma/seal.ts";
import type { Stores } from "../../../prisma/stores.ts";
import { codeColumns, personColumns } from "../../../prisma/voting/voters.ts";
import { ballotPages } from "../../../web/voting/ballot.ts";
import { knowBrowsers } from "../../../web/voting/browser.ts";
import { votingHeaders, votingStyle } from "../../../web/voting/shell.ts";
import { stationPages } from "../../../web/voting/station/index.ts";
import { ballotKey } from "../../support/ballot-key.ts";
import { openTestDatabase } from "../../support/database.ts";
import { STAFF } from "../../support/station.ts";
import { newSecrets, openTestStores } from "../../support/stores.ts";
import { demo, words } from "../../support/talk.ts";

/** Days of the demonstration on which one votes on paper, and online. */
export const PAPER_DAY = "2027-01-20";
export const ONLINE_DAY = "2027-02-10";

/** Somebody on the roll. */
export interface Listed {
  readonly name: string;
  readonly surname: string;
  readonly birth: string;
  readonly comune?: string;
  readonly code?: string;
  readonly enabledFrom?: string;
}

/** The pages of stations and of the ballot, on a database of their own. */
export interface StationStand {
  readonly database: Database;
  readonly stores: Stores;
  readonly app: Hono;
  moveTo(day: string): void;
  /** Opens a station for the day it is. @returns the path of its link, and its PINs */
  open(
    name?: string,
  ): Promise<{ readonly name: string; readonly link: string; readonly pins: readonly string[] }>;
  /** Puts somebody on the roll; gives their id. */
  list(person: Listed): Promise<string>;
  /** Serves the pages; gives their address. */
  serve(): Promise<string>;
  close(): Promise<void>;
}

export async function openStationStand(): Promise<StationStand> {
  const rules = demo.vote?.ballot;
  if (!rules) throw new Error("The demonstration holds no vote.");
  const database = await openTestDatabase();
  const secrets = newSecrets();
  const sealer = createSealer(secrets);
  const stores = await openTestStores(database, secrets);
  const { voting } = stores;
  const project = {
    code: "AAAAAA",
    title: "Wi-Fi",
    summary: "In piazza.",
    cost: 3000,
    challenge: "connessione",
  };
  await database.prisma.ballotBox.create({
    data: { edition: "test", publicKey: ballotKey().publicKey, projects: [project] },
  });
  let today = PAPER_DAY;
  const surroundings = { edition: demo, words, today: () => today, secure: false };
  const app = new Hono();
  app.use(votingHeaders);
  app.get("/voto/voting.css", (c) => c.body(votingStyle, 200, { "content-type": "text/css" }));
  app.route("/", stationPages({ ...surroundings, ...voting }));
  const browsers = knowBrowsers(surroundings, voting.sessions);
  app.route("/", ballotPages({ ...surroundings, ...voting, box: voting.ballotBox, rules, browsers }));
  let stop = async () => {};
  return {
    ...{ database, stores, app },
    moveTo(day) {
      today = day;
    },
    async open(name = randomUUID()) {
      const opened = await voting.stations.open({ name, day: today, staff: STAFF });
      if (opened.kind !== "opened") throw new Error("The station is open already.");
      return { name, link: `/voto/seggio/attiva/${opened.token}`, pins: opened.pins };
    },
    async list({ code, comune, enabledFrom, ...person }) {
      const id = randomUUID();
      await database.prisma.voter.create({
        data: {
          ...personColumns(sealer, "test", id, person),
          comune: comune ?? null,
          enabledFrom: enabledFrom === undefined ? null : new Date(enabledFrom),
        },
      });
      await database.prisma.voterCode.createMany({
        data: codeColumns(sealer, "test", id, code ? [code] : []),
      });
      return id;
    },
    async serve() {
      const server = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" });
      await new Promise<void>((resolve) => server.once("listening", resolve));
      stop = () =>
        new Promise((resolve) => {
          server.close(() => resolve());
          if ("closeAllConnections" in server) server.closeAllConnections();
        });
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    },
    async close() {
      await stop();
      await database.close();
    },
  };
}
