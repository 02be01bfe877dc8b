import { addDays, type Day, findPhase, type Span } from "../edition/calendar.ts";
import { dayOf, type Event, instantOf, type Moment, timeOf } from "../edition/events.ts";
import type { AutomaticReminder } from "../edition/reminders.ts";
import type { Edition, Phase } from "../edition/schema.ts";
import type { Text } from "../engine/message.ts";
import { occasions } from "../reminders/occasions.ts";
import type { CampaignPlan } from "./campaign.ts";
import { later } from "./hours.ts";

/*
 * Campaigns that the edition's calendar makes, and nobody has to send. A day that is moved makes another
 * campaign: who was told of the old day is told of the new one too.
 */

/** How the ids of all of them begin, and of no other. */
const AUTOMATIC = "auto.";

/** A campaign by its id. */
type Made = readonly [id: string, plan: CampaignPlan];

/** The edition's own ids have no dots, and none of its reminders is called `phase` or `event`: no two are the same. */
const idOf = (...parts: readonly string[]): string => AUTOMATIC + parts.join(".");

/** All of them by their ids, over or to come. */
export function automaticCampaigns(edition: Edition): ReadonlyMap<string, CampaignPlan> {
  const { automatic } = edition.reminders;
  return new Map([...automatic.flatMap((reminder) => remindersOf(edition, reminder)), ...promised(edition)]);
}

/** Those of a calendar that are to go out now: none that is over, as after a long stop. */
export function dueCampaigns(
  calendar: ReturnType<typeof automaticCampaigns>,
  now: Date,
): ReadonlyMap<string, CampaignPlan> {
  const isDue = ({ from, until }: CampaignPlan) => new Date(from) <= now && now < new Date(until);
  return new Map([...calendar].filter(([, plan]) => isDue(plan)));
}

function remindersOf(edition: Edition, reminder: AutomaticReminder): readonly Made[] {
  switch (reminder.kind) {
    case "phase_opens":
      return phasesOf(edition, reminder).map((phase) => opening(edition, phase, reminder));
    case "phase_closes":
      return phasesOf(edition, reminder).flatMap((phase) => closing(edition, phase, reminder));
    case "unfinished_proposal":
      return unfinishedProposal(edition, reminder);
    case "unfinished_vote":
      return unfinishedVote(edition, reminder);
  }
}

const phasesOf = (
  { phases }: Edition,
  { phases: named }: { readonly phases?: readonly Phase["id"][] | undefined },
): readonly Phase[] => phases.filter(({ id }) => named?.includes(id) ?? true);

/** What was asked for by name is told, whatever else the calendar says: phases that nothing opens, and events. */
function promised(edition: Edition): readonly Made[] {
  const { automatic } = edition.reminders;
  const opened = automatic.flatMap((one) => (one.kind === "phase_opens" ? phasesOf(edition, one) : []));
  return occasions(edition).flatMap((one) => {
    if (one.kind === "event") return [meeting(edition, one.event, one.name, one.on)];
    return opened.includes(one.phase) ? [] : [opening(edition, one.phase)];
  });
}

/** Told of by those who want to be told of all phases, and of this one. */
function opening(edition: Edition, phase: Phase, reminder?: AutomaticReminder): Made {
  const params = spanOf(phase);
  const plan: CampaignPlan = {
    wishes: reminder ? [phase.id, "phase_opens"] : [phase.id],
    audience: {},
    say: said("phase_opens", params, reminder),
    doors: [{ opens: "now", label: { key: "campaign.option.now" } }],
    template: { name: "phase_begins", parameters: Object.values(params) },
    ...days(edition, phase.from, phase.to),
  };
  return [idOf(reminder?.id ?? "phase", phase.id, phase.from), plan];
}

type Ahead = Exclude<AutomaticReminder, { readonly kind: "phase_opens" }>;

function closing(edition: Edition, phase: Phase, reminder: Ahead): readonly Made[] {
  const params = spanOf(phase);
  return inTime(edition, phase, reminder, [reminder.id, phase.id], {
    wishes: ["phase_closes"],
    // Who has voted is not hurried to vote.
    audience: phase.id === "vote" ? { state: "notVoted" } : {},
    say: said("phase_closes", params, reminder),
    doors: [{ opens: "now", label: { key: "campaign.option.now" } }],
    template: { name: "phase_closes", parameters: Object.values(params) },
  });
}

function unfinishedProposal(edition: Edition, reminder: Ahead): readonly Made[] {
  const phase = findPhase(edition, "proposals");
  if (!phase) return [];
  const to: Text = { date: phase.to };
  return inTime(edition, phase, reminder, [reminder.id], {
    wishes: ["unfinished_proposal"],
    audience: { state: "draft" },
    say: said("unfinished_proposal", { to }, reminder),
    doors: [{ opens: "now", label: { key: "campaign.option.proposal" } }],
    template: { name: "proposal_unfinished", parameters: [to] },
  });
}

/** Before the last day of each way to vote: paper may end weeks before online does. */
function unfinishedVote(edition: Edition, reminder: Ahead): readonly Made[] {
  return waysToVote(edition).flatMap(({ how, ...span }) => {
    const to: Text = { date: span.to };
    const last: Text = how === "any" ? to : { key: `campaign.last.${how}`, params: { to } };
    return inTime(edition, span, reminder, [reminder.id], {
      wishes: ["unfinished_vote"],
      audience: { state: "notVoted" },
      say: said("unfinished_vote", { to, how }, reminder),
      doors: [
        { opens: "now", label: { key: "campaign.option.vote" } },
        { opens: "voted", label: { key: "campaign.option.voted" } },
      ],
      template: { name: "vote_unfinished", parameters: [last] },
    });
  });
}

function waysToVote(edition: Edition): readonly (Span & { readonly how: "any" | "paper" | "online" })[] {
  const phase = findPhase(edition, "vote");
  if (!phase) return [];
  const { paper, online } = edition.vote ?? {};
  const any = { from: phase.from, to: phase.to, how: "any" } as const;
  if (!paper || !online || paper.to === online.to) return [any];
  return [
    { from: paper.from, to: paper.to, how: "paper" },
    { from: online.from, to: online.to, how: "online" },
  ];
}

function meeting(edition: Edition, { id, from, name, where }: Event, opens: string, on: Day): Made {
  const params = {
    name: { literal: name },
    day: { date: dayOf(from) },
    at: { literal: timeOf(from) },
    where: { literal: where },
  };
  const plan: CampaignPlan = {
    wishes: [opens],
    audience: {},
    say: said("event", params),
    doors: [{ opens, label: { key: "events.option.event" } }],
    template: { name: "event_tomorrow", parameters: Object.values(params) },
    from: instant(edition, midnight(on)),
    until: instant(edition, from),
  };
  return [idOf("event", id, dayOf(from)), plan];
}

/**
 * The same so many days before a last day, or on the second day of what is shorter than that; for who uses
 * the simple profile on a day of their own, which comes earlier.
 */
function inTime(
  edition: Edition,
  { from, to }: Span,
  { daysBefore, simpleDaysBefore = daysBefore }: Ahead,
  name: readonly string[],
  content: Omit<CampaignPlan, "from" | "until">,
): readonly Made[] {
  const second = addDays(from, 1);
  const on = (before: number) => later(addDays(to, -before), second);
  const make = (before: number, simple?: boolean): readonly Made[] => {
    if (on(before) > to) return [];
    const audience = simple === undefined ? content.audience : { ...content.audience, simple };
    return [
      [
        idOf(...name, ...(simple ? ["simple"] : []), to),
        { ...content, audience, ...days(edition, on(before), to) },
      ],
    ];
  };
  if (on(daysBefore) === on(simpleDaysBefore)) return make(daysBefore);
  return [...make(daysBefore, false), ...make(simpleDaysBefore, true)];
}

/** What people are told: the edition's words or ours, and below them the dates, which nobody types. */
function said(
  kind: AutomaticReminder["kind"] | "event",
  params: Readonly<Record<string, Text | string>>,
  reminder?: AutomaticReminder,
): Text {
  const lead: Text = reminder?.text ? { literal: reminder.text } : { key: `campaign.lead.${kind}` };
  return { lines: [lead, { key: `campaign.dates.${kind}`, params }], gap: true };
}

const spanOf = ({ name, to }: Phase) => ({ phase: { literal: name }, to: { date: to } });

/** From the beginning of a day to the end of another. */
const days = (edition: Edition, from: Day, to: Day) => ({
  from: instant(edition, midnight(from)),
  until: instant(edition, midnight(addDays(to, 1))),
});

const midnight = (day: Day): Moment => `${day} 00:00`;

const instant = ({ timeZone }: Edition, moment: Moment): string => instantOf(moment, timeZone).toISOString();
