import { parseDocument } from "yaml";
import { z } from "zod";
import { addDays, type Day } from "./calendar.ts";
import { crossCheck, type Mistake } from "./checks.ts";
import { isMapping, layOver } from "./merge.ts";
import { type Edition, edition } from "./schema.ts";

export type ParsedEdition =
  | { readonly ok: true; readonly edition: Edition }
  | { readonly ok: false; readonly mistakes: readonly Mistake[] };

export interface ParseOptions {
  /** The day that `+0d` stands for in a demonstration. */
  readonly anchor?: Day;
  /** Gives the text of the file that this one `extends`, `undefined` where there is none. */
  readonly read?: (file: string) => string | undefined;
}

/** Reads an edition's file; every mistake of it is listed, not just the first. */
export function parseEdition(text: string, options: ParseOptions = {}): ParsedEdition {
  const whole = readWhole(text, options.read);
  if (!whole.ok) return whole;

  const { anchor } = options;
  const content =
    anchor === undefined || !isDemo(whole.content) ? whole.content : resolveOffsets(whole.content, anchor);
  const parsed = edition.safeParse(content, {
    error: (issue) => (issue.code === "invalid_type" && issue.input === undefined ? "is missing" : undefined),
  });
  const own = parsed.success ? [] : parsed.error.issues.flatMap((issue) => explain(issue));
  const mistakes = isMapping(content) ? [...own, ...crossCheck(content)] : own;
  return parsed.success && mistakes.length === 0
    ? { ok: true, edition: parsed.data }
    : { ok: false, mistakes };
}

function isDemo(content: unknown): boolean {
  return z.object({ demo: z.literal(true) }).safeParse(content).success;
}

type Whole =
  | { readonly ok: true; readonly content: unknown }
  | { readonly ok: false; readonly mistakes: readonly Mistake[] };

/** The content of a file laid over that of the file it extends, which extends none itself. */
function readWhole(text: string, read: ParseOptions["read"]): Whole {
  const own = readYaml(text);
  if (!own.ok || !isMapping(own.content)) return own;
  const { extends: name, ...patch } = own.content;
  if (name === undefined) return own;

  const baseText = typeof name === "string" ? read?.(name) : undefined;
  if (baseText === undefined) return mistaken("extends", `cannot read the file ${String(name)}`);

  const base = readYaml(baseText);
  if (!base.ok) return mistaken("extends", `${name} is not YAML: run the check on it`);
  if (isMapping(base.content) && Object.hasOwn(base.content, "extends")) {
    return mistaken("extends", `${name} extends a file itself: extend that one`);
  }
  return { ok: true, content: layOver(base.content, patch) };
}

function readYaml(text: string): Whole {
  const document = parseDocument(text);
  if (document.errors.length > 0) {
    return { ok: false, mistakes: document.errors.map(({ message }) => ({ path: "", message })) };
  }
  try {
    return { ok: true, content: document.toJS() };
  } catch (error) {
    // Aliases are resolved only here: an unknown one, or too many of them, is the file's mistake.
    if (error instanceof ReferenceError) return mistaken("", error.message);
    throw error;
  }
}

function mistaken(path: string, message: string): Whole & { ok: false } {
  return { ok: false, mistakes: [{ path, message }] };
}

const offset = /^[+-]\d{1,4}d$/;

/** Turns `+12d` into the twelfth day after the anchor, wherever it stands. */
function resolveOffsets(value: unknown, anchor: Day): unknown {
  if (typeof value === "string")
    return offset.test(value) ? addDays(anchor, Number.parseInt(value, 10)) : value;
  if (Array.isArray(value)) return value.map((item) => resolveOffsets(item, anchor));
  if (!isMapping(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolveOffsets(item, anchor)]));
}

function explain(issue: z.core.$ZodIssue, above: readonly PropertyKey[] = []): Mistake[] {
  const path = [...above, ...issue.path];
  const name = (keys: readonly PropertyKey[]) => keys.map(String).join(".");
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      path: name([...path, key]),
      // Without quotes, a comma between braces ends a text and what follows becomes a name.
      message: /\s/.test(key)
        ? 'is not known: put the text that it belongs to between quotes, "…"'
        : "is not known: is it misspelt?",
    }));
  }
  if (issue.code === "invalid_key") {
    return issue.issues.map(({ message }) => ({ path: name(path), message }));
  }
  // Of several shapes, the one that failed deep inside is the one that was meant.
  const meant =
    issue.code === "invalid_union" ? issue.errors.find((branch) => branch[0]?.path.length) : undefined;
  if (meant !== undefined) return meant.flatMap((inner) => explain(inner, path));
  return [{ path: name(path), message: issue.message }];
}
