import type { House } from "../assistant.ts";
import type { Notice } from "../core/desk.ts";
import { noticeIn } from "../core/sayable.ts";
import { paperNotice } from "../core/voting/paper-notice.ts";
import { stationVotes } from "../core/voting/station-votes.ts";
import { votesHere } from "../core/voting/window.ts";
import type { Job } from "./recurring.ts";

const MINUTE_MS = 60_000;

/**
 * What the vote needs to be done at its time.
 *
 * @param channels all that there are, by name
 * @param wrote called when notices were written to the outbox
 */
export function votingJobs(
  { stores, edition, clock, words }: House,
  channels: readonly string[],
  wrote: () => void,
): readonly Job[] {
  const rules = edition.vote?.ballot;
  if (!rules) return [];
  const { unfinished, urns, stationNotices } = stores.voting;

  /** Receipts are published of what is mixed, so never before. */
  async function mixAndPublish(): Promise<void> {
    if ((await urns.mix(stationVotes(edition, words, channels))) > 0) wrote();
    await urns.publish(clock.today());
  }

  async function offerToFinish(): Promise<void> {
    if (votesHere(edition, clock.today()) && (await unfinished.offer(unfinishedNotice)) > 0) wrote();
  }

  /** Goes out minutes after the person wrote, when every platform takes any message. */
  const unfinishedNotice: Notice = (language) => {
    const to = { date: edition.vote?.online?.to ?? clock.today() };
    const resume = { opens: "vote", label: { key: "vote.option.resume" } };
    return noticeIn(words, language, {
      notes: [{ key: "vote.unfinished", params: { to } }],
      doors: [resume],
    });
  };

  /** What was done at stations can be undone for a while; then those marked are told, and forgotten there. */
  async function settleStations(minutes: number): Promise<void> {
    const told = await stationNotices.settle(minutes, channels, paperNotice(edition, words));
    if (told > 0) wrote();
  }

  return [
    { name: "mixer and board", everyMs: MINUTE_MS, run: mixAndPublish },
    { name: "unfinished votes", everyMs: MINUTE_MS, run: offerToFinish },
    { name: "stations", everyMs: MINUTE_MS, run: () => settleStations(rules.undoMinutes) },
  ];
}
