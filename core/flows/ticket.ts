import type { Context } from "../context.ts";
import { answerBy, attendance, type Office } from "../edition/office.ts";
import type { Finished } from "../engine/flow.ts";
import type { Text } from "../engine/message.ts";
import type { Outgoing } from "../ports.ts";

/* What a person puts to the office, and what they are told of it: see `operator`. */

export const ownTickets = { kind: "ownTickets" } as const;
/** Questions of one person that may wait for an answer at the same time. */
const MOST_OPEN = 3;
const NUMBER_DIGITS = "123456789";
const NUMBER_LENGTH = 5;

/** Whether as many questions of one's own wait as may; `undefined` before they have been looked up. */
export function isFull(context: Context): boolean | undefined {
  const open = context.found(ownTickets)?.filter(({ state }) => state === "open");
  return open && open.length >= MOST_OPEN;
}

/**
 * Something new for the office.
 *
 * @param said the message that tells the person so, filled with the number
 * @param asked the assistant's question that they were looking at
 */
export function opened(
  said: string,
  text: string,
  office: Office,
  context: Context,
  asked?: string,
): Finished {
  const number = Number(context.draw(NUMBER_DIGITS, NUMBER_LENGTH));
  return {
    say: { lines: [{ key: said, params: { number } }, expected(office, context)] },
    effects: [{ kind: "openTicket", number, text, ...(asked && { asked }) }],
    sends: [toOffice("new", number, office, context)],
  };
}

/** More to one's question of that number. */
export function goesOn(number: number, text: string, office: Office, context: Context): Finished {
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
