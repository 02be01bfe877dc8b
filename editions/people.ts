import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { addDays } from "../core/edition/calendar.ts";
import type { Edition } from "../core/edition/schema.ts";

const madeUpPerson = z.strictObject({
  id: z.string(),
  person: z.strictObject({
    name: z.string(),
    surname: z.string(),
    birth: z.iso.date(),
    taxCode: z.string(),
  }),
  /** The id of a Comune of the edition; absent for who lives elsewhere. */
  comune: z.string().optional(),
  /** Days of the online vote that go by before somebody who lives elsewhere may vote. */
  waits: z.int().nonnegative().optional(),
  onRoll: z.boolean().default(true),
  email: z.email().optional(),
  /** E.164. */
  phone: z.string().optional(),
  /** What one finds out by being this person, by language. */
  note: z.record(z.string(), z.string()),
});

/** Somebody who does not exist, and votes in the demonstration. */
export type MadeUpPerson = z.infer<typeof madeUpPerson>;

/** The people of the demonstration. */
export const madeUpPeople = (): readonly MadeUpPerson[] =>
  z.array(madeUpPerson).parse(parse(readFileSync(join(import.meta.dirname, "people/demo.yaml"), "utf8")));

/** Those of them who may vote in an edition, as the roll has them. */
export const madeUpVoters = ({ vote }: Edition) =>
  madeUpPeople()
    .filter(({ onRoll }) => onRoll)
    .map(({ person: { taxCode, ...names }, comune, waits, email, phone }) => ({
      taxCode,
      comune,
      person: { ...names, ...(email !== undefined && { email }), ...(phone !== undefined && { phone }) },
      enabledFrom: waits && vote?.online ? addDays(vote.online.from, waits) : undefined,
    }));
