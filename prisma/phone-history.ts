import { z } from "zod";
import type { Context } from "./context.ts";
import type { PhoneDirection } from "./generated/client.ts";
import type { Place } from "./seal.ts";

interface NewEntry {
  /** `in` from the person to the assistant. */
  readonly direction: "in" | "out";
  readonly payload: unknown;
  /** The same key of the same phone is written once. */
  readonly key?: string;
}

interface StoredEntry extends NewEntry {
  readonly id: bigint;
  readonly at: Date;
}

/** What stands on the screens of the demo's phones. */
export interface PhoneHistory {
  /** @returns the new entry's id, or that of the entry which had the key already */
  append(phone: string, entry: NewEntry): Promise<bigint>;
  /** Entries with an id above the given one, oldest first. */
  after(phone: string, id: bigint, limit: number): Promise<readonly StoredEntry[]>;
}

const DIRECTION = { in: "FROM_PERSON", out: "TO_PERSON" } as const;
const FROM: Readonly<Record<PhoneDirection, NewEntry["direction"]>> = { FROM_PERSON: "in", TO_PERSON: "out" };
const placeOf = (phone: string): Place => ({ table: "PhoneMessage", column: "sealed", row: phone });

export function createPhoneHistory({ database: { prisma }, sealer }: Context): PhoneHistory {
  return {
    async append(phone, { direction, payload, key }) {
      const sealed = sealer.seal(placeOf(phone), payload);
      const data = { phone, direction: DIRECTION[direction], sealed };
      if (key === undefined) return (await prisma.phoneMessage.create({ data })).id;
      await prisma.phoneMessage.createMany({ data: { ...data, key }, skipDuplicates: true });
      return (await prisma.phoneMessage.findUniqueOrThrow({ where: { phone_key: { phone, key } } })).id;
    },
    async after(phone, id, limit) {
      const rows = await prisma.phoneMessage.findMany({
        where: { phone, id: { gt: id } },
        orderBy: { id: "asc" },
        take: limit,
      });
      return rows.map(({ id, createdAt, direction, key, sealed }) => ({
        id,
        at: createdAt,
        direction: FROM[direction],
        payload: sealer.open(placeOf(phone), sealed, z.unknown()),
        ...(key === null ? {} : { key }),
      }));
    },
  };
}
