import { join } from "node:path";
import { type Circumstances, keyOf, makeContext, saidBy } from "../../core/context.ts";
import { respond } from "../../core/conversation.ts";
import type { Edition } from "../../core/edition/schema.ts";
import type { Effect } from "../../core/effects.ts";
import type { Incoming, Message } from "../../core/engine/message.ts";
import { newSession, type Session, session as sessionSchema } from "../../core/engine/session.ts";
import { present } from "../../core/manner/present.ts";
import type { Outgoing } from "../../core/ports.ts";
import type { Found, Query } from "../../core/queries.ts";
import { payloads, repertoireOf } from "../../core/repertoire.ts";
import type { Repertoire } from "../../core/turn.ts";
import { makeVocabulary } from "../../core/understanding/vocabulary.ts";
import { loadEdition } from "../../editions/load.ts";
import { loadWords } from "../../locales/index.ts";
import { ANCHOR } from "./house.ts";

/** What came of a message in a conversation that is held in memory alone. */
export interface Heard {
  readonly session: Session;
  readonly message: Message;
  readonly effects: readonly Effect[];
  readonly sends: readonly Outgoing[];
}

const loaded = loadEdition(join(import.meta.dirname, "../../editions/demo.yaml"), ANCHOR);
if (!loaded.ok) throw new Error("The demonstration's file has mistakes.");
export const demo = loaded.edition;
export const words = loadWords();
const vocabulary = makeVocabulary(words, payloads, demo.name);
export const fresh = (): Session => newSession("it");

/** What lookups give where nothing is kept, of somebody who has done nothing yet, and nothing was taught. */
const nothing: { readonly [K in Query["kind"]]: Found<Extract<Query, { kind: K }>> } = {
  proposals: [],
  ownProposals: [],
  ownTickets: [],
  offeredDraft: null,
  ballotTie: "none",
  ballotTies: 0,
  ownCityUsers: [],
  answeredQuestionnaires: [],
  result: null,
  projects: { fixed: false, projects: [] },
  wishes: { of: [], hours: "any", chats: ["chat"], withdrawn: false },
  held: {
    since: "2026-09-07",
    lastSeen: "2026-09-07",
    addresses: [],
    proposals: [],
    joined: [],
    reminders: [],
    notices: [],
    hours: "any",
    consents: [],
    ties: [],
    tickets: [],
    cityUsers: [],
    questionnaires: [],
    accompanied: [],
  },
  meaning: null,
  impersonal: null,
  facilitator: null,
  lent: false,
  invitation: { kind: "unknown" },
  accompaniment: { kind: "unknown" },
  ownAccompaniment: null,
  accompanied: { started: 0, finished: 0, latest: [] },
  handedOver: null,
  proposedAnswer: null,
  transcript: { kind: "silent" },
};

/**
 * Says something to core alone, with nothing kept but the session, which passes through JSON and
 * its schema as the database would have it.
 *
 * @param find what lookups give; nothing is there unless told
 */
export function talk(
  before: Session,
  incoming: Incoming,
  options: {
    readonly repertoire?: Repertoire;
    readonly edition?: Edition;
    readonly today?: string;
    readonly realNow?: Date;
    readonly entropy?: Uint8Array;
    readonly find?: (query: Query) => unknown;
    /** Whether voice notes are listened to; they are unless told. */
    readonly hears?: boolean;
  } = {},
): Heard {
  const session = sessionSchema.parse(JSON.parse(JSON.stringify(before)));
  const repertoire = options.repertoire ?? repertoireOf(options.edition ?? demo);
  const circumstances: Circumstances = {
    edition: options.edition ?? demo,
    today: options.today ?? ANCHOR,
    now: new Date(`${options.today ?? ANCHOR}T10:00:00Z`),
    asked: session.active,
    realNow: options.realNow ?? new Date("2026-09-07T10:00:00Z"),
    language: session.language,
    guest: session.assisted !== undefined,
    channel: "chat",
    address: "someone",
    by: saidBy(incoming),
    mail: true,
    hears: options.hears ?? true,
    pages: (path) => `https://partecipa.example.org${path}`,
    opening: (payload) => `https://chat.example.org/?start=${payload}`,
    openings: (payload) => [{ channel: "chat", url: `https://chat.example.org/?start=${payload}` }],
    languages: words.languages,
    covers: words.covers,
    entropy: options.entropy ?? new Uint8Array(64).fill(7),
    say: (text, language = session.language) => words.say(language, text),
  };
  const found = new Map<string, unknown>();
  for (;;) {
    const context = makeContext(circumstances, found);
    const spoken = respond(repertoire, vocabulary, session, incoming, context);
    if (spoken.kind === "lookup") {
      const { query } = spoken;
      found.set(keyOf(query), options.find?.(query) ?? nothing[query.kind]);
      continue;
    }
    const said = present(spoken.parts, spoken.session, {
      words,
      repertoire,
      room: { text: 4096, textWithChoices: 1024 },
    });
    return { ...spoken, ...said };
  }
}

export const says = (text: string): Incoming => ({ kind: "text", text });
export const presses = (data: string): Incoming => ({ kind: "choice", data });
