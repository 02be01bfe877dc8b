import { z } from "zod";
import { Misuse, type OfficeClient, Refusal, runOfficeCommand } from "./office.ts";
import { table, when } from "./terminal.ts";

const usage = `npm run facilitator -- invite --name NAME [--place PLACE]
npm run facilitator -- list
npm run facilitator -- sessions
npm run facilitator -- stop ID

Those who accompany people that cannot do it alone, in the chat.

  invite  draws the code that they type in the chat after «facilitatore»: it is shown here once, and is good for
          14 days. The people whom they accompany read NAME, and PLACE: "Biblioteca di Podenzano"
  list    who they are, and numbers: people whom they began to accompany, who finished, who are going on, and
          assisted sessions. Whom they accompany is kept from everybody but them
  sessions  the assisted sessions they held, on which people used their chat who have no phone: when, for how many
          minutes, why, what ended them, and what was gone through to its end. Nothing tells who was helped
  stop    ends all that they do, at once; the people are told. ID is the beginning of that in the list

Works beside a running process, or by itself: then what is told is sent at the next start.
Ends with 0 when done, with 1 when not and why, with 2 when the command is not understood.`;

const invited = z.object({ id: z.string(), code: z.string(), until: z.coerce.date() });
const listed = z.array(
  z.object({
    id: z.string(),
    facilitator: z.object({ name: z.string(), place: z.string().optional() }).optional(),
    state: z.string(),
    invitedAt: z.coerce.date(),
    until: z.coerce.date(),
    started: z.number(),
    finished: z.number(),
    goingOn: z.number(),
    assisted: z.number(),
  }),
);
type Listed = z.infer<typeof listed>[number];

const held = z.array(
  z.object({
    facilitatorId: z.string(),
    reason: z.string(),
    startedAt: z.coerce.date(),
    endedAt: z.coerce.date().optional(),
    endedBy: z.string().optional(),
    done: z.array(z.string()),
  }),
);
const MINUTE_MS = 60_000;

/** As much of an id as tells it from others. */
const SHOWN = 8;

async function invite(office: OfficeClient, who: { name: string; place?: string }): Promise<string> {
  const made = await office.call("/facilitators", who, invited);
  if (!made) throw new Refusal("It could not be drawn.");
  return `${made.code}
Hand it to ${who.name} alone: it is shown only now, works once, and is good until ${when(made.until)}.
In the chat they write «facilitatore», and then the code.`;
}

async function list(office: OfficeClient): Promise<string> {
  const all = (await office.get("/facilitators", listed)) ?? [];
  if (all.length === 0) return "Nobody was invited.";
  return table([
    ["id", "state", "since", "started", "finished", "going on", "assisted", "who"],
    ...all.map(({ id, facilitator, state, invitedAt, until, started, finished, goingOn, assisted }) => [
      id.slice(0, SHOWN),
      state === "invited" ? `invited until ${when(until)}` : state,
      when(invitedAt),
      ...[started, finished, goingOn, assisted].map(String),
      facilitator ? [facilitator.name, facilitator.place].filter(Boolean).join(", ") : "(erased)",
    ]),
  ]);
}

async function sessions(office: OfficeClient): Promise<string> {
  const all = (await office.get("/facilitators/sessions", held)) ?? [];
  if (all.length === 0) return "No assisted session was held.";
  const known = (await office.get("/facilitators", listed)) ?? [];
  const who = new Map(known.map((one) => [one.id, nameOf(one)]));
  return table([
    ["began", "minutes", "reason", "ended by", "done", "facilitator"],
    ...all.map(({ facilitatorId, reason, startedAt, endedAt, endedBy, done }) => [
      when(startedAt),
      endedAt ? String(Math.round((endedAt.getTime() - startedAt.getTime()) / MINUTE_MS)) : "",
      reason,
      endedBy ?? "(going on)",
      done.join(", ") || "-",
      who.get(facilitatorId) ?? facilitatorId.slice(0, SHOWN),
    ]),
  ]);
}

async function stop(office: OfficeClient, beginning: string): Promise<string> {
  const all = (await office.get("/facilitators", listed)) ?? [];
  const [one, ...others] = all.filter(({ id }) => id.startsWith(beginning));
  if (!one || others.length > 0)
    throw new Refusal(one ? `Several begin with ${beginning}.` : `There is no facilitator ${beginning}.`);
  const done = await office.post(`/facilitators/${one.id}/stop`, {});
  if (done.kind === "unknown") throw new Refusal(`${nameOf(one)} was stopped already.`);
  return `${nameOf(one)} accompanies nobody any more.`;
}

const nameOf = ({ id, facilitator }: Listed): string => facilitator?.name ?? id.slice(0, SHOWN);

await runOfficeCommand({
  usage,
  options: { name: { type: "string" }, place: { type: "string" } },
  plan([command, id, ...rest], { name, place }) {
    if (command === "invite" && name !== undefined && id === undefined)
      return (office) => invite(office, { name, ...(place !== undefined && { place }) });
    if (name !== undefined || place !== undefined || rest.length > 0)
      throw new Misuse("That is none of these commands.");
    if (command === "list" && id === undefined) return list;
    if (command === "sessions" && id === undefined) return sessions;
    if (command === "stop" && id !== undefined && /^[0-9a-f-]{4,36}$/.test(id))
      return (office) => stop(office, id);
    throw new Misuse("That is none of these commands.");
  },
});
