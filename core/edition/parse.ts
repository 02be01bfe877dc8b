import { type ErrorCode, LineCounter, parseDocument } from "yaml";
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
    error: (issue) => {
      if (issue.code !== "invalid_type") return undefined;
      return issue.input === undefined ? "is missing" : howToWrite[issue.expected];
    },
  });
  const own = parsed.success ? [] : parsed.error.issues.flatMap((issue) => explain(issue));
  const mistakes = isMapping(content) ? [...own, ...crossCheck(content)] : own;
  return parsed.success && mistakes.length === 0
    ? { ok: true, edition: parsed.data }
    : { ok: false, mistakes };
}

/** What to say to who wrote something of another kind. */
const howToWrite: Readonly<Record<string, string>> = {
  string: 'write a text between quotes, "…"',
  array: 'write a list: each item on a line of its own, after "- "; sources between brackets, [patto]',
  object: "write its parts below it, each on a line of its own, two spaces further in",
  boolean: "write true or false",
};

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
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0) {
    const mistakes = document.errors.map(({ code, message, pos: [at] }) => ({
      path: `line ${lines.linePos(at).line}`,
      message: whatToMend[code] ?? message,
    }));
    return { ok: false, mistakes };
  }
  try {
    return { ok: true, content: document.toJS() };
  } catch (error) {
    // Aliases are resolved only here: an unknown one, or too many of them, is the file's mistake.
    if (error instanceof ReferenceError) return mistaken("", error.message);
    throw error;
  }
}

/** What YAML's own words leave in the dark for who does not write it every day. */
const whatToMend: Readonly<Partial<Record<ErrorCode, string>>> = {
  BAD_INDENT:
    "does not begin under the first letter of the lines it goes with: mend its spaces, or a bracket above it",
  BLOCK_AS_IMPLICIT_KEY: 'has a second colon (put the text between quotes, "…"), or too many spaces below it',
  DUPLICATE_KEY: "is there twice: keep one of the two",
  MISSING_CHAR: "has a quote, bracket or brace that is not closed, or a name without its colon",
  MULTILINE_IMPLICIT_KEY: 'has a name without its colon, or a text without its quotes, "…"',
  TAB_AS_INDENT: "begins with a tab: use spaces",
};

function mistaken(path: string, message: string): Whole & { ok: false } {
  return { ok: false, mistakes: [{ path, message }] };
}

const offset = /^([+-]\d{1,4})d( \d\d:\d\d)?$/;

/** Turns `+12d` into the twelfth day after the anchor, wherever it stands; a time of day may follow it. */
function resolveOffsets(value: unknown, anchor: Day): unknown {
  if (typeof value === "string") {
    const [, days, time = ""] = offset.exec(value) ?? [];
    return days === undefined ? value : addDays(anchor, Number(days)) + time;
  }
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
