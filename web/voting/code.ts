import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Hono } from "hono";

/** A file of the code that browsers run on the pages of the vote. */
export interface CodeFile {
  readonly name: string;
  /** Hex. */
  readonly sha256: string;
}

const FOLDER = join(import.meta.dirname, "client");
const files = readdirSync(FOLDER)
  .filter((name) => name.endsWith(".js"))
  .sort()
  .map((name) => ({ name, body: readFileSync(join(FOLDER, name), "utf8") }));

/**
 * What `/dati` publishes, so that anybody can tell whether the server gives out other code than
 * that of this repository.
 */
export const votingCode: readonly CodeFile[] = files.map(({ name, body }) => ({
  name,
  sha256: createHash("sha256").update(body).digest("hex"),
}));

/** Modules import each other by name: one address for all of them, which changes when any of them does. */
const version = createHash("sha256").update(JSON.stringify(votingCode)).digest("hex").slice(0, 16);

/** Where a page finds one of the files. */
export const votingScript = (name: string): string => `/voto/codice/${version}/${name}`;

/** Serves the files. */
export function votingCodePages(): Hono {
  const app = new Hono();
  for (const { name, body } of files)
    app.get(votingScript(name), (c) =>
      c.body(body, 200, {
        "content-type": "text/javascript; charset=utf-8",
        "cache-control": "public, max-age=31536000, immutable",
      }),
    );
  return app;
}
