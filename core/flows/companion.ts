import type { Context } from "../context.ts";
import { menuDoor, operatorDoor } from "../doors.ts";
import { choice } from "../engine/field.ts";
import { type Finished, flow } from "../engine/flow.ts";
import type { Params } from "../engine/message.ts";
import { noticeOf } from "../facilitators/notices.ts";
import { person, who } from "../facilitators/people.ts";
import { taskName, taskOf } from "../facilitators/tasks.ts";
import { facilitatorDoors } from "./facilitator.ts";
import { longCode } from "./long-code.ts";

const offered = (code: string) => ({ kind: "accompaniment", code }) as const;

/**
 * Asks somebody who came by a facilitator's link whether they want to be accompanied: by whom, and what is
 * seen. Whoever does not is helped all the same, with nobody watching.
 */
export const companion = flow<Context>("companion")
  .ask("code", longCode())
  .ask("offer", choice("good", "expired", "used", "own", "busy", "unknown", "resting"), {
    lookup: ({ code }) => offered(code),
    settle: ({ code }, context) => worth(code, context),
    holds: (offer, { code }, context) => offer === worth(code, context),
  })
  .askWhen(({ offer }) => offer === "good", "consent", choice("yes", "no"), {
    about: ({ code }, context) => about(code, context),
  })
  .finish(
    ({ code, offer, consent }, context): Finished => {
      const found = context.found(offered(code));
      if (found?.kind !== "good" || consent === undefined) return turnedAway(offer);
      const { id, by, task } = found;
      if (consent === "no")
        return {
          say: { key: "companion.declined" },
          doors: [{ opens: task, label: { key: "companion.option.begin" } }, menuDoor],
        };
      const now = context.realNow.toISOString();
      return {
        say: { key: "companion.agreed", params: { by: { literal: by.name } } },
        effects: [
          {
            kind: "acceptAccompaniment",
            code,
            notice: noticeOf(context, {
              notes: [
                {
                  key: "facilitator.agreed",
                  params: { person: person(now, context), task: taskName(task) },
                },
              ],
              doors: facilitatorDoors,
            }),
          },
        ],
        accompanied: { id, by: by.name, task },
        opens: task,
      };
    },
    { known: (code) => (code === "" ? {} : { code }) },
  );

function worth(code: string, context: Context) {
  const found = context.found(offered(code));
  return found?.kind === "good" && found.until <= context.realNow.toISOString() ? "expired" : found?.kind;
}

function about(code: string, context: Context): Params {
  const found = context.found(offered(code));
  return found?.kind === "good" ? { who: who(found.by), task: taskOf(found.task) } : {};
}

type Worth = ReturnType<typeof worth>;

/** Nobody is left without a way to go on. */
const turnedAway = (offer: Worth): Finished => ({
  say: { key: `companion.not.${offer ?? "unknown"}` },
  doors: [
    ...(offer === "busy" ? [{ opens: "whoaccompanies", label: { key: "companion.option.who" } }] : []),
    operatorDoor,
    menuDoor,
  ],
  effects: offer === "unknown" ? [{ kind: "missCode" }] : [],
});
