/** One line for each contender, to be read by people and by programs. */
export function print(bench: string, contender: string, figures: Readonly<Record<string, unknown>>): void {
  console.log(JSON.stringify({ bench, contender, ...figures }));
}

/** The times below which so many per cent of the measured ones lie, in milliseconds. */
export function percentiles(times: readonly number[]): { readonly p50Ms: number; readonly p95Ms: number } {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) => Math.round((sorted[Math.floor(sorted.length * share)] ?? 0) * 10) / 10;
  return { p50Ms: at(0.5), p95Ms: at(0.95) };
}
