import type { Context } from "../context.ts";
import { currentPhase, findPhase, nextPhase } from "../edition/calendar.ts";
import type { Edition, Phase } from "../edition/schema.ts";
import type { Door } from "../engine/flow.ts";
import type { Text } from "../engine/message.ts";
import type { Topic } from "../topic.ts";
import { votesHere } from "../voting/window.ts";
import { sourced } from "./sources.ts";
import { conflictDoors, unsettled } from "./unsettled.ts";

/** When what happens, and where we are today. */
export const dates: Topic = {
  name: "dates",
  answer(context) {
    const { edition, today } = context;
    const rows = edition.phases.map((phase) => ({
      key: phase.to < today ? "dates.past" : phase.from > today ? "dates.future" : "dates.now",
      params: span(phase),
    }));
    const ways = (["paper", "online"] as const).flatMap((way): Text[] => {
      const span = edition.vote?.[way];
      return span
        ? [{ key: `dates.vote.${way}`, params: { from: { date: span.from }, to: { date: span.to } } }]
        : [];
    });
    const sources = edition.phases.flatMap((phase) => phase.sources);
    const lists = [rows, ways].filter((lines) => lines.length > 0).map((lines) => ({ lines }));
    return {
      brief: sourced(edition, [standing(context), ...(ways.length > 0 ? [{ lines: ways }] : [])], sources),
      say: sourced(edition, [standing(context), ...lists, ...unsettled(edition, "dates")], sources),
      doors: [...phaseDoors(context), ...eventDoors(edition), ...conflictDoors(edition, "dates")],
    };
  },
};

/** Where we are: the phase that is open, or when the next one begins. */
export function standing({ edition, today }: Pick<Context, "edition" | "today">): Text {
  const phase = currentPhase(edition, today);
  if (phase) return { key: `dates.standing.${phase.id}`, params: { ...span(phase), today: { date: today } } };
  const next = nextPhase(edition, today);
  if (next) return { key: "dates.standing.between", params: { ...span(next), today: { date: today } } };
  const key = edition.phases.length > 0 ? "dates.standing.over" : "dates.standing.unpublished";
  return { key, params: { today: { date: today } } };
}

/** What can be done today, and a reminder of what cannot be yet. */
export function phaseDoors({ edition, today }: Context): Door[] {
  const proposals = findPhase(edition, "proposals");
  const vote = findPhase(edition, "vote");
  if (proposals && today < proposals.from) return [remindDoor(proposals)];
  if (proposals && today <= proposals.to)
    return [{ opens: "proposal", label: { key: "home.option.proposal" } }];
  if (vote && today < vote.from) return [remindDoor(vote)];
  if (vote && today <= vote.to) {
    const key = votesHere(edition, today) ? "home.option.vote_now" : "home.option.vote";
    return [{ opens: "vote", label: { key } }];
  }
  return edition.vote?.ballot ? [{ opens: "results", label: { key: "results.option.results" } }] : [];
}

export const remindDoor = (phase: Phase): Door => ({
  opens: `remind-${phase.id}`,
  label: { key: `remind.option.${phase.id}` },
});

/** Leads to assemblies and meetings, where something is known of them. */
export const eventDoors = ({ events, meetings }: Edition): readonly Door[] =>
  events.length > 0 || meetings ? [{ opens: "events", label: { key: "events.option.events" } }] : [];

export const span = (phase: Phase) => ({
  phase: { literal: phase.name },
  from: { date: phase.from },
  to: { date: phase.to },
});
