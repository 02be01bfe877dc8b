/**
 * Careful reading of what a platform delivers: it may be anything, and nothing of it may throw.
 */

export type Fields = Readonly<Record<string, unknown>>;

/** An object's fields, or none where it is no object. */
export function fields(value: unknown): Fields {
  return isObject(value) ? value : {};
}

/** A list, or an empty one. */
export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A text, cleaned by {@link plain}; `undefined` where there is none. */
export function text(value: unknown): string | undefined {
  return typeof value === "string" ? plain(value) : undefined;
}

/** A whole number that JavaScript holds exactly. */
export function whole(value: unknown): number | undefined {
  return typeof value === "number" && Number.isSafeInteger(value) ? value : undefined;
}

/** A finite number. */
export function finite(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

/**
 * Takes out what nobody types and no database or terminal likes: control characters other than
 * line feed and tab, halves of characters, and marks that turn the direction of whatever is
 * written after them. The marks that Arabic needs stay.
 */
export function plain(value: string): string {
  return value.replace(/\r\n?/g, "\n").replace(UNWANTED, "");
}

// PostgreSQL refuses U+0000 in texts and lone surrogates in JSON.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it takes out
const UNWANTED = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff\p{Cs}]/gu;

function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
