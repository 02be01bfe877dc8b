import { randomUUID } from "node:crypto";
import type { Campaign } from "../../core/campaigns/campaign.ts";
import type { Candidate, Wish } from "../../core/campaigns/fate.ts";
import type { Session } from "../../core/engine/session.ts";
import type { Database } from "../../prisma/client.ts";
import { addressAt, lookupAddress, reminderOf, sessionOf } from "../../prisma/places.ts";
import { createSealer } from "../../prisma/seal.ts";
import type { Secrets } from "../../prisma/secrets.ts";
import type { Stores } from "../../prisma/stores.ts";
import { newSession } from "./stores.ts";

/** A campaign about some wishes, which may go out at any time. */
export const campaignAbout = (
  wishes: readonly string[],
  given: Partial<Campaign["plan"]> = {},
): Campaign => ({
  plan: {
    ...{ wishes: [...wishes], audience: {}, say: { literal: "Una notizia." }, doors: [] },
    ...{ from: "2000-01-01T00:00:00Z", until: "2100-01-01T00:00:00Z" },
    ...given,
  },
  languages: ["it", "en"],
});

/** Somebody as a campaign about some wishes finds them. */
export async function candidateOf(
  { campaigns }: Stores,
  contactId: string,
  wishes: readonly string[],
): Promise<Candidate | undefined> {
  for await (const some of campaigns.everybody("trial", campaignAbout(wishes), new Date())) {
    const found = some.find((one) => one.contactId === contactId);
    if (found) return found.candidate;
  }
  return undefined;
}

export const wishesOf = async (
  stores: Stores,
  contactId: string,
  wishes: readonly string[],
): Promise<readonly Wish[]> => (await candidateOf(stores, contactId, wishes))?.wishes ?? [];

/** Somebody to be put into the store as if they had written before. */
export interface Made {
  readonly name: string;
  readonly channel?: string;
  readonly session?: Partial<Session>;
  readonly wishes?: readonly string[];
  /** When they last wrote; long ago where left out. */
  readonly heardAt?: Date;
  readonly unreachable?: boolean;
  readonly hours?: "ANY" | "MORNING" | "AFTERNOON" | "EVENING";
  readonly comune?: string;
  readonly votedIn?: string;
  /** What is kept of them cannot be read any more. */
  readonly broken?: boolean;
}

/** Puts people into the store, in few statements. @returns their ids by name */
export async function populate(
  { prisma }: Database,
  secrets: Secrets,
  people: readonly Made[],
  edition = "test",
): Promise<ReadonlyMap<string, string>> {
  const sealer = createSealer(secrets);
  const ids = new Map(people.map(({ name }) => [name, randomUUID()]));
  const idOf = ({ name }: Made) => ids.get(name) ?? "";
  await prisma.contact.createMany({
    data: people.map((one) => ({
      id: idOf(one),
      session: one.broken
        ? Buffer.from([1, 2, 3])
        : sealer.seal(sessionOf(idOf(one)), newSession(one.session ?? {})),
      hours: one.hours ?? "ANY",
      comune: one.comune ?? null,
      votedIn: one.votedIn ?? null,
    })),
  });
  await prisma.address.createMany({
    data: people.map((one) => {
      const channel = one.channel ?? "telegram";
      const lookup = lookupAddress(sealer, channel, one.name);
      return {
        ...{ channel, lookup, contactId: idOf(one), sealed: sealer.seal(addressAt(lookup), one.name) },
        heardAt: one.heardAt ?? new Date(0),
        unreachableAt: one.unreachable ? new Date() : null,
      };
    }),
  });
  await prisma.reminder.createMany({
    data: people.flatMap((one) =>
      (one.wishes ?? []).map((phase) => ({
        ...{ contactId: idOf(one), edition, phase, channel: one.channel ?? "telegram" },
        sealed: sealer.seal(reminderOf(idOf(one), edition, phase), one.name),
      })),
    ),
  });
  return ids;
}
