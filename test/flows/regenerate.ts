import { writeFileSync } from "node:fs";
import { openTestDatabase } from "../support/database.ts";
import { readTranscripts } from "./fixtures.ts";
import { play } from "./transcript.ts";

// Plays every transcript again and writes down how it went: the difference is to be read, not trusted.
const database = await openTestDatabase();
for (const { path, name, script } of readTranscripts()) {
  const played = JSON.stringify(await play(database, script), null, 2);
  const changed = played !== JSON.stringify(script, null, 2);
  if (changed) writeFileSync(path, `${played}\n`);
  console.log(`${changed ? "changed" : "as before"} ${name}`);
}
await database.close();
