import { expect } from "vitest";
import { envelopeId } from "../../core/voting/envelope.ts";
import { exportFile } from "../../core/voting/export.ts";
import { merkleRoot } from "../../core/voting/merkle.ts";
import { result } from "../../core/voting/result.ts";
import { countEnvelopes } from "../../core/voting/sealed-count.ts";
import { unlock } from "../../core/voting/unlock.ts";
import { choicesOf, newVote, projects } from "./sealed-vote.ts";

/** So many people vote; the guarantors open the envelopes with every pair of shares. */
export async function countWhole(people: number): Promise<void> {
  const vote = await newVote({ publishBallots: true });
  const cast = await Promise.all(
    Array.from({ length: people }, async (_, voter) => {
      const positions = choicesOf(voter);
      return { positions, ...(await vote.seal(positions)) };
    }),
  );
  const votes = Object.fromEntries(
    projects.map(({ code }, at) => [code, cast.filter(({ positions }) => positions.includes(at)).length]),
  );
  const junk = [crypto.getRandomValues(new Uint8Array(384)), new Uint8Array(383), new Uint8Array(0)];
  const sent = [...cast.map(({ envelope }) => envelope), ...junk];
  const file = exportFile.parse(JSON.parse(JSON.stringify(vote.exported(sent))));

  const [one = "", two = "", three = ""] = vote.keys.shares;
  for (const alone of [one, two, three]) expect((await unlock(vote.keys.wrapped, [alone])).ok).toBe(false);
  const [first, ...others] = await Promise.all(
    [
      [one, two],
      [two, three],
      [three, one],
    ].map(async (pair) => {
      const unlocked = await unlock(vote.keys.wrapped, pair);
      if (!unlocked.ok) throw new Error(unlocked.mistake.kind);
      return countEnvelopes(file, [], unlocked.privateKey);
    }),
  );
  for (const other of others) expect(other).toEqual(first);

  const counted = result.parse(JSON.parse(JSON.stringify(first)));
  expect(counted.votes).toEqual(votes);
  expect(counted.ballots).toBe(people + junk.length);
  expect(counted.null).toBe(junk.length);
  expect(counted.blank).toBe(cast.filter(({ positions }) => positions.length === 0).length);
  expect(counted.root).toBe(merkleRoot(sent.map(envelopeId)));
  const list = new Map(counted.checkCodes?.map(({ code, choices }) => [code, choices]));
  expect(list.size).toBe(people);
  for (const { checkCode, positions } of cast) {
    const chosen = positions.toSorted((a, b) => a - b).map((at) => projects[at]?.code);
    expect(list.get(checkCode)).toEqual(chosen);
  }
}
