import type { Inbox } from "../../core/ports.ts";
import type { Channel, Makers } from "../channel.ts";
import type { Codec } from "../codec.ts";
import { type Happened, happened, type PhoneStyle, phoneAction, phoneOwner, phoneStyle } from "./action.ts";
import { createBell } from "./bell.ts";
import { soundOf, telegramUpdate, whatsappWebhook } from "./deliveries.ts";
import type { PhoneEntry, PhoneHistory, StoredPhoneEntry } from "./history.ts";
import { createSounds } from "./sounds.ts";

export type { PhoneHistory } from "./history.ts";

/** The real channels' codecs, for each look its own. */
export type Codecs = Readonly<Record<PhoneStyle, Codec>>;

const DELIVERY = { telegram: telegramUpdate, whatsapp: whatsappWebhook } as const;
const NAME = { telegram: "phone-telegram", whatsapp: "phone-whatsapp" } as const;
const PAGE = 200;
type MadeFile = Awaited<ReturnType<Makers[keyof Makers]>>;

/** An entry with the name of the document that it carries, or what its picture shows. */
export type ShownEntry = PhoneEntry & { readonly document?: string; readonly picture?: string };

/** The simulated phones: two channels for the assistant, and what the page asks of them. */
export interface Phones {
  readonly channels: readonly Channel<Happened>[];
  /**
   * Stores what a person did and hands it to the assistant. To be repeated until it resolves:
   * the action's key sees that it has one effect.
   *
   * @throws ZodError where they are nothing that a phone could do
   */
  act(style: string, owner: unknown, action: unknown): Promise<bigint>;
  /** Takes the sound of a voice note, which is an action with this key that comes next. */
  takeSound(phone: string, key: string, sound: Uint8Array): void;
  /**
   * Everything on a phone's screen after an entry, then whatever is added, until the signal
   * aborts; `null` now and then while nothing happens, so that a closed line is noticed.
   */
  follow(style: string, phone: string, after: bigint, signal: AbortSignal): AsyncGenerator<ShownEntry | null>;
  /** Makes the document that came with an entry; `null` where none did. */
  document(style: string, phone: string, entry: bigint): Promise<MadeFile | null>;
  /** Draws the picture that came with an entry; `null` where none did. */
  picture(style: string, phone: string, entry: bigint): Promise<MadeFile | null>;
}

/**
 * Sets up the simulated phones on the real channels' own `parse` and `render`.
 *
 * @param beatMs how long a silent {@link Phones.follow} waits before it says so. It also looks
 *   into the store then, for what another process may have sent
 */
export function createPhones(
  options: Makers & {
    readonly codecs: Codecs;
    readonly history: PhoneHistory;
    readonly inbox: Inbox;
    /** The address of the page that the phones are on. */
    readonly page: () => string | undefined;
    readonly beatMs?: number;
  },
): Phones {
  const { codecs, history, inbox, page, makeDocument, drawPicture, beatMs = 5000 } = options;
  const bell = createBell();
  const sounds = createSounds();

  const channel = (style: PhoneStyle): Channel<Happened> => ({
    name: NAME[style],
    limits: codecs[style].limits,
    // Nothing is gained by making a visitor wait as the platforms would.
    pace: { perSecond: Number.POSITIVE_INFINITY, perAddressMs: 0 },
    parse(delivery) {
      const { data } = happened.safeParse(delivery);
      const arrivals = data ? codecs[style].parse(DELIVERY[style](data)) : [];
      return arrivals.map((arrival) => ({
        ...arrival,
        channel: NAME[style],
        address: data?.owner.phone ?? "",
        order: Number(data?.id),
      }));
    },
    render: codecs[style].render,
    opening(payload, said) {
      const base = page();
      const query = new URLSearchParams(style === "telegram" ? { start: payload } : { text: said });
      return base && `${base}?${query}`;
    },
    fetchRecording: sounds.fetch,
    async send(address, payload) {
      try {
        const id = await history.append(lineOf(style, address), { direction: "out", payload });
        bell.ring(lineOf(style, address));
        return { kind: "sent", id: String(id) };
      } catch (error) {
        return { kind: "later", reason: error instanceof Error ? error.message : String(error) };
      }
    },
  });
  /** An entry that the assistant sent; `undefined` where it did not. */
  async function sentAs(style: PhoneStyle, phone: string, id: bigint): Promise<StoredPhoneEntry | undefined> {
    const [entry] = await history.after(lineOf(style, phone), id - 1n, 1);
    return entry?.id === id && entry.direction === "out" ? entry : undefined;
  }

  const channels = { telegram: channel("telegram"), whatsapp: channel("whatsapp") };

  return {
    channels: [channels.telegram, channels.whatsapp],

    async act(asked, from, done) {
      const style = phoneStyle.parse(asked);
      const owner = phoneOwner.parse(from);
      const action = phoneAction.parse(done);
      const line = lineOf(style, owner.phone);
      const id = await history.append(line, { direction: "in", payload: action, key: action.key });
      bell.ring(line);
      const [entry] = await history.after(line, id - 1n, 1);
      await inbox.receive(channels[style].parse({ id, at: entry?.at ?? new Date(), owner, action }));
      return id;
    },

    takeSound: (phone, key, sound) => sounds.keep(soundOf(phone, key), sound),

    async *follow(asked, phone, after, signal) {
      const style = phoneStyle.parse(asked);
      const line = lineOf(style, phone);
      let last = after;
      while (!signal.aborted) {
        const rings = bell.rings();
        const entries = await history.after(line, last, PAGE);
        for (const entry of entries) {
          last = entry.id;
          yield readEntry(entry, codecs[style]);
        }
        if (entries.length === 0 && !(await bell.wait(line, rings, beatMs, signal))) yield null;
      }
    },

    async document(asked, phone, id) {
      const style = phoneStyle.parse(asked);
      const sent = await sentAs(style, phone, id);
      const request = sent && codecs[style].documentOf(sent.payload);
      return request ? makeDocument(request) : null;
    },

    async picture(asked, phone, id) {
      const style = phoneStyle.parse(asked);
      const sent = await sentAs(style, phone, id);
      const request = sent && codecs[style].pictureOf(sent.payload);
      return request ? drawPicture(request) : null;
    },
  };
}

const lineOf = (style: PhoneStyle, phone: string) => `${style}/${phone}`;

function readEntry({ id, at, direction, payload }: StoredPhoneEntry, codec: Codec): ShownEntry {
  if (direction === "in") return { id, at, direction, payload: phoneAction.parse(payload) };
  const document = codec.documentOf(payload)?.fileName;
  const picture = codec.pictureOf(payload)?.alt;
  return {
    ...{ id, at, direction, payload },
    ...(document !== undefined && { document }),
    ...(picture !== undefined && { picture }),
  };
}
