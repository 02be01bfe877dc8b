import type { House } from "./assistant.ts";
import { DOOR } from "./core/compose.ts";
import type { Notice } from "./core/desk.ts";
import { votesHere } from "./core/voting/window.ts";
import type { Job } from "./jobs.ts";

const MINUTE_MS = 60_000;

/**
 * What the vote needs to be done at its time.
 *
 * @param wrote called when notices were written to the outbox
 */
export function votingJobs({ stores, edition, clock, words }: House, wrote: () => void): readonly Job[] {
  if (!edition.vote?.ballot) return [];
  const { unfinished } = stores.voting;

  async function offerToFinish(): Promise<void> {
    if (votesHere(edition, clock.today()) && (await unfinished.offer(unfinishedNotice)) > 0) wrote();
  }

  /** Goes out minutes after the person wrote, when every platform takes any message. */
  const unfinishedNotice: Notice = (language) => ({
    text: words.say(language, {
      key: "vote.unfinished",
      params: { to: { date: edition.vote?.online?.to ?? clock.today() } },
    }),
    choices: [{ data: `${DOOR}vote`, label: words.say(language, { key: "vote.option.resume" }) }],
    language,
  });

  return [{ name: "unfinished votes", everyMs: MINUTE_MS, run: offerToFinish }];
}
