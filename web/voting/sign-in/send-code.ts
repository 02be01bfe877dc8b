import type { Context as Request } from "hono";
import { z } from "zod";
import type { Message } from "../../../core/engine/message.ts";
import type { Claim, CodeChannel, CodeRequested } from "../../../core/voting/identity.ts";
import type { BallotSession } from "../../../core/voting/ports.ts";
import type { Browser } from "../browser.ts";
import { sourceOf } from "./source.ts";
import { otherWays, type SignInOptions, type Step, WAYS } from "./step.ts";
import { dayAndTime, time } from "./time.ts";

export const CODE = `${WAYS}/codice`;

/** What a session keeps while its person waits for a code: enough to send another. */
const asked = z.object({
  at: z.literal("code"),
  handle: z.string(),
  claim: z.object({
    name: z.string(),
    surname: z.string(),
    taxCode: z.string(),
    email: z.string(),
    phone: z.string(),
    letter: z.exactOptional(z.string()),
  } satisfies { readonly [K in keyof Required<Claim>]: z.ZodType }),
});

export const askedFor = ({ memo }: BallotSession) => asked.safeParse(memo).data;

/** Sends a code to whom a claim is of, and says the same where that is nobody. */
export async function sendCode(
  c: Request,
  options: SignInOptions,
  step: Step,
  { token, session }: Browser,
  claim: Claim,
): Promise<Response> {
  const { rules, codes, codeChannels, sessions, now, wrote } = options;
  const requested = await codes.request(
    {
      claim,
      selfDeclared: rules.routes.code === "self-declared",
      channels: codeChannels,
      session: session.lookup,
      source: sourceOf(c),
      write: (channel, code, until) => letter(options, step, channel, code, until),
    },
    now(),
  );
  if (requested.kind !== "sent") return notNow(options, step, requested);
  wrote();
  await sessions.remember(token, { at: "code", handle: requested.handle, claim });
  return c.redirect(CODE, 303);
}

/** In the language of the page, with the time until which it is worth something: it may come late. */
function letter(
  { edition, words }: SignInOptions,
  { language }: Step,
  channel: CodeChannel,
  code: string,
  until: Date,
): Message {
  const params = {
    code: `${code.slice(0, 4)} ${code.slice(4)}`,
    until: time(until, edition, language),
    edition: { literal: edition.name },
  };
  return { text: words.say(language, { key: `sign-in.letter.${channel}`, params }), choices: [], language };
}

/** Why no code is sent or taken at the moment. */
export const notNow = (
  { edition }: SignInOptions,
  step: Step,
  { kind, until }: Extract<CodeRequested, { kind: "resting" | "crowded" | "braked" }>,
) =>
  step.halt(`code.${kind}`, kind === "braked" ? 503 : 429, {
    params: dayAndTime(until, edition, step.language),
    doors: [otherWays],
  });
