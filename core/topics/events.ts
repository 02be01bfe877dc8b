import type { Context } from "../context.ts";
import { dayOf, type Event, eventsAhead, timeOf } from "../edition/events.ts";
import type { Door, Finished } from "../engine/flow.ts";
import type { Text } from "../engine/message.ts";
import { occasions } from "../reminders/occasions.ts";
import type { Topic } from "../topic.ts";
import { phoneOf } from "./contacts.ts";
import { type Sourced, sourced, together } from "./sources.ts";

/** Assemblies and meetings to come; where none has a day, what is known of them in general. */
export const events: Topic = {
  name: "events",
  answer({ edition, now }) {
    const { meetings } = edition;
    const general: Sourced[] = meetings
      ? [{ say: { literal: meetings.text }, sources: meetings.sources }]
      : [];
    const ahead = eventsAhead(edition, now);
    if (ahead.length === 0) {
      const none = edition.events.length > 0 ? "events.over" : "events.none";
      const phone: Text = { key: "contacts.phone", params: { phone: phoneOf(edition) } };
      return { say: together(edition, general, [{ key: none }, phone]) };
    }
    const rows = ahead.map(
      (one): Sourced => ({
        say: { lines: [{ literal: one.name }, ...whenAndWhere(one)] },
        sources: one.sources,
      }),
    );
    return {
      say: together(edition, [{ say: { key: "events.all" }, sources: [] }, ...rows]),
      doors: ahead.map(eventDoor),
    };
  },
};

/** One of them, `event-<id>`: what, when and where, with a file for the calendar and a reminder. */
export const event: Topic = {
  name: "event",
  answer(context, session, id) {
    const found = context.edition.events.find((one) => one.id === id);
    if (!found) return events.answer(context, session, "");
    const isOver = !eventsAhead(context.edition, context.now).includes(found);
    return isOver ? over(found, context) : ahead(found, context);
  },
};

function ahead(event: Event, context: Context): Finished {
  const { edition, today, language } = context;
  const url = context.pages(`/eventi/${event.id}.ics?lang=${language}`);
  const online: Text[] = event.online ? [{ key: "events.online", params: { url: event.online } }] : [];
  const on = occasions(edition).find(({ name }) => name === `event-${event.id}`)?.on ?? today;
  return {
    say: sourced(
      edition,
      [
        { lines: [{ literal: event.name }, { literal: event.what }] },
        { lines: [...whenAndWhere(event), ...online] },
        ...(url ? [{ key: "events.calendar" }] : []),
      ],
      event.sources,
    ),
    ...(url && { link: { url, label: { key: "events.option.calendar" } } }),
    doors: [...(today < on ? [remindDoor(event)] : []), eventsDoor],
  };
}

const over = (event: Event, { edition }: Context): Finished => ({
  say: sourced(
    edition,
    [{ key: "events.was", params: { name: { literal: event.name }, day: { date: dayOf(event.from) } } }],
    event.sources,
  ),
  doors: [eventsDoor],
});

/** Below its name: the day and the hours, then the place. */
export function whenAndWhere({ from, to, where }: Event): Text[] {
  const hours = { day: { date: dayOf(from) }, from: timeOf(from), to: timeOf(to) };
  const when: Text =
    dayOf(from) === dayOf(to)
      ? { key: "events.when", params: hours }
      : { key: "events.when_days", params: { ...hours, last: { date: dayOf(to) } } };
  return [when, { key: "events.where", params: { where: { literal: where } } }];
}

const eventsDoor: Door = { opens: "events", label: { key: "events.option.events" } };

const eventDoor = ({ id, name }: Event): Door => ({ opens: `event-${id}`, label: { literal: name } });

const remindDoor = ({ id }: Event): Door => ({
  opens: `remind-event-${id}`,
  label: { key: "events.option.remind" },
});
