/** A cell of a table. */
export type Cell = string | number | undefined;

/**
 * Comma-separated values, RFC 4180. Words that a spreadsheet would take for a formula begin with an
 * apostrophe: titles are written by anybody.
 */
export const csv = (header: readonly string[], rows: readonly (readonly Cell[])[]): string =>
  [header, ...rows].map((row) => `${row.map(written).join(",")}\r\n`).join("");

function written(cell: Cell): string {
  if (typeof cell !== "string") return String(cell ?? "");
  const plain = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
