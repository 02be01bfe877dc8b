import type { Channel } from "../../bots/channel.ts";
import type { Message } from "../../core/engine/message.ts";

/**
 * A channel that keeps what it is given to send, in order, and tells who waits for it. A recording's id
 * has its sound in it: `said:ciao`.
 */
export interface Recorder extends Channel<never, Message> {
  readonly sent: readonly { readonly address: string; readonly message: Message }[];
  /** Resolves with the next message that nobody has taken yet for that address. */
  next(address: string): Promise<Message>;
  /** What has been sent to that address and nobody has taken. */
  untaken(address: string): number;
}

export function createRecorder(name: string, limits: Partial<Channel["limits"]> = {}): Recorder {
  const sent: { address: string; message: Message }[] = [];
  const untaken = new Map<string, Message[]>();
  const waiting = new Map<string, (message: Message) => void>();
  return {
    name,
    limits: {
      text: 4096,
      textWithChoices: 4096,
      caption: 1024,
      label: 64,
      data: 64,
      choices: 100,
      ...limits,
    },
    pace: { perSecond: Number.POSITIVE_INFINITY, perAddressMs: 0 },
    sent,
    parse: () => [],
    render: (message) => [message],
    fetchRecording: async ({ file }) => ({ kind: "fetched", bytes: Buffer.from(file.replace(/^said:/, "")) }),
    opening: (payload) => `https://chat.example.org/?start=${payload}`,
    async send(address, message) {
      sent.push({ address, message });
      const waiter = waiting.get(address);
      waiting.delete(address);
      if (waiter) waiter(message);
      else untaken.set(address, [...(untaken.get(address) ?? []), message]);
      return { kind: "sent", id: String(sent.length) };
    },
    next(address) {
      const [first, ...rest] = untaken.get(address) ?? [];
      untaken.set(address, rest);
      return first ? Promise.resolve(first) : new Promise((resolve) => waiting.set(address, resolve));
    },
    untaken: (address) => untaken.get(address)?.length ?? 0,
  };
}
