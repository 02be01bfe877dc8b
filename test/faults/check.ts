import { expect } from "vitest";
import { z } from "zod";
import { proponentOf } from "../../prisma/places.ts";
import type { somebody } from "./dialogue.ts";
import type { Installation } from "./installation.ts";

const proponent = z.object({ name: z.string(), surname: z.string(), email: z.string() });

/**
 * Compares what is stored with what people wrote, once no process runs: their proposals, each once
 * with each answer in its field; every message answered, every reply sent.
 */
export async function expectStored(
  installation: Pick<Installation, "open">,
  people: readonly ReturnType<typeof somebody>[],
): Promise<{
  /** Codes of which nobody can tell whether they arrived: these are never sent twice. */
  readonly codesAside: number;
}> {
  const { database, sealer } = await installation.open();
  try {
    const rows = await database.prisma.proposal.findMany();
    const stored = rows.map(({ id, proponent: by, ...row }) => ({
      ...sealer.open(proponentOf(id), by ?? new Uint8Array(), proponent),
      title: row.title,
      need: row.need,
      solution: row.solution,
      reach: row.reach,
      involved: row.involved,
      place: row.place,
      cost: row.cost,
      conflicts: row.conflicts,
      challenge: row.challenge,
    }));
    const written = people.map((person) => ({
      ...person,
      cost: 4000,
      conflicts: "",
      challenge: "competenze",
    }));
    expect(stored.sort(byEmail)).toEqual(written.sort(byEmail));
    expect(await database.prisma.inbox.count({ where: { state: { not: "DONE" } } })).toBe(0);
    const unsent = await database.prisma.outbox.findMany({ where: { state: { not: "SENT" } } });
    expect(unsent.filter(({ kind, state }) => kind === "REPLY" || state !== "UNCERTAIN")).toEqual([]);
    return { codesAside: unsent.length };
  } finally {
    await database.close();
  }
}

interface Reachable {
  readonly email: string;
}

const byEmail = (one: Reachable, other: Reachable): number => one.email.localeCompare(other.email);
