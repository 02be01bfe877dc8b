import type { Context } from "../context.ts";
import type { Flow } from "../engine/flow.ts";
import type { Text } from "../engine/message.ts";
import { cityuser } from "../flows/cityuser.ts";
import { eligibility } from "../flows/eligibility.ts";
import { proposal } from "../flows/proposal.ts";
import { lessons } from "../lessons/index.ts";

/** What one can be accompanied in. None of it votes, or leads to a ballot. */
export const tasks: readonly Flow<Context>[] = [
  proposal,
  eligibility,
  cityuser,
  ...Object.values(lessons).map(({ flow }) => flow),
];

/** Those that can be begun today, and can be said in a language. */
export const openTasks = (context: Context, language: string): readonly string[] =>
  tasks
    .filter(({ name, closed }) => context.covers(language, name) && closed(context) === undefined)
    .map(({ name }) => name);

/** What a task is called to who accompanies. */
export const taskName = (task: string): Text => ({ key: `accompany.task.option.${task}` });

/** The same to the person, as what they are accompanied to do. */
export const taskOf = (task: string): Text => ({ key: `companion.task.${task}` });
