import { ASSISTED_MINUTES, untilOf } from "../assisted/time.ts";
import type { Context } from "../context.ts";
import { menuDoor } from "../doors.ts";
import { choice } from "../engine/field.ts";
import { type Finished, flow } from "../engine/flow.ts";

const facilitator = { kind: "facilitator" } as const;
const lent = ({ channel }: Context) => ({ kind: "lent", channel }) as const;

/**
 * Lends the facilitator's chat to somebody who has no phone, or cannot use theirs: the reason is declared, and
 * logged. What such a session is about is written by the person, so the next message is a guest's.
 */
export const assisted = flow<Context>("assisted")
  .ask("wish", choice("begin", "end"), { unseen: true, settle: () => "begin" })
  .ask("by", choice("facilitator", "nobody"), {
    unseen: true,
    lookup: () => facilitator,
    settle: (_answers, context) => roleIn(context),
    holds: (by, _answers, context) => by === roleIn(context),
  })
  .ask("chat", choice("own", "lent"), {
    unseen: true,
    lookup: (_answers, context) => lent(context),
    settle: (_answers, context) => chatIn(context),
    holds: (chat, _answers, context) => chat === chatIn(context),
  })
  .askWhen(
    ({ wish, by, chat }) => wish === "begin" && by === "facilitator" && chat === "own",
    "reason",
    choice("phone", "unable", "connection", "other"),
    { about: () => ({ minutes: ASSISTED_MINUTES }) },
  )
  .finish(
    ({ wish, by, reason }, { channel, realNow }): Finished => {
      if (by === "nobody") return { say: { key: "assisted.facilitators_only" }, doors: [helpersDoor] };
      if (wish === "end") return { say: { key: "assisted.none_on" }, doors: [menuDoor] };
      if (reason === undefined) return { say: { key: "assisted.is_on" }, doors: [menuDoor] };
      return {
        say: { key: "assisted.begun", params: { minutes: ASSISTED_MINUTES } },
        doors: [{ opens: "menu", label: { key: "assisted.option.begin" } }],
        effects: [{ kind: "beginAssisted", channel, reason, until: untilOf(realNow) }],
        alone: true,
      };
    },
    { known: (about) => (about === "end" || about === "end-yes" ? { wish: "end" } : {}) },
  );

const helpersDoor = { opens: "helpers", label: { key: "assisted.option.helpers" } };

function roleIn(context: Context): "facilitator" | "nobody" | undefined {
  const found = context.found(facilitator);
  return found === undefined ? undefined : found === null ? "nobody" : "facilitator";
}

function chatIn(context: Context): "own" | "lent" | undefined {
  const found = context.found(lent(context));
  return found === undefined ? undefined : found ? "lent" : "own";
}
