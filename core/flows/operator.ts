import type { Context } from "../context.ts";
import { answerBy, attendance, type Office } from "../edition/office.ts";
import { answer, type Field, refused, spoken, text } from "../engine/field.ts";
import { type Finished, flow } from "../engine/flow.ts";
import type { Text } from "../engine/message.ts";
import type { Outgoing } from "../ports.ts";
import { inPerson, phoneOf } from "../topics/contacts.ts";

const own = { kind: "ownTickets" } as const;
/** Questions of one person that may wait for an answer at the same time. */
const MOST_OPEN = 3;
const NUMBER_DIGITS = "123456789";
const NUMBER_LENGTH = 5;

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
  const tickets = context.found(own);
  if (!tickets) return false; // not looked up yet
  const isFull = tickets.filter(({ state }) => state === "open").length >= MOST_OPEN;
  if (to === NEW || to === FULL) return isFull === (to === FULL);
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
    lookup: () => own,
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
        ? opened(question, office, context)
        : goesOn(Number(ticket), question, office, context);
    },
    {
      closed: (context) => (context.edition.office && context.mail ? undefined : { say: inPerson(context) }),
      known: (about) => (about === "" ? {} : { ticket: about }),
    },
  );

function opened(question: string, office: Office, context: Context): Finished {
  const number = Number(context.draw(NUMBER_DIGITS, NUMBER_LENGTH));
  const before = context.asked.findLast((frame) => frame.flow !== operator.name);
  const asked = before && `${before.flow}.${before.asking}`;
  return {
    say: { lines: [{ key: "operator.sent", params: { number } }, expected(office, context)] },
    effects: [{ kind: "openTicket", number, text: question, ...(asked && { asked }) }],
    sends: [toOffice("new", number, office, context)],
  };
}

function goesOn(number: number, text: string, office: Office, context: Context): Finished {
  return {
    say: { lines: [{ key: "operator.added", params: { number } }, expected(office, context)] },
    effects: [{ kind: "writeAgain", number, text }],
    sends: [toOffice("again", number, office, context)],
  };
}

/** When somebody is there, and by when an answer is to be expected. */
function expected(office: Office, { edition, now, today }: Context): Text {
  const there = attendance(office, now, edition.timeZone);
  const presence: Text =
    there.state === "open"
      ? { key: "operator.open", params: { until: spokenTime(there.until) } }
      : {
          key: there.opens.day === today ? "operator.opens_today" : "operator.opens",
          params: { day: { date: there.opens.day }, at: spokenTime(there.opens.at) },
        };
  return { lines: [presence, { key: "operator.by", params: { by: { date: answerBy(office, today) } } }] };
}

/** 09:00 → 9:00 */
const spokenTime = (time: string): string => time.replace(/^0/, "");

/** Tells the office that there is something to read, in its own language: nothing of it, and of nobody. */
function toOffice(what: "new" | "again", number: number, office: Office, context: Context): Outgoing {
  const { edition, today } = context;
  const by = { date: answerBy(office, today) };
  const text = context.say({ key: `operator.mail.${what}`, params: { number, by } }, edition.languages[0]);
  return { channel: "mail", address: office.address, kind: "notice", message: { text, choices: [] } };
}
