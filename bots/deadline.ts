/**
 * Does something that is broken off after so many milliseconds, or when somebody else says so.
 *
 * Not by `AbortSignal.any` over `AbortSignal.timeout`: on Node 20 the garbage collector takes both with whatever
 * waits for nothing else, and what has no answer then waits for minutes.
 *
 * @param until breaks it off as well
 */
export async function within<T>(
  ms: number,
  until: AbortSignal | undefined,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(new DOMException("It took too long", "TimeoutError")), ms);
  const leave = () => controller.abort(until?.reason);
  if (until?.aborted) leave();
  until?.addEventListener("abort", leave, { once: true });
  try {
    return await run(controller.signal);
  } finally {
    clearTimeout(timer);
    until?.removeEventListener("abort", leave);
  }
}
