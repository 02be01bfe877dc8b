import type pg from "pg";
import type { Campaign } from "../../core/campaigns/campaign.ts";
import type { Candidate, Wish } from "../../core/campaigns/fate.ts";
import { type Session, session } from "../../core/engine/session.ts";
import { isKind } from "../../core/reminders/kinds.ts";
import { type Context, unreadable } from "../context.ts";
import type { ReminderHours } from "../generated/client.ts";
import { lookupAddress, reminderOf, sessionOf } from "../places.ts";
import { type Bytes, UnreadableError } from "../seal.ts";
import { address } from "../shapes.ts";

/** A candidate, and where they are written to. */
export interface Person {
  readonly contactId: string;
  readonly candidate: Candidate;
  /** By the wish's name. */
  readonly chats: ReadonlyMap<string, Chat>;
}

/** Where a wish was made. */
export interface Chat {
  readonly channel: string;
  readonly address: string;
  readonly lookup: Bytes;
}

interface ContactRow {
  readonly id: string;
  readonly session: Buffer | null;
  readonly hours: ReminderHours;
  readonly comune: string | null;
  readonly voted: boolean;
  readonly proponent: boolean;
  readonly coDesigner: boolean;
  readonly cityUser: boolean;
  readonly facilitator: boolean;
  readonly got: readonly Date[];
  readonly hasThis: boolean;
}

/** By the primary keys and the indexes on `contactId`: what it costs does not grow with how many others there are. */
const CONTACTS = `
  SELECT c.id::text, c.session, c.hours::text, c.comune,
    c."votedIn" IS NOT DISTINCT FROM $2 OR EXISTS (
      SELECT FROM "BallotTie" WHERE "contactId" = c.id AND edition = $2) AS voted,
    EXISTS (SELECT FROM "Proposal" WHERE "contactId" = c.id AND edition = $2 AND state <> 'WITHDRAWN') AS proponent,
    EXISTS (SELECT FROM "CoDesigner" j JOIN "Proposal" p ON p.id = j."proposalId"
            WHERE j."contactId" = c.id AND p.edition = $2) AS "coDesigner",
    EXISTS (SELECT FROM "CityUser" WHERE "contactId" = c.id AND edition = $2 AND state = 'ENABLED') AS "cityUser",
    EXISTS (SELECT FROM "Facilitator"
            WHERE "contactId" = c.id AND edition = $2 AND "stoppedAt" IS NULL) AS facilitator,
    ARRAY(SELECT "queuedAt" FROM "CampaignRecipient"
          WHERE "contactId" = c.id AND "queuedAt" > $4 AND state = 'QUEUED') AS got,
    EXISTS (SELECT FROM "CampaignRecipient"
            WHERE edition = $2 AND "campaignId" = $3 AND "contactId" = c.id AND state = 'QUEUED') AS "hasThis"
  FROM "Contact" c WHERE c.id = ANY($1::uuid[]) ORDER BY c.id`;

interface WishRow {
  readonly contactId: string;
  readonly phase: string;
  readonly channel: string;
  readonly sealed: Buffer;
}

const WISHES = `
  SELECT "contactId"::text, phase, channel, sealed FROM "Reminder"
  WHERE "contactId" = ANY($1::uuid[]) AND edition = $2 AND phase = ANY($3) AND "sentAt" IS NULL
  ORDER BY "contactId", phase`;

interface AddressRow {
  readonly contactId: string;
  readonly channel: string;
  readonly lookup: Buffer;
  readonly unreachableAt: Date | null;
  /** On any address of the channel: the platform's window is the person's, not the address's. */
  readonly heardAt: Date | null;
}

/** A chat that is lent to a guest is still the facilitator's: what is written to it waits. */
const ADDRESSES = `
  SELECT "contactId"::text, channel, lookup, "unreachableAt",
    max("heardAt") OVER (PARTITION BY "contactId", channel) AS "heardAt"
  FROM (
    SELECT "contactId", channel, lookup, "unreachableAt", "heardAt"
    FROM "Address" WHERE "contactId" = ANY($1::uuid[])
    UNION ALL
    SELECT lent."ownerId", address.channel, lookup, "unreachableAt", "heardAt"
    FROM "AssistedSession" lent JOIN "Address" address ON address."contactId" = lent."guestId"
    WHERE lent."endedAt" IS NULL AND lent."ownerId" = ANY($1::uuid[])
  ) reached`;

/** No cap looks further back. */
const LOOK_BACK_MS = 7 * 24 * 60 * 60 * 1000;

/**
 * Reads all that is known of some contacts, in three statements. What cannot be read excludes its
 * contact, and is reported.
 *
 * @param now the edition's time; moments come out by its clock
 */
export async function readPeople(
  { edition, sealer, report }: Pick<Context, "edition" | "sealer" | "report">,
  database: Pick<pg.PoolClient, "query">,
  { id, campaign }: { readonly id: string; readonly campaign: Campaign },
  ids: readonly string[],
  now: Date,
): Promise<{ readonly people: readonly Person[]; readonly unreadable: readonly string[] }> {
  const ahead = now.getTime() - Date.now();
  const query = async <Row extends pg.QueryResultRow>(text: string, ...values: readonly unknown[]) =>
    (await database.query<Row>(text, [[...ids], ...values])).rows;
  const since = new Date(now.getTime() - LOOK_BACK_MS);
  const contacts = await query<ContactRow>(CONTACTS, edition, id, since);
  const wishesOf = byContact(await query<WishRow>(WISHES, edition, campaign.plan.wishes));
  const addressesOf = byContact(await query<AddressRow>(ADDRESSES));

  const people: Person[] = [];
  const lost: string[] = [];
  for (const row of contacts) {
    try {
      people.push(personOf(row, wishesOf.get(row.id) ?? [], addressesOf.get(row.id) ?? []));
    } catch (error) {
      if (!(error instanceof UnreadableError)) throw error;
      report(unreadable("Contact", row.id, error));
      lost.push(row.id);
    }
  }
  return { people, unreadable: lost };

  function personOf(row: ContactRow, made: readonly WishRow[], reached: readonly AddressRow[]): Person {
    const remembered = row.session && sealer.open(sessionOf(row.id), row.session, session);
    const chats = new Map(
      made.map(({ phase, channel, sealed }) => {
        const to = sealer.open(reminderOf(row.id, edition, phase), sealed, address);
        return [phase, { channel, address: to, lookup: lookupAddress(sealer, channel, to) }] as const;
      }),
    );
    const candidate: Candidate = {
      wishes: [...chats].map(([of, chat]) => wishOf(of, chat, reached)),
      language: remembered?.language ?? campaign.languages[0] ?? "it",
      simple: remembered?.profile?.simple ?? false,
      hours: HOURS[row.hours],
      ...(row.comune !== null && { comune: row.comune }),
      roles: [
        ...(row.proponent ? ["proponent" as const] : []),
        ...(row.coDesigner ? ["co-designer" as const] : []),
        ...(row.cityUser ? ["city-user" as const] : []),
        ...(row.facilitator ? ["facilitator" as const] : []),
      ],
      draft: hasDraft(remembered),
      voted: row.voted,
      got: row.got,
      hasThis: row.hasThis,
    };
    return { contactId: row.id, candidate, chats };
  }

  /** An address that is the contact's no more is somebody else's. */
  function wishOf(of: string, { channel, lookup }: Chat, reached: readonly AddressRow[]): Wish {
    const known = reached.find((one) => one.channel === channel && Buffer.compare(one.lookup, lookup) === 0);
    return {
      of,
      once: !isKind(of),
      channel,
      unreachable: known === undefined || known.unreachableAt !== null,
      ...(known?.heardAt && { heardAt: new Date(known.heardAt.getTime() + ahead) }),
    };
  }
}

function byContact<Row extends { readonly contactId: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const found = new Map<string, Row[]>();
  for (const row of rows) {
    const others = found.get(row.contactId);
    if (others) others.push(row);
    else found.set(row.contactId, [row]);
  }
  return found;
}

const HOURS: Readonly<Record<ReminderHours, Candidate["hours"]>> = {
  ANY: "any",
  MORNING: "morning",
  AFTERNOON: "afternoon",
  EVENING: "evening",
};

/** Whether a proposal is begun and not sent: one answer is enough. */
const hasDraft = (remembered: Session | null): boolean =>
  [...(remembered?.active ?? []), ...(remembered?.parked ?? [])].some(
    ({ flow, answers }) => flow === "proposal" && Object.keys(answers).length > 0,
  );
