import fc from "fast-check";

/** Well-formed deliveries with one part of them replaced by something else. */
export function bent(samples: readonly unknown[]): fc.Arbitrary<unknown> {
  const paths = samples.flatMap((sample) => pathsOf(sample).map((path) => ({ sample, path })));
  const other = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom(undefined, null, Number.NaN, -1, "\u0000\ud800", [], {}),
  );
  return fc
    .tuple(fc.constantFrom(...paths), other)
    .map(([{ sample, path }, value]) => replaced(sample, path, value));
}

type Path = readonly string[];

function pathsOf(value: unknown): Path[] {
  if (typeof value !== "object" || value === null) return [[]];
  return [
    [],
    ...Object.entries(value).flatMap(([key, inner]) => pathsOf(inner).map((rest) => [key, ...rest])),
  ];
}

function replaced(value: unknown, [key, ...rest]: Path, by: unknown): unknown {
  if (key === undefined) return by;
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([name, inner]) =>
    name === key ? ([name, replaced(inner, rest, by)] as const) : ([name, inner] as const),
  );
  return Array.isArray(value) ? entries.map(([, inner]) => inner) : Object.fromEntries(entries);
}
