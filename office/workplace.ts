import type { CampaignDesk } from "../core/campaigns/desk.ts";
import type { Desk } from "../core/desk.ts";
import type { Day } from "../core/edition/calendar.ts";
import type { Edition } from "../core/edition/schema.ts";
import type { BallotBox, StationVotes, Urns } from "../core/voting/ports.ts";
import type { Results } from "../core/voting/published.ts";
import type { Stations } from "../core/voting/stations.ts";
import type { Tallies } from "../core/voting/tally.ts";
import type { Words } from "../core/words.ts";

/** What the office works with; each part of it takes what it needs. */
export interface Workplace {
  readonly desk: Desk;
  readonly campaignDesk: CampaignDesk;
  readonly edition: Edition;
  /** The edition's day. */
  readonly today: () => Day;
  readonly words: Words;
  /** The public address of a page of ours; `undefined` where no page is served. */
  readonly pages: (path: string) => string | undefined;
  readonly ballotBox: BallotBox;
  readonly urns: Urns;
  readonly stations: Stations;
  readonly tallies: Tallies;
  readonly results: Results;
  /** What those are told whose vote was taken at a station. */
  readonly stationVotes: () => StationVotes;
  /** Called when notices were written to the outbox. */
  readonly wrote: () => void;
  /** Told of what went wrong and is no refusal. */
  readonly failed: (error: unknown) => void;
}
