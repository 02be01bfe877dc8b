import { ballotDigest, envelopeId } from "../../core/voting/envelope.ts";
import type { ExportFile } from "../../core/voting/export.ts";
import { makeKeys } from "../../guarantors/make.ts";
import { seal } from "../../web/voting/client/seal.js";

type Rules = ExportFile["ballot"]["rules"];

const COSTS = [9000, 10_000, 8000, 3000, 5000, 12_000, 4000, 7000, 6000, 9500, 3500, 10_000];
export const projects = COSTS.map((cost, at) => ({ code: `P${at}`, title: `Progetto ${at}`, cost }));

const made = makeKeys();

/** A vote on twelve projects, under one key for every test of a file. */
export async function newVote(given: Partial<Rules> = {}) {
  const keys = await made;
  const { publicKey } = keys.wrapped;
  const digest = ballotDigest(
    "prova",
    publicKey,
    projects.map(({ code }) => code),
  );
  const rules: Rules = {
    choices: { rule: "upTo", most: 3 },
    blank: true,
    atTheEdge: "skip",
    ties: "cheaper",
    publishBallots: false,
    ...given,
  };
  return {
    keys,
    seal: (positions: readonly number[]) => seal(publicKey, digest, positions),
    /** What leaves the server with these envelopes in the urn. */
    exported: (envelopes: readonly Uint8Array[]): ExportFile => ({
      ballot: { edition: "prova", budget: 25_000, projects, publicKey, digest, rules },
      key: keys.wrapped,
      envelopes: envelopes
        .toSorted((a, b) => (envelopeId(a) < envelopeId(b) ? -1 : 1))
        .map((one) => Buffer.from(one).toString("base64")),
    }),
  };
}

/** Whole ballots as people cast them: none to three projects, some more often than others. */
export function choicesOf(voter: number): readonly number[] {
  const first = (voter * voter) % 12;
  const all = [first, (first + 1 + (voter % 5)) % 12, (first + 7 + (voter % 3)) % 12];
  return [...new Set(all)].slice(0, voter % 4);
}
