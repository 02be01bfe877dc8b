import { menuDoor } from "../doors.ts";
import type { Door } from "../engine/flow.ts";
import type { Text } from "../engine/message.ts";
import { newSession } from "../engine/session.ts";
import type { Spoken, Turn } from "../turn.ts";
import type { EndedBy, EndedHere } from "./ports.ts";
import { type Assisted, isEnding, minutesLeft } from "./time.ts";

/** The way out, with every menu. */
export const endDoor: Door = { opens: "assisted-end", label: { key: "assisted.option.end" } };
/** The next person. */
export const anotherDoor: Door = { opens: "assisted", label: { key: "assisted.option.another" } };
const endNowDoor: Door = { opens: "assisted-end-yes", label: { key: "assisted.option.end_now" } };
const goOnDoor: Door = { opens: "repeat", label: { key: "engine.option.resume" } };

/** The people in front of the screen have finished; what is begun and not sent would be lost, so it is asked. */
export function askToEnd(turn: Turn): Spoken {
  const drafts = draftsIn(turn);
  if (drafts.length === 0) return endSession(turn, "facilitator");
  return turn.spoken({
    notes: [{ key: "assisted.unfinished" }],
    doors: [...toMove(turn), endNowDoor, goOnDoor],
  });
}

/** Says goodbye to the guest's session in the facilitator's language: what follows is the facilitator's again. */
export function endSession(turn: Turn, by: EndedHere): Spoken {
  const { assisted, counter } = turn.session;
  if (!assisted) return turn.home();
  turn.park();
  const { parked } = turn.session;
  turn.session = { ...newSession(assisted.language), counter, parked, assisted, welcomed: true };
  const spoken = turn.spoken({
    notes: farewell(by, assisted.done, turn.context.channel),
    doors: [anotherDoor, menuDoor],
    whole: true,
  });
  return spoken.kind === "lookup" ? spoken : { ...spoken, effects: [{ kind: "endAssisted", by }] };
}

/** What a facilitator is told at the end: numbers, and how what was written here is taken off the screen. */
export function farewell(
  by: Exclude<EndedBy, "moved">,
  done: readonly string[],
  channel: string,
): readonly Text[] {
  const proposals = done.filter((flow) => flow === "proposal").length;
  const others = done.length - proposals;
  return [
    { key: `assisted.ended.${by}` },
    {
      lines: [
        { key: "assisted.done.proposals", params: { count: proposals } },
        ...(others > 0 ? [{ key: "assisted.done.others", params: { count: others } }] : []),
        { key: "assisted.done.nothing_else" },
      ],
    },
    { key: APPS.includes(channel) ? `assisted.clear.${channel}` : "assisted.clear.other" },
  ];
}

/** Where it is known how one clears a chat. */
const APPS: readonly string[] = ["telegram", "whatsapp"];

/** Says, once, that little time is left, with what saves what is begun. */
export function warnOfEnd(turn: Turn, spoken: SpokenNow): SpokenNow {
  const { assisted } = spoken.session;
  const { realNow } = turn.context;
  if (!assisted || !isEnding(assisted, realNow)) return spoken;
  const minutes = minutesLeft(assisted, realNow);
  const offered = spoken.parts.doors ?? [];
  const added = [...toMove(turn), endDoor].filter(({ opens }) => offered.every((one) => one.opens !== opens));
  return {
    ...spoken,
    session: { ...spoken.session, assisted: { ...assisted, warned: true } },
    parts: {
      ...spoken.parts,
      notes: [{ key: "assisted.ending", params: { minutes } }, ...spoken.parts.notes],
      doors: [...offered, ...added],
    },
  };
}

type SpokenNow = Extract<Spoken, { kind: "spoken" }>;

/** Drafts that would be lost. */
const draftsIn = (turn: Turn) =>
  [...turn.session.parked, ...turn.session.active].filter(
    (frame) => turn.flow(frame.flow)?.draft && turn.isWorthKeeping(frame),
  );

/** The latest proposal can be gone on with at home, by a code. */
const toMove = (turn: Turn): readonly Door[] =>
  draftsIn(turn)
    .filter(({ flow }) => flow === "proposal")
    .slice(-1)
    .map(({ id }) => ({ opens: `move-${id}`, label: { key: "assisted.option.move" } }));

/** Counts a flow that was gone through to its end. */
export const noteDone = (assisted: Assisted, flow: string): Assisted => ({
  ...assisted,
  done: [...assisted.done, flow],
});
