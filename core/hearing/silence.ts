import { DOOR } from "../compose.ts";
import { menuDoor } from "../doors.ts";
import { addDays } from "../edition/calendar.ts";
import type { Incoming, Text } from "../engine/message.ts";
import type { Session } from "../engine/session.ts";
import type { Spoken, Turn } from "../turn.ts";
import { normal } from "../understanding/normal.ts";

/** Numbers are given to somebody else after they have been silent for months: six, to be careful. */
const SILENCE_DAYS = 180;
const TRIES = 2;

const own = { kind: "ownProposals" } as const;
const asked = { kind: "ownCityUsers" } as const;

/**
 * After months of silence a number may have passed to somebody else: what its former owner wrote is
 * shown only to who can tell a surname that they had given. Where nothing is kept there is nothing
 * to protect.
 *
 * @returns what to say meanwhile; `undefined` where the conversation goes on as ever
 */
export function afterSilence(turn: Turn, incoming: Incoming): Spoken | undefined {
  const today = turn.context.realNow.toISOString().slice(0, 10);
  const { seenOn, asleep } = turn.session;
  turn.session = { ...turn.session, seenOn: today };
  const silent = seenOn !== undefined && addDays(seenOn, SILENCE_DAYS) < today;
  if (asleep === undefined && !silent) return undefined;

  const proposals = turn.context.found(own);
  if (!proposals) return { kind: "lookup", query: own };
  const requests = turn.context.found(asked);
  if (!requests) return { kind: "lookup", query: asked };
  const given = [...proposals.map(({ by }) => by), ...requests].map(({ surname }) => surname);
  const surnames = [...surnamesIn(turn.session), ...given].map(normal);
  if (surnames.length === 0) return wake(turn);

  if (incoming.kind === "choice" && incoming.data === `${DOOR}other`) return part(turn);
  if (asleep === undefined) return ask(turn, 0, []);
  if (incoming.kind !== "text") return ask(turn, asleep, []);
  if (surnames.includes(normal(incoming.text))) {
    wake(turn);
    return turn.pending([{ key: "privacy.awake" }]);
  }
  return asleep + 1 < TRIES ? ask(turn, asleep + 1, [{ key: "privacy.not_that" }]) : part(turn);
}

function wake(turn: Turn): undefined {
  const { asleep: _, ...awake } = turn.session;
  turn.session = awake;
}

function ask(turn: Turn, tries: number, notes: readonly Text[]): Spoken {
  turn.session = { ...turn.session, asleep: tries };
  const doors = [{ opens: "other", label: { key: "privacy.option.other" } }];
  return turn.spoken({ notes: [...notes, { key: "privacy.who" }], doors });
}

/** Somebody else begins anew; the former one's session is left as it is, under no address. */
function part(turn: Turn): Spoken {
  const { channel, address } = turn.context;
  const spoken = turn.spoken({ notes: [{ key: "privacy.parted" }], doors: [menuDoor] });
  if (spoken.kind === "lookup") return spoken;
  return { ...spoken, effects: [{ kind: "partFrom", channel, address }] };
}

/** Surnames given in drafts. */
const surnamesIn = ({ active, parked }: Session): string[] =>
  [...active, ...parked].flatMap(({ answers }) => {
    const surname = answers["surname"];
    return typeof surname === "string" ? [surname] : [];
  });
