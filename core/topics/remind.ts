import type { Topic } from "../topic.ts";
import { remindDoor, span } from "./dates.ts";

/** A message, once, when a phase begins. */
export const remind: Topic = {
  name: "remind",
  answer(context, _session, id) {
    const { edition, today, channel, address } = context;
    const phase = edition.phases.find((one) => one.id === id && today < one.from);
    if (!phase) return { say: { key: "remind.too_late" }, doors: [datesDoor] };
    return {
      say: { key: "remind.done", params: span(phase) },
      effects: [{ kind: "remind", phase: phase.id, channel, address }],
    };
  },
};

/** No more reminders, at once. */
export const stop: Topic = {
  name: "stop",
  answer: () => ({ say: { key: "remind.stopped" }, effects: [{ kind: "forgetReminders" }] }),
};

/** Which reminders there can be. */
export const reminders: Topic = {
  name: "reminders",
  answer({ edition, today }) {
    const doors = edition.phases.filter(({ from }) => today < from).map(remindDoor);
    return doors.length > 0
      ? { say: { key: "remind.which" }, doors }
      : { say: { key: "remind.none" }, doors: [datesDoor] };
  },
};

const datesDoor = { opens: "dates", label: { key: "home.option.dates" } };
