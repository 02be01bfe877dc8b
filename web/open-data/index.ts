import { Hono, type Context as Request } from "hono";
import { compress } from "hono/compress";
import { pabulib } from "../../core/voting/pabulib.ts";
import type { BallotProject, Board } from "../../core/voting/ports.ts";
import type { Results } from "../../core/voting/published.ts";
import { type Surroundings, votingHeaders } from "../voting/shell.ts";
import { csv } from "./csv.ts";
import { contentsPage, resultsPage } from "./pages.ts";

/** What the open data is made of. */
export interface OpenData extends Surroundings {
  /** Those on the ballot; before it is fixed, those admitted so far. */
  readonly projects: () => Promise<readonly BallotProject[]>;
  readonly board: () => Promise<Board>;
  /** Under which receipts are signed, SPKI in base64. */
  readonly receiptKey: () => Promise<string>;
  readonly results: Results;
  /** The files that make up the pages of the vote, with their SHA-256 in hex. */
  readonly code: readonly { readonly name: string; readonly sha256: string }[];
}

/** What anybody may take and check, under `/dati`: projects, receipts, results. */
export function openData(options: OpenData): Hono {
  const { edition, today, projects, board, receiptKey, results, code } = options;
  const id = edition.id;
  const app = new Hono();
  app.use("/dati", votingHeaders, compress());
  app.use("/dati/*", votingHeaders, compress());
  app.use("/dati/*", async (c, next) => {
    await next();
    // Data that anybody may use anywhere, from any page.
    if (c.res.ok) c.res.headers.set("access-control-allow-origin", "*");
  });

  app.get("/dati", (c) => contentsPage(c, options));

  app.get("/dati/progetti.json", async (c) =>
    c.json({ edition: id, on: today(), projects: await projects() }),
  );
  app.get("/dati/progetti.csv", async (c) =>
    table(
      c,
      ["code", "title", "cost", "challenge", "summary", "because"],
      (await projects()).map((one) => [
        ...[one.code, one.title, one.cost, one.challenge, one.summary],
        one.because,
      ]),
    ),
  );

  app.get("/dati/ricevute.json", async (c) =>
    c.json({ edition: id, key: await receiptKey(), ...(await board()) }),
  );
  app.get("/dati/ricevute.csv", async (c) =>
    table(
      c,
      ["receipt"],
      (await board()).receipts.map((receipt) => [receipt]),
    ),
  );

  app.get("/dati/risultati", async (c) => resultsPage(c, options, await results.read()));
  app.get("/dati/risultati.json", async (c) => {
    const published = await results.read();
    return published ? c.json({ edition: id, ...published }) : c.json({ edition: id, result: null });
  });
  app.get("/dati/risultati.csv", async (c) => {
    const published = await results.read();
    const titles = new Map(published?.projects.map((one) => [one.code, one.title]));
    return table(
      c,
      ["code", "title", "votes", "cost", "decision", "why", "left"],
      (published?.result.steps ?? []).map((step) => [
        ...[step.id, titles.get(step.id), step.votes, step.cost, step.decision, step.why, step.left],
      ]),
    );
  });

  app.get("/dati/bilancio.pb", async (c) => {
    const published = await results.read();
    if (!published) return c.redirect("/dati/risultati");
    return c.body(pabulib(edition, published), 200, { "content-type": "text/plain; charset=utf-8" });
  });

  app.get("/dati/pagine.json", (c) => c.json({ edition: id, code }));
  return app;
}

function table(c: Request, header: readonly string[], rows: Parameters<typeof csv>[1]) {
  return c.body(csv(header, rows), 200, { "content-type": "text/csv; charset=utf-8; header=present" });
}
