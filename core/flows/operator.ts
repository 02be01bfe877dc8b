import type { Context } from "../context.ts";
import { answer, type Field, refused, spoken, text } from "../engine/field.ts";
import { type Finished, flow } from "../engine/flow.ts";
import { inPerson, phoneOf } from "../topics/contacts.ts";
import { goesOn, isFull, opened, ownTickets } from "./ticket.ts";

/** What is written to the office: a question of one's own that goes on, by its number, or another. */
const NEW = "new";
/** No more questions, until some are answered. */
const FULL = "full";

const ticket: Field<string, Context> = spoken({
  read: () => refused("choice_expected"),
  check: (stored): stored is string => typeof stored === "string",
  show: (value) => ({ literal: value }),
});

/** Whether a person may write to that question, or put another, as things are now. */
function mayWrite(to: string, context: Context): boolean {
  const tickets = context.found(ownTickets);
  if (!tickets) return false; // not looked up yet
  if (to === NEW || to === FULL) return isFull(context) === (to === FULL);
  return tickets.some(({ number, state }) => String(number) === to && state !== "closed");
}

const words = text({ min: 3, max: 2000 });

/** What the person wants to ask; `""` where the telephone is enough. */
const question: Field<string, Context> = {
  ...words,
  read(given, ...rest) {
    if (given.kind === "text") return words.read(given, ...rest);
    return given.id === "phone" ? answer("") : { kind: "open", payload: "cancel" };
  },
  check: (stored, ...rest): stored is string => stored === "" || words.check(stored, ...rest),
  options: () => [{ id: "phone" }, { id: "leave" }],
};

/**
 * Puts a question to a person of the office, with what the assistant was asking when it came up;
 * then the pending question is asked again. `operator-12345` writes again in one's question of that
 * number. Without an office, or without e-mail to tell it by, there is the telephone alone.
 */
export const operator = flow<Context>("operator")
  .ask("ticket", ticket, {
    unseen: true,
    lookup: () => ownTickets,
    settle: (_answers, context) => (mayWrite(NEW, context) ? NEW : FULL),
    holds: (to, _answers, context) => mayWrite(to, context),
  })
  .askWhen(({ ticket }) => ticket !== FULL, "question", question, {
    about: ({ ticket }, { edition }) => ({ number: ticket, phone: phoneOf(edition) }),
  })
  .finish(
    ({ ticket, question = "" }, context): Finished => {
      const { office } = context.edition;
      if (ticket === FULL)
        return { say: { lines: [{ key: "operator.many" }, inPerson(context)], gap: true } };
      if (!office || question === "") return { say: inPerson(context) };
      return ticket === NEW
        ? opened("operator.sent", question, office, context, pendingIn(context))
        : goesOn(Number(ticket), question, office, context);
    },
    {
      closed: (context) => (context.edition.office && context.mail ? undefined : { say: inPerson(context) }),
      known: (about) => (about === "" ? {} : { ticket: about }),
    },
  );

/** What the assistant was asking when it came up. */
function pendingIn({ asked }: Context): string | undefined {
  const before = asked.findLast((frame) => frame.flow !== operator.name);
  return before && `${before.flow}.${before.asking}`;
}
