import { z } from "zod";
import { wholeNumber } from "./totals.ts";
import { step } from "./winners.ts";

const totals = {
  /** All of them, blank and null ones included. */
  ballots: wholeNumber,
  blank: wholeNumber,
  null: wholeNumber,
  /** By project. */
  votes: z.record(z.string(), wholeNumber),
};
const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** What the count of a vote comes to: printed offline, and published as it is. */
export const result = z.strictObject({
  edition: z.string(),
  /** The ballot's digest. */
  digest: hash,
  /** Merkle root of the envelopes that were counted: the last one on the board. */
  root: hash,
  /** Whole euros. */
  budget: wholeNumber,
  rule: z.strictObject({
    atTheEdge: z.enum(["skip", "stop"]),
    ties: z.enum(["cheaper", "dearer", "lot"]),
    seed: z.string().optional(),
  }),
  /** Paper and online together. */
  ...totals,
  winners: z.array(z.string()).readonly(),
  spent: wholeNumber,
  left: wholeNumber,
  /** Every project, by votes, with what was decided of it. */
  steps: z.array(step).readonly(),
  /** Where neither of the two tells what few people chose. */
  apart: z.strictObject({ online: z.strictObject(totals), paper: z.strictObject(totals) }).optional(),
  /** Every online ballot that counts, by the code that its voter alone knows: where the edition publishes ballots. */
  checkCodes: z
    .array(
      z.strictObject({ code: z.string().regex(/^[0-9a-f]{16}$/), choices: z.array(z.string()).readonly() }),
    )
    .optional(),
});

export type Result = z.infer<typeof result>;
