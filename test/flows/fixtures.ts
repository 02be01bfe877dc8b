import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { type Transcript, transcript } from "./transcript.ts";

/** Every transcript, with its place. */
export function readTranscripts(): readonly {
  readonly path: string;
  readonly name: string;
  readonly script: Transcript;
}[] {
  const here = import.meta.dirname;
  return readdirSync(here, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".json"))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => ({
      path,
      name: relative(here, path),
      script: transcript.parse(JSON.parse(readFileSync(path, "utf8"))),
    }));
}
