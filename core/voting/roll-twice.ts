import { normal } from "../understanding/normal.ts";
import type { Resident } from "./roll-keeping.ts";
import type { BadRow, FlaggedRow } from "./roll-row.ts";

/**
 * Finds rows that are about one person, or may be. One that says the same as another is passed over.
 * Of those that share a codice fiscale nobody can tell whose it is: none is taken. Who has no
 * codice fiscale must not have the names and the day of birth of somebody else, or one person could
 * vote twice.
 */
export function tellApart(rows: readonly Resident[]): {
  readonly residents: readonly Resident[];
  readonly bad: readonly BadRow[];
  readonly flags: readonly FlaggedRow[];
} {
  const first = new Map(rows.toReversed().map((row) => [contentOf(row), row.line]));
  const [once, repeated] = parted(rows, (row) => first.get(contentOf(row)) === row.line);
  const byCode = grouped(once.flatMap((row) => row.codes.map((code) => [code, row] as const)));
  const byPerson = grouped(once.map((row) => [personOf(row), row] as const));
  const problemsOf = (row: Resident) => {
    const other = ({ line }: Resident) => line !== row.line;
    const code = row.codes.flatMap((one) => byCode.get(one) ?? []).find(other);
    const person = row.codes.length === 0 ? byPerson.get(personOf(row))?.find(other) : undefined;
    return [
      ...(code ? [{ kind: "sameCode", line: code.line } as const] : []),
      ...(person ? [{ kind: "samePerson", line: person.line } as const] : []),
    ];
  };
  const judged = once.map((row) => ({ row, problems: problemsOf(row) }));
  const [good, bad] = parted(judged, ({ problems }) => problems.length === 0);
  return {
    residents: good.map(({ row }) => row),
    bad: bad.map(({ row: { line }, problems }) => ({ line, problems })),
    flags: repeated.map(({ line }) => ({ line, flag: "repeated" })),
  };
}

const contentOf = ({ line: _, ...row }: Resident): string => JSON.stringify(row);

const personOf = ({ name, surname, birth }: Resident): string =>
  JSON.stringify([normal(name), normal(surname), birth]);

function parted<T>(all: readonly T[], is: (one: T) => boolean): readonly [readonly T[], readonly T[]] {
  return [all.filter(is), all.filter((one) => !is(one))];
}

function grouped<T>(pairs: readonly (readonly [string, T])[]): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const [key, value] of pairs) {
    const group = groups.get(key);
    if (group) group.push(value);
    else groups.set(key, [value]);
  }
  return groups;
}
