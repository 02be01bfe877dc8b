import { findPhase, spanState } from "../edition/calendar.ts";
import type { Topic } from "../topic.ts";
import { span } from "./dates.ts";
import { noVote } from "./voting-days.ts";

/**
 * Says that one has voted, so that nobody reminds one of it; `voted-no` that one has not. Only the person knows:
 * whether it is so is looked for nowhere.
 */
export const voted: Topic = {
  name: "voted",
  answer({ edition, today }, _session, about) {
    const phase = findPhase(edition, "vote");
    if (!phase) return { say: { lines: noVote(edition), gap: true } };
    const params = span(phase);
    const { state } = spanState(phase, today);
    if (state === "before") return { say: { key: "remind.voted.early", params } };
    const isVoted = about !== "no";
    const effects = [{ kind: "noteVoted", voted: isVoted } as const];
    if (state === "after") return { say: { key: "remind.voted.over", params }, effects };
    return isVoted
      ? {
          say: { key: "remind.voted.yes", params },
          doors: [{ opens: "voted-no", label: { key: "remind.option.not_voted" } }],
          effects,
        }
      : {
          say: { key: "remind.voted.no", params },
          doors: [{ opens: "vote", label: { key: "home.option.vote" } }],
          effects,
        };
  },
};
