import { randomUUID } from "node:crypto";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import type { Arrival } from "../../core/ports.ts";
import type { Channel } from "../channel.ts";
import type { TypedLine } from "./index.ts";

/**
 * Reads lines until the input ends, each once the one before it is answered. On a terminal it shows
 * a prompt; elsewhere a line that is read is printed first, so that what comes out reads as the
 * whole dialogue.
 *
 * @param deliver resolves once everything is answered and the answers are printed
 */
export async function runConsole(options: {
  readonly input: Readable & { readonly isTTY?: boolean };
  readonly output: Writable;
  readonly channel: Pick<Channel<TypedLine>, "parse">;
  readonly person: string;
  readonly language?: string;
  readonly deliver: (arrivals: readonly Arrival[]) => Promise<void>;
}): Promise<void> {
  const { input, output, channel, person, language, deliver } = options;
  const terminal = input.isTTY === true;
  const run = randomUUID();
  const reader = createInterface({ input, ...(terminal && { output }), terminal, prompt: "> " });
  let order = 0;
  if (terminal) reader.prompt();
  for await (const line of reader) {
    const text = line.trim();
    if (text !== "") {
      order += 1;
      if (!terminal) output.write(`> ${text}\n\n`);
      const typed = { person, id: `${run}-${order}`, order, text, ...(language && { language }) };
      await deliver(channel.parse(typed));
    }
    if (terminal) reader.prompt();
  }
}
