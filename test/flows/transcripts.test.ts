import { afterAll, beforeAll, expect, it } from "vitest";
import type { Database } from "../../prisma/client.ts";
import { openTestDatabase } from "../support/database.ts";
import { readTranscripts } from "./fixtures.ts";
import { play } from "./transcript.ts";

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

// Where the conversation was changed on purpose: `npm run transcripts`, and read the difference.
it.each(readTranscripts())("goes as in $name", async ({ script }) => {
  expect(await play(database, script)).toEqual(script);
});
