import type { DayPart } from "../reminders/wishes.ts";
import { type Audience, type Campaign, languageFor, type Role } from "./campaign.ts";
import { nextMoment, type SendingHours } from "./hours.ts";

/* What a campaign does for one person at one moment. The preview and the sending ask the same function. */

/** A wish to be told that still holds, and the chat in which it was made. */
export interface Wish {
  /** A kind of reminders, a phase's id, or `event-<id>`. */
  readonly of: string;
  /** Asked for by name, to be told once: kept however full the week is. */
  readonly once: boolean;
  readonly channel: string;
  /** The platform says that nothing arrives there. */
  readonly unreachable: boolean;
  /** When the person last wrote there. */
  readonly heardAt?: Date;
}

/** All that is known of a contact, as far as campaigns go by it. Moments are of the edition's clock. */
export interface Candidate {
  readonly wishes: readonly Wish[];
  readonly language: string;
  /** Whether they chose to be spoken to simply. */
  readonly simple: boolean;
  /** When they want to be written to. */
  readonly hours: DayPart;
  /** The id of the Comune they say they live in. */
  readonly comune?: string;
  /** Besides being a citizen. */
  readonly roles: readonly Exclude<Role, "citizen">[];
  /** Whether a proposal is begun and not sent. */
  readonly draft: boolean;
  /** Whether a vote was tied to a chat of theirs, or they said that they have voted. */
  readonly voted: boolean;
  /** When they got messages of campaigns, in the last seven days at least. */
  readonly got: readonly Date[];
  /** Whether they got this one. */
  readonly hasThis: boolean;
}

/** What an edition and its channels ask of whoever writes first. */
export interface SendingRules extends SendingHours {
  /** The most messages within seven days. */
  readonly weeklyMost: number;
  readonly weeklyMostSimple: number;
  /** By channel: for how long after the person wrote anything may be sent, in milliseconds; later a template alone. */
  readonly windows: Readonly<Record<string, number>>;
}

/** What a platform lets out by templates now. */
export interface Templates {
  approved(name: string, language: string): boolean;
  /** How many more people may get one. */
  readonly left: number;
  /** When the next one may, where none is left. */
  readonly freesAt: Date;
}

/** Why somebody does not get it, in the order in which it is looked for. */
export const exclusions = [
  /** What is kept of them cannot be read: known before it is asked what becomes of them. */
  "unreadable",
  "not_in_audience",
  "has_it",
  "already_done",
  "no_wish",
  "unreachable",
  "no_template",
  "too_late",
] as const;
export type Exclusion = (typeof exclusions)[number];

/** What is waited for. */
export const delays = ["early", "quiet", "weekly", "limit"] as const;
export type Delay = (typeof delays)[number];

export interface Send {
  readonly kind: "send";
  readonly channel: string;
  /** That it is said in. */
  readonly language: string;
  /** Only as an approved template. */
  readonly template: boolean;
  /** Said simply, for who likes to be spoken to so. */
  readonly simple: boolean;
  /** The wish by which they get it. */
  readonly wish: string;
}
export interface Wait {
  readonly kind: "wait";
  /** The next moment at which it may be allowed, as far as can be told now; always later than now. */
  readonly until: Date;
  /** What lasts longest of what is waited for. */
  readonly because: Delay;
}
export interface Excluded {
  readonly kind: "excluded";
  readonly because: Exclusion;
}
export type Fate = Send | Wait | Excluded;

const WEEK_MS = 7 * 24 * 60 * 60 * 1000;

const excluded = (because: Exclusion): Excluded => ({ kind: "excluded", because });

/**
 * What the campaign does for somebody now.
 *
 * @param now of the edition's clock, as all moments here
 */
export function fateOf(
  campaign: Campaign,
  candidate: Candidate,
  rules: SendingRules,
  templates: Templates,
  now: Date,
): Fate {
  const { wishes, audience, until } = campaign.plan;
  const wished = candidate.wishes.filter(({ of }) => wishes.includes(of));
  const there = wished.filter(({ channel }) => audience.channels?.includes(channel) ?? true);
  if (!isMeant(audience, candidate)) return excluded("not_in_audience");
  if (wished.length > 0 && there.length === 0) return excluded("not_in_audience");
  if (candidate.hasThis) return excluded("has_it");
  if (isDone(audience, candidate)) return excluded("already_done");

  if (there.length === 0) return excluded("no_wish");
  const reached = there.filter(({ unreachable }) => !unreachable);
  // What was asked for by name is told by that wish: no week is too full for it.
  const wish = reached.find(({ once }) => once) ?? reached[0];
  if (!wish) return excluded("unreachable");

  const way = wayTo(wish, campaign, candidate, rules, templates, now);
  if (!way) return excluded("no_template");
  const held = heldUntil(wish, campaign, candidate, rules, way.template ? templates : undefined, now);
  if (!held || held.until >= new Date(until)) return excluded("too_late");
  if (held.because) return { kind: "wait", until: held.until, because: held.because };
  return { kind: "send", channel: wish.channel, wish: wish.of, simple: candidate.simple, ...way };
}

/** Whether they are among those whom it is meant for; what one did not tell about oneself is no reason to be meant. */
function isMeant({ comuni, roles, languages, simple }: Audience, candidate: Candidate): boolean {
  const { comune, language } = candidate;
  if (comuni && !(comune !== undefined && comuni.includes(comune))) return false;
  if (languages && !languages.includes(language)) return false;
  if (simple !== undefined && simple !== candidate.simple) return false;
  const own: readonly Role[] = candidate.roles.length > 0 ? candidate.roles : ["citizen"];
  return roles === undefined || own.some((role) => roles.includes(role));
}

/** Whether what it asks to finish is done, or was never begun. */
const isDone = ({ state }: Audience, { draft, voted }: Candidate): boolean =>
  (state === "draft" && !draft) || (state === "notVoted" && voted);

/** How it would be sent now; `undefined` where nothing but a template may be, and none is approved. */
function wayTo(
  { channel, heardAt }: Wish,
  campaign: Campaign,
  { language }: Candidate,
  { windows }: SendingRules,
  { approved }: Templates,
  now: Date,
): Pick<Send, "language" | "template"> | undefined {
  const window = windows[channel];
  if (window === undefined || (heardAt && now.getTime() - heardAt.getTime() < window))
    return { language: languageFor(campaign, language), template: false };
  const spoken = templateFor(campaign, language, approved);
  return spoken === undefined ? undefined : { language: spoken, template: true };
}

/** The language in which a campaign's template is approved: the one that somebody chose, or the main one. */
export function templateFor(
  { plan: { template }, languages }: Campaign,
  chosen: string,
  approved: Templates["approved"],
): string | undefined {
  return template && [chosen, ...languages.slice(0, 1)].find((one) => approved(template.name, one));
}

/** When it may be sent, and why not now; `undefined` where never. */
function heldUntil(
  { once }: Wish,
  { plan }: Campaign,
  candidate: Candidate,
  rules: SendingRules,
  templates: Templates | undefined,
  now: Date,
): { readonly until: Date; readonly because?: Delay } | undefined {
  const waits: readonly (readonly [Delay, Date | undefined])[] = [
    ["early", new Date(plan.from)],
    ["weekly", once ? undefined : roomInWeek(candidate, rules)],
    ["limit", templates && templates.left <= 0 ? templates.freesAt : undefined],
  ];
  let earliest = now;
  let because: Delay = "quiet";
  for (const [delay, moment] of waits) if (moment && moment > earliest) [earliest, because] = [moment, delay];
  const until = nextMoment(rules, candidate.hours, earliest);
  if (!until) return undefined;
  return until > now ? { until, because } : { until };
}

/** When the week has room for one more; `undefined` where it always had. */
function roomInWeek({ got, simple }: Candidate, rules: SendingRules): Date | undefined {
  const most = simple ? rules.weeklyMostSimple : rules.weeklyMost;
  const counts = [...got].sort((a, b) => b.getTime() - a.getTime())[most - 1];
  return counts && new Date(counts.getTime() + WEEK_MS);
}
