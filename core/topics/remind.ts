import type { Context } from "../context.ts";
import { dayOf } from "../edition/events.ts";
import type { Door } from "../engine/flow.ts";
import type { Text } from "../engine/message.ts";
import { type Occasion, occasions } from "../reminders/occasions.ts";
import { wordsOf } from "../reminders/proof.ts";
import type { Topic } from "../topic.ts";
import { remindDoor, span } from "./dates.ts";

/** A message, once, when a phase begins (`remind-vote`) or on the day before an event (`remind-event-<id>`). */
export const remind: Topic = {
  name: "remind",
  answer(context, _session, name) {
    const { edition, today, channel, address, by } = context;
    const occasion = occasions(edition).find((one) => one.name === name);
    if (!occasion || today >= occasion.on) {
      const key = occasion?.kind === "event" ? "events.too_late" : "remind.too_late";
      return { say: { key }, doors: [datesDoor] };
    }
    const label = occasion.kind === "phase" ? `remind.option.${name}` : "events.option.remind";
    const said = { by, ...(by === "button" && { words: wordsOf(context, { key: label }) }) };
    return {
      say: promised(occasion),
      doors: [{ opens: "reminders", label: { key: "remind.option.more" } }],
      effects: [{ kind: "remind", of: name, channel, address, said }],
    };
  },
};

function promised(occasion: Occasion): Text {
  if (occasion.kind === "phase") return { key: "remind.done", params: span(occasion.phase) };
  const { name, from } = occasion.event;
  const params = { name: { literal: name }, on: { date: occasion.on }, day: { date: dayOf(from) } };
  return { key: "events.done", params };
}

/** No more reminders, at once. */
export const stop: Topic = {
  name: "stop",
  answer: ({ channel, by }) => ({
    say: { key: "remind.stopped" },
    effects: [{ kind: "forgetReminders", channel, said: { by } }],
  }),
};

/** What one can still be reminded of once. */
export const occasionDoors = ({ edition, today }: Context): readonly Door[] =>
  occasions(edition)
    .filter(({ on }) => today < on)
    .map((occasion) =>
      occasion.kind === "phase"
        ? remindDoor(occasion.phase)
        : { opens: `remind-${occasion.name}`, label: { literal: occasion.event.name } },
    );

export const datesDoor: Door = { opens: "dates", label: { key: "home.option.dates" } };
