import type { z } from "zod";
import type { Database } from "./client.ts";
import type { Prisma } from "./generated/client.ts";

/** What an installation remembers about itself: small values under a name, none of them personal. */
export interface Settings {
  /** @throws {z.ZodError} where what is stored is no longer of that shape */
  get<T>(key: string, schema: z.ZodType<T>): Promise<T | undefined>;
  set(key: string, value: Prisma.InputJsonValue): Promise<void>;
  /** Sets a value that was never set, and gives the one that counts: of several processes that start, one decides. */
  getOrSet<T>(key: string, schema: z.ZodType<T>, value: Prisma.InputJsonValue): Promise<T>;
}

export function createSettings({ prisma }: Pick<Database, "prisma">): Settings {
  return {
    async get(key, schema) {
      const row = await prisma.setting.findUnique({ where: { key } });
      return row === null ? undefined : schema.parse(row.value);
    },
    async set(key, value) {
      await prisma.setting.upsert({ where: { key }, create: { key, value }, update: { value } });
    },
    async getOrSet(key, schema, value) {
      await prisma.setting.createMany({ data: { key, value }, skipDuplicates: true });
      const row = await prisma.setting.findUniqueOrThrow({ where: { key } });
      return schema.parse(row.value);
    },
  };
}
