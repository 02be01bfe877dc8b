import { dayOf } from "../edition/events.ts";
import type { Door } from "../engine/flow.ts";
import type { Text } from "../engine/message.ts";
import { type Occasion, occasions } from "../reminders/occasions.ts";
import type { Topic } from "../topic.ts";
import { remindDoor, span } from "./dates.ts";

/** A message, once, when a phase begins (`remind-vote`) or on the day before an event (`remind-event-<id>`). */
export const remind: Topic = {
  name: "remind",
  answer({ edition, today, channel, address, by }, _session, name) {
    const occasion = occasions(edition).find((one) => one.name === name);
    if (!occasion || today >= occasion.on) {
      const key = occasion?.kind === "event" ? "events.too_late" : "remind.too_late";
      return { say: { key }, doors: [datesDoor] };
    }
    return {
      say: promised(occasion),
      effects: [{ kind: "remind", of: name, channel, address, said: { by } }],
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

/** Which reminders there can be. */
export const reminders: Topic = {
  name: "reminders",
  answer({ edition, today }) {
    const doors = occasions(edition)
      .filter(({ on }) => today < on)
      .map(doorTo);
    return doors.length > 0
      ? { say: { key: "remind.which" }, doors }
      : { say: { key: "remind.none" }, doors: [datesDoor] };
  },
};

const doorTo = (occasion: Occasion): Door =>
  occasion.kind === "phase"
    ? remindDoor(occasion.phase)
    : { opens: `remind-${occasion.name}`, label: { literal: occasion.event.name } };

const datesDoor = { opens: "dates", label: { key: "home.option.dates" } };
