import type { Context } from "../context.ts";
import type { Door, Finished } from "../engine/flow.ts";
import type { Text } from "../engine/message.ts";
import { isKind, kinds, kindsAhead, nameOf, whenOf } from "../reminders/kinds.ts";
import { occasions } from "../reminders/occasions.ts";
import { question, wishDoor } from "../reminders/proof.ts";
import { type DayPart, dayParts, type Wishes, wishesQuery } from "../reminders/wishes.ts";
import type { Topic } from "../topic.ts";
import { datesDoor, occasionDoors } from "./remind.ts";

/* Where one sees what one is told without asking, and changes it: one question at a time. */

/**
 * What one gets, or the offer of it; `-choose` asks of what, `-hours` when, `-comune` where one lives, `-chat` on
 * which app, `-once` of which phase or event, `-aside` what to do with a proposal that was put aside.
 */
export const reminders: Topic = {
  name: "reminders",
  lookup: () => wishesQuery,
  answer(context, _session, about) {
    const wishes = context.found(wishesQuery) ?? NONE;
    const ask = Object.hasOwn(ASKS, about) ? ASKS[about] : undefined;
    return (ask ?? overview)(context, wishes);
  },
};

const NONE: Wishes = { of: [], hours: "any", chats: [], withdrawn: false };

type Ask = (context: Context, wishes: Wishes) => Finished;

/** What is wished, or the question whether to. */
export function overview(context: Context, wishes: Wishes): Finished {
  const told = toldOf(context, wishes);
  if (told.length === 0) return offer(context, wishes);
  return {
    say: { gap: true, lines: [{ lines: [{ key: "remind.on" }, ...told] }, { lines: how(context, wishes) }] },
    doors: [
      chooseDoor("change"),
      askDoor("hours"),
      ...(context.edition.comuni.length > 1 ? [askDoor("comune")] : []),
      ...(wishes.chats.length > 1 ? [askDoor("chat")] : []),
      { opens: "stop", label: { key: "remind.option.stop" } },
    ],
  };
}

/** One press for all of it. */
function offer(context: Context, { withdrawn }: Wishes): Finished {
  const ahead = kindsAhead(context.edition, context.today);
  if (ahead.length === 0) return { say: { key: "remind.none" }, doors: [datesDoor] };
  const items: Text = { lines: ahead.map((kind) => bullet(whenOf(kind))) };
  const asked = question("offer", { items });
  return {
    say: { gap: true, lines: [...(withdrawn ? [{ key: "remind.off" }] : []), asked] },
    doors: [wishDoor(context, "wish", ALL, asked, { key: "remind.option.all" }), chooseDoor("choose")],
  };
}

/** Every kind that is ahead, at once. */
export const ALL = "all";

/** Of what: a press sets or takes one. */
export function choose(context: Context, { of }: Wishes): Finished {
  const asked = question("choose");
  const ahead = kindsAhead(context.edition, context.today);
  const offered = kinds.filter((kind) => ahead.includes(kind) || of.includes(kind));
  const set = kinds.filter((kind) => of.includes(kind));
  const now: Text =
    set.length > 0
      ? { key: "lesson.ticks", params: { items: { list: set.map(nameOf) } } }
      : { key: "lesson.no_ticks" };
  return {
    say: { gap: true, lines: [now, asked] },
    doors: [
      ...offered.map((kind) => {
        const isSet = of.includes(kind);
        const label = { key: isSet ? "lesson.ticked" : "lesson.unticked", params: { item: nameOf(kind) } };
        return wishDoor(context, isSet ? "unwish" : "wish", kind, asked, label);
      }),
      askDoor("once"),
      { opens: "reminders", label: { key: "remind.option.done" } },
    ],
  };
}

/** At which hours. */
const hours: Ask = () => ({
  say: { key: "remind.hours" },
  doors: dayParts.map((part) => preferDoor(`hours-${part}`, { key: `remind.option.${part}` })),
});

/** Where one lives, and what for. */
const comune: Ask = ({ edition }) => ({
  say: { key: "remind.comune" },
  doors: [
    ...edition.comuni.map(({ id, name }) => preferDoor(`comune-${id}`, { literal: name })),
    preferDoor("comune", { key: "remind.option.untold" }),
  ],
});

/** On which of several apps. */
const chat: Ask = (context, wishes) =>
  wishes.chats.length > 1
    ? {
        say: { key: "remind.chat" },
        doors: wishes.chats.map((channel) => preferDoor(`chat-${channel}`, appOf(channel))),
      }
    : overview(context, wishes);

/** Of one phase or event alone. */
const once: Ask = (context) => {
  const doors = occasionDoors(context);
  return doors.length > 0
    ? { say: { key: "remind.which" }, doors }
    : { say: { key: "remind.none" }, doors: [datesDoor] };
};

/** A proposal was put aside: it waits, but not for ever. */
const aside: Ask = (context, { of }) => {
  const phase = context.edition.phases.find(({ id }) => id === "proposals");
  if (!phase || context.today > phase.to) return { say: { key: "remind.aside.over" } };
  const params = { to: { date: phase.to } };
  if (of.includes("unfinished_proposal")) return { say: { key: "remind.aside.wished", params } };
  const asked = question("aside.ask", params);
  return {
    say: asked,
    doors: [wishDoor(context, "wish", "unfinished_proposal", asked, { key: "remind.option.aside" })],
  };
};

const ASKS: Readonly<Record<string, Ask>> = { choose, hours, comune, chat, once, aside };

/** What one is told of, a line each; occasions that are over are no more. */
function toldOf({ edition, today }: Context, { of }: Wishes): readonly Text[] {
  const each = occasions(edition).filter(({ name, on }) => of.includes(name) && today < on);
  return [
    ...of.filter(isKind).map(whenOf),
    ...each.map(
      (one): Text =>
        one.kind === "phase"
          ? { key: "remind.once.phase", params: { phase: { literal: one.phase.name } } }
          : { key: "remind.once.event", params: { name: { literal: one.event.name } } },
    ),
  ].map(bullet);
}

const bullet = (text: Text): Text => ({ key: "rules.bullet", params: { text } });

/** When, where and for whom; how to stop. */
function how({ edition }: Context, { hours, comune, chat, chats }: Wishes): readonly Text[] {
  const home = edition.comuni.find(({ id }) => id === comune);
  return [
    ...(hours === "any" ? [] : [{ key: `remind.at.${hours satisfies DayPart}` }]),
    ...(chat !== undefined && chats.length > 1 ? [{ key: "remind.app", params: { text: appOf(chat) } }] : []),
    ...(home ? [{ key: "remind.lives", params: { comune: { literal: home.name } } }] : []),
    { key: "remind.to_stop" },
  ];
}

/** What an app is called. */
const appOf = (channel: string): Text =>
  APPS.includes(channel) ? { key: `remind.apps.${channel}` } : { literal: channel };
const APPS: readonly string[] = ["telegram", "whatsapp"];

const askDoor = (what: "hours" | "comune" | "chat" | "once"): Door => ({
  opens: `reminders-${what}`,
  label: { key: `remind.option.${what}` },
});
const chooseDoor = (label: "choose" | "change"): Door => ({
  opens: "reminders-choose",
  label: { key: `remind.option.${label}` },
});
const preferDoor = (what: string, label: Text): Door => ({ opens: `prefer-${what}`, label });
