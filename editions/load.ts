import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Day } from "../core/edition/calendar.ts";
import { type ParsedEdition, parseEdition } from "../core/edition/parse.ts";

/**
 * Reads an edition's file, and the one beside it that it extends.
 *
 * @param anchor the day that `+0d` stands for in a demonstration
 */
export function loadEdition(file: string, anchor?: Day): ParsedEdition {
  const text = readText(file);
  if (text === undefined) return { ok: false, mistakes: [{ path: "", message: `cannot read ${file}` }] };
  return parseEdition(text, {
    ...(anchor === undefined ? {} : { anchor }),
    read: (base) => readText(resolve(dirname(file), base)),
  });
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
