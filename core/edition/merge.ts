/** A mapping as YAML gives it. */
export function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Lays one file's content over another's, as a JSON Merge Patch does (RFC 7396: what is written
 * replaces, `null` removes), except that lists whose items have an `id` are matched by it, and an
 * item that only says `remove: true` takes away the one it matches.
 */
export function layOver(base: unknown, patch: unknown): unknown {
  if (isMapping(base) && isMapping(patch)) return layMapping(base, patch);
  if (isListWithIds(base) && isListWithIds(patch)) return layList(base, patch);
  return patch;
}

function layMapping(base: Record<string, unknown>, patch: Record<string, unknown>): Record<string, unknown> {
  const merged = new Map(Object.entries(base));
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) merged.delete(key);
    else merged.set(key, layOver(merged.get(key), value));
  }
  return Object.fromEntries(merged);
}

type Item = Record<string, unknown> & { readonly id: string };

function isListWithIds(value: unknown): value is Item[] {
  return Array.isArray(value) && value.every(hasId);
}

function hasId(item: unknown): boolean {
  if (!isMapping(item)) return false;
  const { id } = item;
  return typeof id === "string";
}

function layList(base: readonly Item[], patch: readonly Item[]): unknown[] {
  const added = patch.filter((item) => !base.some((known) => known.id === item.id));
  const kept = base.map((known) => {
    const over = patch.filter((item) => item.id === known.id);
    return over.reduce<unknown>(layOver, known);
  });
  return [...kept, ...added].filter((item) => !isRemoval(item));
}

const isRemoval = (item: unknown): boolean => isMapping(item) && item["remove"] === true;
