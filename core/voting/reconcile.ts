import type { Day } from "../edition/calendar.ts";
import type { UrnStatus } from "./ports.ts";
import type { StationSummary } from "./stations.ts";
import { differences, type Tally } from "./tally.ts";

/** Marks against ballots: on paper by booth and day, online at the close. */
export interface Reconciliation {
  readonly booths: readonly {
    readonly station: string;
    readonly day: Day;
    /** People marked there, less those taken back. */
    readonly marks: number;
    /** Slips, where two people counted the same. */
    readonly slips?: number;
  }[];
  /** People marked on paper: by the stations' ledgers, and on the roll. */
  readonly paper: { readonly inLedgers: number; readonly onRoll: number };
  readonly online: { readonly closedOn?: Day; readonly marks: number; readonly envelopes: number };
  readonly differences: readonly Difference[];
}

export type Difference =
  /** As many people as slips were to be found. */
  | {
      readonly kind: "slips";
      readonly station: string;
      readonly day: Day;
      readonly marks: number;
      readonly slips: number;
    }
  /** Nobody, or one person alone, counted the slips. */
  | { readonly kind: "uncounted"; readonly station: string; readonly day: Day; readonly entries: number }
  /** Two people counted differently. */
  | {
      readonly kind: "counts";
      readonly station: string;
      readonly day: Day;
      /** As {@link differences} names them. */
      readonly in: readonly string[];
    }
  | { readonly kind: "paper"; readonly inLedgers: number; readonly onRoll: number }
  | { readonly kind: "online"; readonly marks: number; readonly envelopes: number };

export function reconcile(
  stations: readonly StationSummary[],
  tallies: readonly Tally[],
  urns: Pick<UrnStatus, "closedOn" | "markedOnline" | "markedPaper" | "inSpool" | "inUrn">,
): Reconciliation {
  const found: Difference[] = [];
  const booths = tallies.map(({ station, day, entries, confirmed }) => {
    const marks = stations.find((one) => one.name === station && one.day === day)?.marks ?? 0;
    const [one, other] = entries;
    if (!one || !other) found.push({ kind: "uncounted", station, day, entries: entries.length });
    else if (!confirmed)
      found.push({ kind: "counts", station, day, in: differences(one.count, other.count) });
    else if (confirmed.ballots !== marks) {
      found.push({ kind: "slips", station, day, marks, slips: confirmed.ballots });
    }
    return { station, day, marks, ...(confirmed && { slips: confirmed.ballots }) };
  });
  const paper = {
    inLedgers: stations.reduce((sum, { marks }) => sum + marks, 0),
    onRoll: urns.markedPaper,
  };
  if (paper.inLedgers !== paper.onRoll) found.push({ kind: "paper", ...paper });
  const online = { marks: urns.markedOnline, envelopes: urns.inSpool + urns.inUrn };
  if (online.marks !== online.envelopes) found.push({ kind: "online", ...online });
  const { closedOn } = urns;
  return { booths, paper, online: { ...online, ...(closedOn && { closedOn }) }, differences: found };
}
