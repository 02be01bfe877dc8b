import type { Context } from "../context.ts";
import { menuDoor, operatorDoor } from "../doors.ts";
import { cityUserDays, type Day } from "../edition/calendar.ts";
import { takesRequests } from "../edition/eligibility.ts";
import type { Edition } from "../edition/schema.ts";
import type { Door, Finished } from "../engine/flow.ts";
import type { Text } from "../engine/message.ts";
import type { Topic } from "../topic.ts";
import type { OwnCityUser } from "../voting/city-users.ts";
import { phoneOf } from "./contacts.ts";
import { type Sourced, sourced } from "./sources.ts";
import { unsettled } from "./unsettled.ts";
import { drawLink } from "./vote.ts";

/** One's requests for the register. */
export const requests = { kind: "ownCityUsers" } as const;

/** How one's requests for the register of city users stand; `register-12345` shows that one. */
export const register: Topic = {
  name: "register",
  lookup: () => requests,
  answer(context, _session, about) {
    const all = context.found(requests) ?? [];
    const asked =
      all.find(({ number }) => String(number) === about) ?? (all.length === 1 ? all[0] : undefined);
    if (asked) return detail(asked, context);
    if (all.length === 0) return none(context);
    return {
      say: { key: "register.several" },
      doors: all.slice(0, 8).map(({ number, name, surname }) => ({
        opens: `register-${number}`,
        label: { literal: `${name} ${surname}` },
      })),
    };
  },
};

export const registerDoor: Door = { opens: "register", label: { key: "register.option.state" } };
const askDoor: Door = { opens: "cityuser", label: { key: "cityuser.option.ask" } };
const voteDoor: Door = { opens: "vote", label: { key: "home.option.vote" } };

function none(context: Context): Finished {
  if (!takesRequests(context.edition, context.today)) return registerClosed(context);
  const rule = registerRule(context);
  return {
    say: sourced(
      context.edition,
      [{ key: "register.none" }, ...(rule ? [rule.say] : []), ...unsettled(context.edition, "register")],
      rule?.sources ?? [],
    ),
    doors: [askDoor],
  };
}

/** How one asks, how many days pass until one can vote online, and by when it is better to ask. */
export function registerRule({ edition, today }: Pick<Context, "edition" | "today">): Sourced | undefined {
  const rule = edition.eligibility.elsewhere?.register;
  const days = cityUserDays(edition, today);
  if (!rule || !days || days.lastDay < today) return undefined;
  const params = {
    how: { literal: rule.how },
    wait: rule.waitDays,
    // Nobody is advised to ask on a day that is past, as long as asking still helps.
    askBy: { date: days.askBy < today ? today : days.askBy },
  };
  return { say: { key: "eligibility.register", params }, sources: rule.sources };
}

/** Where there is no register to ask for here, or no time left: what the edition says instead. */
export function registerClosed({ edition, today }: Context): Finished {
  const rule = edition.eligibility.elsewhere?.register;
  const phone = phoneOf(edition);
  const doors = [operatorDoor, menuDoor];
  if (!rule) {
    const nowhere: Text = { key: "register.nowhere", params: { phone } };
    return { say: sourced(edition, [nowhere], edition.eligibility.sources), doors };
  }
  const days = cityUserDays(edition, today);
  const isLate = days !== undefined && days.lastDay < today;
  const says: Text[] = isLate
    ? [{ key: "register.late", params: { last: { date: days.lastDay }, phone } }]
    : [{ key: "register.elsewhere", params: { phone } }, ...unsettled(edition, "register")];
  const asking = registerRule({ edition, today });
  const booth = isLate ? atBooth(edition, today) : [];
  return {
    say: sourced(
      edition,
      [...(asking ? [asking.say] : []), ...says, ...booth.map(({ text }) => ({ literal: text }))],
      [...rule.sources, ...booth.flatMap(({ sources }) => sources)],
    ),
    doors,
  };
}

/** What somebody who is not on the register does at a booth, while there are booths. */
function atBooth({ vote }: Edition, today: Day) {
  return vote?.paper && vote.cityUserAtBooth && today <= vote.paper.to ? [vote.cityUserAtBooth] : [];
}

/** A request was made: what happens now, and the page on which it is completed. */
export function requestSent(number: number, context: Context): Finished {
  const { edition, today } = context;
  const from = votesFrom(edition, cityUserDays(edition, today)?.enabledOn ?? today);
  const completion = completing(number, context);
  return {
    say: sourced(
      edition,
      [{ key: "cityuser.sent", params: { number, from: { date: from } } }, completion.say],
      edition.eligibility.elsewhere?.register?.sources ?? [],
    ),
    ...(completion.link && { link: completion.link }),
    effects: completion.effects ?? [],
    doors: [registerDoor, menuDoor],
  };
}

/** A new link to the page for the codice fiscale, which chats must not carry. */
function completing(number: number, context: Context): Finished {
  const { token, until } = drawLink(context);
  const url = context.pages(`/voto/albo/${token}`);
  if (url === undefined)
    return { say: { key: "register.code_by_phone", params: { phone: phoneOf(context.edition) } } };
  return {
    say: { key: "register.code" },
    link: { url, label: { key: "register.option.code" } },
    effects: [{ kind: "openBallot", token, until, cityUser: number }],
  };
}

/** How a request stands. */
export const stateOf = (one: OwnCityUser, edition: Edition): Text => ({
  key: `register.state.${one.state}`,
  params: {
    number: one.number,
    name: { literal: `${one.name} ${one.surname}` },
    from: { date: votesFrom(edition, one.enabledFrom ?? one.requestedOn) },
    day: { date: one.requestedOn },
    because: { literal: one.because ?? "" },
  },
});

function detail(one: OwnCityUser, context: Context): Finished {
  const { number, state, hasCode } = one;
  const completion = state === "requested" && !hasCode ? completing(number, context) : undefined;
  const after: Text[] = [
    ...(state === "requested" && hasCode ? [{ key: "register.has_code" }] : []),
    ...(state === "enabled" ? [howToVote(context.edition, hasCode)] : []),
  ];
  return {
    say: {
      lines: [stateOf(one, context.edition), ...after, ...(completion ? [completion.say] : [])],
      gap: true,
    },
    ...(completion?.link && { link: completion.link }),
    effects: completion?.effects ?? [],
    doors: [
      ...(state === "enabled" ? [voteDoor] : []),
      ...(state === "refused" ? [operatorDoor] : []),
      ...(takesRequests(context.edition, context.today)
        ? [{ opens: "cityuser-new", label: { key: "register.option.another" } }]
        : []),
    ],
  };
}

/** The first day on which somebody votes who may from a day on: the vote has to have begun. */
export function votesFrom({ vote }: Edition, enabledFrom: Day): Day {
  const begins = [vote?.paper?.from, vote?.online?.from].flatMap((day) => day ?? []).sort();
  return [enabledFrom, ...begins.slice(0, 1)].sort().at(-1) ?? enabledFrom;
}

/** With a codice fiscale one votes online; without, where staff look at a document. */
export function howToVote({ vote }: Edition, hasCode: boolean): Text {
  if (!hasCode || !vote?.online) return { key: "register.by_document" };
  const { from, to } = vote.online;
  return { key: "register.online", params: { first: { date: from }, to: { date: to } } };
}
