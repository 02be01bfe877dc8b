import { z } from "zod";
import { type Edition, edition } from "../edition/schema.ts";
import { otherwise } from "../edition/values.ts";
import { ballotDigest, envelopeId, MOST_PROJECTS } from "./envelope.ts";
import { type WrappedKey, wrappedKey } from "./guarantors-key.ts";
import type { Ballot } from "./ports.ts";
import { wholeNumber } from "./totals.ts";

/*
 * What leaves the server at the close, for a machine that is offline: the ballot, its rules and the
 * envelopes, sorted by their hash. It says nothing about who voted.
 */

const rules = edition.shape.vote
  .unwrap()
  .shape.ballot.unwrap()
  .pick({ choices: true, blank: true, atTheEdge: true, ties: true, publishBallots: true });

const ballot = z.strictObject({
  edition: z.string(),
  /** Whole euros. */
  budget: wholeNumber,
  /** In the order of their bits. */
  projects: z
    .array(z.strictObject({ code: z.string(), title: z.string(), cost: wholeNumber }))
    .max(MOST_PROJECTS),
  publicKey: z.string(),
  digest: z.string(),
  rules,
});

const base64 = z
  .string(otherwise("write an envelope in base64"))
  .regex(/^[A-Za-z0-9+/]*={0,2}$/, "write an envelope in base64");

/** The file that `npm run count -- --envelopes` takes. */
export const exportFile = z
  .strictObject({
    ballot,
    /** Where the server has it, as in a demonstration; else the guarantors bring it. */
    key: wrappedKey.optional(),
    envelopes: z.array(base64),
  })
  .check(({ value, issues }) => {
    const { edition: id, publicKey, projects, digest } = value.ballot;
    const wrong = (path: (string | number)[], message: string) =>
      issues.push({ code: "custom", path, message, input: value });
    const codes = projects.map(({ code }) => code);
    if (digest !== ballotDigest(id, publicKey, codes)) {
      wrong(["ballot", "digest"], "is not that of edition, key and projects: the file was altered");
    }
    if (value.key && value.key.publicKey !== publicKey) {
      wrong(["key", "publicKey"], "is not the ballot's");
    }
    const ids = value.envelopes.map((one) => envelopeId(Buffer.from(one, "base64")));
    for (const [at, one] of ids.entries()) {
      const before = ids[at - 1];
      if (before === one) wrong(["envelopes", at], "is there twice");
      else if (before && before > one)
        wrong(["envelopes", at], "comes before its turn: they are sorted by hash");
    }
  });

export type ExportFile = z.infer<typeof exportFile>;

/**
 * @param envelopes sorted by their hash
 * @param key where the server has it
 */
export function exportOf(
  { budget, vote }: Edition,
  { edition: id, projects, publicKey, digest }: Ballot,
  envelopes: readonly Uint8Array[],
  key?: WrappedKey,
): ExportFile {
  if (!budget || !vote?.ballot) throw new Error("This edition has no vote to export.");
  return {
    ballot: {
      edition: id,
      budget: budget.amount,
      projects: projects.map(({ code, title, cost }) => ({ code, title, cost })),
      publicKey,
      digest,
      rules: rules.strip().parse(vote.ballot),
    },
    ...(key && { key }),
    envelopes: envelopes.map((one) => Buffer.from(one).toString("base64")),
  };
}
