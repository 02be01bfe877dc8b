import type { Api } from "grammy";

type GrammySignal = NonNullable<Parameters<Api["getMe"]>[0]>;

/**
 * A signal as grammY's types have it. They name the class of the `abort-controller` package; the
 * code takes the platform's own as well and checks for no more than is checked here.
 */
export function grammySignal(signal: AbortSignal): GrammySignal | undefined {
  return isGrammySignal(signal) ? signal : undefined;
}

function isGrammySignal(value: object): value is GrammySignal {
  return "addEventListener" in value && typeof value.addEventListener === "function";
}
