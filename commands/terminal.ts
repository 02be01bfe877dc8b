const moment = new Intl.DateTimeFormat("sv-SE", {
  dateStyle: "short",
  timeStyle: "short",
  timeZone: "Europe/Rome",
});

/** `2026-11-22 09:30`, by the clocks of Italy. */
export const when = (time: Date): string => moment.format(time);

const WIDEST = 60;

/** Rows in columns; long cells and further lines are cut. */
export function table(rows: readonly (readonly string[])[]): string {
  const cells = rows.map((row) => row.map(brief));
  const widths = (cells[0] ?? []).map((_, column) =>
    Math.max(...cells.map((row) => row[column]?.length ?? 0)),
  );
  return cells
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

function brief(text: string): string {
  const line = text.replace(/\s+/g, " ");
  return line.length <= WIDEST ? line : `${[...line].slice(0, WIDEST - 1).join("")}…`;
}

export const indented = (text: string): string => text.replace(/^/gm, "  ");
