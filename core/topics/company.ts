import type { Door, Finished } from "../engine/flow.ts";
import type { Text } from "../engine/message.ts";
import { since, who } from "../facilitators/people.ts";
import { standingOf } from "../facilitators/progress.ts";
import { taskOf } from "../facilitators/tasks.ts";
import { facilitatorDoors } from "../flows/facilitator.ts";
import type { Topic } from "../topic.ts";

const own = { kind: "ownAccompaniment" } as const;

/** Nobody does, whatever the session remembers: what accompanied may have been erased meanwhile. */
const nobody: Finished = { say: { key: "companion.nobody" }, accompanied: null };

/** Who accompanies the person, since when, what they see, and how to end it. */
export const whoAccompanies: Topic = {
  name: "whoaccompanies",
  lookup: () => own,
  answer(context) {
    const company = context.found(own);
    if (!company) return nobody;
    const params = {
      who: who(company.by),
      task: taskOf(company.task),
      ...since(company.since, context),
    };
    return { say: { key: "companion.by", params }, doors: [aloneDoor] };
  },
};

const aloneDoor: Door = { opens: "alone", label: { key: "companion.option.alone" } };

/** Ends it, at once. */
export const alone: Topic = {
  name: "alone",
  lookup: () => own,
  answer(context) {
    const company = context.found(own);
    if (!company) return nobody;
    return {
      say: { key: "companion.ended", params: { by: { literal: company.by.name } } },
      accompanied: null,
      effects: [{ kind: "endAccompaniment", id: company.id }],
    };
  },
};

const people = { kind: "accompanied" } as const;

/** Those whom a facilitator accompanies: how far they are, by the names of questions, and how many in all. */
export const accompanied: Topic = {
  name: "accompanied",
  lookup: () => people,
  answer(context) {
    const { started, finished, latest } = context.found(people) ?? { started: 0, finished: 0, latest: [] };
    if (started === 0) return { say: { key: "facilitator.none" }, doors: facilitatorDoors };
    const counts: Text = { key: "facilitator.counts", params: { started, finished } };
    return {
      say: { lines: [counts, ...latest.map((one) => standingOf(one, context))], gap: true },
      doors: listDoors,
    };
  },
};

const listDoors: readonly Door[] = facilitatorDoors.map((door) =>
  door.opens === accompanied.name ? { ...door, label: { key: "facilitator.option.refresh" } } : door,
);
