import { outcome } from "./count.ts";
import { createOpener, envelopeId, type Opened } from "./envelope.ts";
import type { ExportFile } from "./export.ts";
import { merkleRoot } from "./merkle.ts";
import type { Result } from "./result.ts";
import { choiceMistake } from "./rules.ts";
import { addUp, type PaperTotals, type Totals, tallyBallots, totalsOnPaper } from "./totals.ts";

/** Under so many ballots, what was chosen on paper and online is told together alone. */
const FEWEST_APART = 20;

/** Envelopes opened at a time. */
const AT_A_TIME = 256;

/**
 * Opens the envelopes and counts them with the paper. What does not open, or holds a choice that the
 * rules do not allow, is a null ballot.
 *
 * @param paper without mistakes
 * @param privateKey PKCS8, of the ballot's key
 * @param seed needed where ties are settled by lot
 */
export async function countEnvelopes(
  { ballot, envelopes }: ExportFile,
  paper: PaperTotals,
  privateKey: Uint8Array<ArrayBuffer>,
  seed?: string,
): Promise<Result> {
  const { edition, digest, budget, projects, rules } = ballot;
  const { atTheEdge, ties, publishBallots } = rules;
  const sealed = envelopes.map((one) => Buffer.from(one, "base64"));
  const opener = await createOpener(privateKey, { digest, projects: projects.length });
  const valid: { readonly code: string; readonly choices: readonly string[] }[] = [];
  for (let at = 0; at < sealed.length; at += AT_A_TIME) {
    const opened = await Promise.all(sealed.slice(at, at + AT_A_TIME).map((one) => opener.open(one)));
    for (const one of opened) {
      const chosen = one && chosenFrom(projects, one);
      if (!chosen || choiceMistake(rules, chosen, budget)) continue;
      valid.push({ code: one.checkCode, choices: chosen.map(({ code }) => code) });
    }
  }
  const ids = projects.map(({ code }) => code);
  const choices = tallyBallots(
    ids,
    valid.map((one) => one.choices),
  ).totals;
  const online: Totals = { ...choices, ballots: sealed.length, null: sealed.length - valid.length };
  const onPaper = addUp(ids, totalsOnPaper(paper));
  const rule = { atTheEdge, ties, ...(seed !== undefined && { seed }) };
  const candidates = projects.map(({ code, cost }) => ({ id: code, cost }));
  // What is told of one tells of the other too, the sum being known.
  const apart = online.ballots >= FEWEST_APART && (onPaper.ballots === 0 || onPaper.ballots >= FEWEST_APART);
  return {
    ...{ edition, digest, root: merkleRoot(sealed.map(envelopeId)), budget, rule },
    ...outcome(candidates, budget, rule, addUp(ids, [online, onPaper])),
    ...(apart && { apart: { online: written(online), paper: written(onPaper) } }),
    ...(apart && publishBallots && { checkCodes: valid.toSorted((a, b) => (a.code < b.code ? -1 : 1)) }),
  };
}

function chosenFrom<T>(projects: readonly T[], { positions }: Opened): readonly T[] {
  return positions.flatMap((position) => projects[position] ?? []);
}

const written = ({ votes, ...totals }: Totals) => ({ ...totals, votes: Object.fromEntries(votes) });
