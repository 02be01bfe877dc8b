import type { Context } from "../context.ts";
import type { Door, Step } from "../engine/flow.ts";
import type { Text } from "../engine/message.ts";
import type { Frame, Session } from "../engine/session.ts";
import { top, unpark } from "../stack.ts";
import type { Command, Spoken, Turn } from "../turn.ts";
import { noticeOf } from "./notices.ts";
import { firstName, person } from "./people.ts";
import type { ProposedAnswer } from "./ports.ts";
import { isShared } from "./shared.ts";

/* A question is handed over by the person, answered by who accompanies them, and used by the person's press alone. */

/** Asks who accompanies, beside a question that may be handed over. */
export function handOverDoors(session: Session): readonly Door[] {
  const { accompanied } = session;
  const frame = top(session);
  const isTheirs = accompanied !== undefined && frame?.flow === accompanied.task;
  return isTheirs && isShared(frame.flow, frame.asking)
    ? [
        {
          opens: "handover",
          label: { key: "companion.ask", params: { by: firstName(accompanied.by) } },
        },
      ]
    : [];
}

/** What can be chosen in answer to a question, each with its words. */
export const optionsIn = (flow: string, { name, field }: Step<Context>, context: Context) =>
  field.options(context, {}).map(({ id, label }) => ({
    id,
    label: label ?? { key: `${flow}.${name}.option.${id}` },
  }));

/** The words of a question, filled by the edition alone: nothing that the person has answered can get into them. */
export function questionIn(flow: string, step: Step<Context>, context: Context): Text {
  const params = step.about?.({}, context);
  return step.says?.({}, context) ?? { key: `${flow}.${step.name}.ask`, ...(params && { params }) };
}

const own = { kind: "ownAccompaniment" } as const;

/** Hands the question on the screen over to who accompanies; it can still be answered here. */
export const handOver: Command = (turn) => {
  const { accompanied } = turn.session;
  const frame = top(turn.session);
  if (!accompanied || !frame || handOverDoors(turn.session).length === 0)
    return turn.pending([{ key: accompanied ? "companion.not_shared" : "companion.nobody" }]);
  const since = turn.context.found(own);
  if (since === undefined) return { kind: "lookup", query: own };
  const step = turn.flow(frame.flow)?.steps.find(({ name }) => name === frame.asking);
  if (!step || since === null) return turn.open("whoaccompanies");
  const question = questionIn(frame.flow, step, turn.context);
  const asked: Text = {
    key: "facilitator.handed_over",
    params: { person: person(since.since, turn.context), question },
  };
  const notice = (handOver: string) =>
    noticeOf(turn.context, {
      notes: [asked],
      doors: [{ opens: `helping-${handOver}`, label: { key: "facilitator.option.answer" } }],
    });
  const spoken = turn.pending([
    { key: "companion.handed_over", params: { by: { literal: accompanied.by } } },
  ]);
  return withEffect(spoken, {
    kind: "handOver",
    id: accompanied.id,
    flow: frame.flow,
    step: step.name,
    frame: frame.id,
    notice,
  });
};

/** Uses what was proposed, as if it had been typed here. */
export const accept: Command = (turn, id) => settle(turn, id, (frame, { given }) => turn.give(frame, given));

/** Leaves what was proposed, and asks the question again. */
export const decline: Command = (turn, id) => settle(turn, id, () => turn.pending([]));

/** Comes back to the question that was handed over, where it still waits, and forgets what was proposed. */
function settle(turn: Turn, id: string, use: (frame: Frame, proposed: ProposedAnswer) => Spoken): Spoken {
  const query = { kind: "proposedAnswer", id } as const;
  const proposed = turn.context.found(query);
  if (proposed === undefined) return { kind: "lookup", query };
  const gone = (): Spoken => turn.pending([{ key: "companion.answer_gone" }]);
  if (proposed === null) return gone();
  const frame = bringUp(turn, proposed);
  return withEffect(frame ? use(frame, proposed) : gone(), { kind: "closeHandOver", id });
}

/** What asked the question comes to the top, where it still asks it. */
function bringUp(turn: Turn, { flow, step, frame: id }: ProposedAnswer): Frame | undefined {
  const { active, parked } = turn.session;
  const asks = [...parked, ...active].find((one) => one.id === id);
  if (asks?.flow !== flow || asks.asking !== step) return undefined;
  if (top(turn.session)?.id === id) return asks;
  turn.park();
  turn.session = unpark(turn.session, id, turn.now()) ?? turn.session;
  return top(turn.session);
}

const withEffect = (
  spoken: Spoken,
  effect: Extract<Spoken, { kind: "spoken" }>["effects"][number],
): Spoken => (spoken.kind === "lookup" ? spoken : { ...spoken, effects: [...spoken.effects, effect] });
