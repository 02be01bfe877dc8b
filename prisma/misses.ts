import { createHash } from "node:crypto";
import type { Misses } from "../core/desk.ts";
import type { Effect } from "../core/effects.ts";
import type { Context } from "./context.ts";
import type { Prisma } from "./generated/client.ts";

/** The most that are kept: whoever makes up sentences by the thousand fills nothing. */
const MOST = 5000;
/** The most that an edition may keep them for. */
const MOST_DAYS = 365;
const DAY_MS = 24 * 60 * 60 * 1000;

/** Short enough to be typed: among some thousands, two alike are not to be expected. */
const idOf = (language: string, text: string): string =>
  createHash("sha256").update(`${language}\n${text}`).digest("hex").slice(0, 8);

/**
 * Counts a sentence that was not understood.
 *
 * Nothing is personal in it (see `core/understanding/impersonal.ts`) and nothing leads from it to anybody: no
 * contact, no time but the day, equal ones are one row. So it is no part of what a person is shown, and
 * stays when they are erased.
 */
export async function noteMiss(
  { edition }: Pick<Context, "edition">,
  tx: Prisma.TransactionClient,
  { language, text, guess, on }: Extract<Effect, { kind: "noteMiss" }>,
): Promise<void> {
  const id = idOf(language, text);
  await tx.$executeRaw`
    INSERT INTO "Miss" AS known (edition, id, language, text, guess, day)
    SELECT ${edition}, ${id}, ${language}, ${text}, ${guess}, ${on}::date
    WHERE (SELECT count(*) FROM "Miss" WHERE edition = ${edition}) < ${MOST}
    ON CONFLICT (edition, id) DO UPDATE
    SET count = known.count + 1, day = greatest(known.day, excluded.day), guess = excluded.guess`;
}

export function createMisses({ database: { prisma }, edition }: Context): Misses {
  return {
    list: (language) =>
      prisma.miss.findMany({
        where: { edition, ...(language && { language }) },
        select: { id: true, language: true, text: true, guess: true, count: true },
        orderBy: [{ count: "desc" }, { id: "asc" }],
        take: MOST,
      }),
    async drop(id) {
      const { count } = await prisma.miss.deleteMany({ where: { edition, id } });
      return count > 0;
    },
    async clear(keepDays, now) {
      const daysAgo = (days: number) => ({ day: { lt: new Date(now.getTime() - days * DAY_MS) } });
      const own = keepDays === undefined ? { edition } : { edition, ...daysAgo(keepDays) };
      // Those of an edition that nobody serves any more go too, as late as any edition may say.
      const { count } = await prisma.miss.deleteMany({ where: { OR: [own, daysAgo(MOST_DAYS)] } });
      // PostgreSQL notes which transaction wrote a row, and it was that of the contact's turn.
      await prisma.$executeRaw`UPDATE "Miss" SET count = count WHERE edition = ${edition}`;
      return count;
    },
  };
}
