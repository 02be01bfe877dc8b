import { z } from "zod";
import type { Context } from "../context.ts";
import { answer, type Field, type Read, refused, spoken } from "../engine/field.ts";
import type { Begun } from "../engine/flow.ts";
import { latinDigits } from "../understanding/digits.ts";

/** A code that was sent to an address, as the step keeps it between two messages. */
const memo = z.object({
  address: z.string(),
  code: z.string(),
  /** Real time, ISO. */
  until: z.string(),
  left: z.number().int(),
  /** Codes sent in this draft. */
  sent: z.number().int(),
});
type Memo = z.infer<typeof memo>;

const DIGITS = "0123456789";
const VALID_MS = 10 * 60 * 1000;
const TRIES = 3;
/** A draft sends no more than this, so that nobody's mailbox can be filled with it. */
const MOST_SENT = 5;

/** Makes a code for an address and the message that carries it. */
export function codeOf(address: string, context: Context, before: unknown): Begun {
  const earlier = memo.safeParse(before);
  const sent = earlier.success ? earlier.data.sent : 0;
  if (sent >= MOST_SENT) return { memo: { ...(before as Memo), left: 0 }, sends: [] };
  const code = context.draw(DIGITS, 6);
  const until = new Date(context.realNow.getTime() + VALID_MS).toISOString();
  const text = context.say({
    key: "proposal.emailCode.mail",
    params: { code, edition: { literal: context.edition.name } },
  });
  return {
    memo: { address, code, until, left: TRIES, sent: sent + 1 } satisfies Memo,
    sends: [{ channel: "mail", address, kind: "code", message: { text, choices: [] } }],
  };
}

/**
 * Confirms an address by the six digits sent to it. The answer is the address.
 *
 * @param step the step that asks for the address, to go back to
 */
export function confirmation(step: string): Field<string, Context> {
  return spoken({
    read(text, context, _answers, kept): Read<string> {
      const parsed = memo.safeParse(kept);
      if (!parsed.success) return { kind: "anew" };
      const { address, code, until, left, sent } = parsed.data;
      const given = latinDigits(text).replace(/\D/g, "");
      if (given.length !== code.length) return refused("code_expected");
      if (left <= 0 && sent >= MOST_SENT) return refused("codes_over");
      if (left <= 0 || context.realNow.toISOString() > until) return refused("code_over");
      // Counted before it is compared: no number of messages at once gives more tries.
      const counted: Memo = { ...parsed.data, left: left - 1 };
      if (given === code) return answer(address);
      return { kind: "refused", problem: { code: "code_wrong", params: { left: left - 1 } }, memo: counted };
    },
    choose: (id) => (id === "again" ? { kind: "anew" } : { kind: "goto", step }),
    options: () => [{ id: "again" }, { id: "change" }],
    check: (stored): stored is string => typeof stored === "string",
    show: (value) => ({ literal: value }),
    numeric: true,
    code: true,
  });
}
