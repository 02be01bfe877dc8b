import type pg from "pg";
import type { Fate } from "../../core/campaigns/fate.ts";
import type { Feeding, TemplatesLeft } from "../../core/campaigns/ports.ts";
import type { Message } from "../../core/engine/message.ts";
import { isKind } from "../../core/reminders/kinds.ts";
import type { Context } from "../context.ts";
import { outboxTo } from "../places.ts";
import type { Bytes } from "../seal.ts";
import { transaction } from "../transaction.ts";
import { type Person, readPeople } from "./candidates.ts";
import { feedAlone, holdStill } from "./locks.ts";
import { outboxName } from "./names.ts";
import { templatesLeft } from "./templates-left.ts";

/** Contacts of one transaction: it ends within a moment, and who writes meanwhile hardly waits. */
const BATCH = 200;

/** What becomes of a recipient now. */
type Told = { readonly contactId: string } & (
  | {
      readonly state: "QUEUED";
      readonly channel: string;
      readonly language: string;
      readonly template: boolean;
      readonly lookup: Bytes;
      readonly sealed: Bytes;
    }
  | { readonly state: "EXCLUDED"; readonly reason: string }
  /** Without a reason: until there is room on the channel. Without a moment: until the platform lets more out. */
  | {
      readonly state: "WAITING";
      readonly reason?: string;
      readonly channel?: string;
      readonly notBefore: Date | null;
    }
);

/**
 * Decides of the next recipients who wait: writes their messages to the outbox, and what became of them
 * beside, in one transaction. Killed anywhere, all of it was done or nothing.
 *
 * @returns how many were dealt with; 0 where nobody waits, or another process is at it
 */
export function feed(context: Context, id: string, feeding: Feeding): Promise<number> {
  const { database, edition } = context;
  const { campaign, now, dailyLimit } = feeding;
  return transaction(database.pool, async (client) => {
    if (!(await feedAlone(client)) || !(await isRunning(client, edition, id))) return 0;
    const templates = await templatesLeft(client, dailyLimit, now);
    const waiting = await next(client, edition, id, feeding, templates);
    const ids = await holdStill(client, waiting);
    if (ids.length === 0) return 0;
    const { people, unreadable } = await readPeople(context, client, { id, campaign }, ids, now);
    const told: readonly Told[] = [
      ...decide(context, people, feeding, templates),
      ...unreadable.map((contactId) => ({ contactId, state: "EXCLUDED", reason: "unreadable" }) as const),
    ];
    await client.query(WRITE, parameters(edition, id, campaign.plan.wishes, now, told));
    return told.length;
  });
}

/** Whoever pauses or stops it waits until this transaction has ended. */
async function isRunning(client: pg.PoolClient, edition: string, id: string): Promise<boolean> {
  const { rows } = await client.query(
    `SELECT 1 FROM "Campaign" WHERE edition = $1 AND id = $2 AND state = 'RUNNING' FOR SHARE`,
    [edition, id],
  );
  return rows.length > 0;
}

/**
 * Nobody else takes any: one process feeds. Those who wait for the platform's limit (no moment) are taken only
 * as far as it lets more out.
 */
const NEXT = `
  (SELECT "contactId"::text FROM "CampaignRecipient"
   WHERE edition = $1 AND "campaignId" = $2 AND state = 'WAITING' AND "notBefore" <= $3
     AND (channel IS NULL OR channel = ANY($4))
   ORDER BY "notBefore", "contactId" LIMIT $5)
  UNION ALL
  (SELECT "contactId"::text FROM "CampaignRecipient"
   WHERE edition = $1 AND "campaignId" = $2 AND state = 'WAITING' AND "notBefore" IS NULL
     AND channel = ANY($4)
   ORDER BY "contactId" LIMIT $6)`;

async function next(
  client: pg.PoolClient,
  edition: string,
  id: string,
  { now, room, batch = BATCH }: Feeding,
  { left }: TemplatesLeft,
): Promise<readonly string[]> {
  const open = [...room].filter(([, places]) => places > 0).map(([channel]) => channel);
  if (open.length === 0) return [];
  const limited = Math.max(0, Math.min(batch, left));
  const { rows } = await client.query<{ contactId: string }>(NEXT, [edition, id, now, open, batch, limited]);
  return rows.map(({ contactId }) => contactId);
}

function decide(
  { sealer }: Context,
  people: readonly Person[],
  { fateOf, compose, room, now }: Feeding,
  { left: atFirst, freesAt }: TemplatesLeft,
): readonly Told[] {
  const places = new Map(room);
  const composed = new Map<string, Message>();
  let left = atFirst;
  return people.map(({ contactId, candidate, chats }): Told => {
    const fate: Fate = fateOf(candidate, { left, freesAt });
    if (fate.kind === "excluded") return { contactId, state: "EXCLUDED", reason: fate.because };
    if (fate.kind === "wait") {
      const channel = [...chats.values()][0]?.channel;
      const limited = fate.because === "limit" && channel !== undefined;
      return {
        ...{ contactId, state: "WAITING", reason: fate.because, notBefore: limited ? null : fate.until },
        ...(limited && { channel }),
      };
    }
    const { kind: _, wish, ...way } = fate;
    const { channel, language, template } = way;
    const chat = chats.get(wish);
    if (!chat) return { contactId, state: "EXCLUDED", reason: "no_wish" };
    const free = places.get(channel) ?? 0;
    if (free <= 0) return { contactId, state: "WAITING", channel, notBefore: now };
    places.set(channel, free - 1);
    if (template) left -= 1;
    const key = JSON.stringify(way);
    const message = composed.get(key) ?? compose(way);
    composed.set(key, message);
    const sealed = sealer.seal(outboxTo(chat.lookup), { address: chat.address, message });
    return { contactId, state: "QUEUED", channel, language, template, lookup: chat.lookup, sealed };
  });
}

/** A wish to be told once is spent by what tells of it. Where a facilitator's chat is a guest's, it waits. */
const WRITE = `
  WITH told AS (
    SELECT * FROM unnest($5::uuid[], $6::text[], $7::text[], $8::text[], $9::text[], $10::bool[], $11::timestamptz[],
      $12::bytea[], $13::bytea[])
      AS told("contactId", state, reason, channel, language, template, "notBefore", lookup, sealed)
  ), sent AS (
    INSERT INTO "Outbox" ("contactId", channel, lookup, kind, sealed, campaign, "notBefore")
    SELECT "contactId", channel, lookup, 'NOTICE', sealed, $14, (
      SELECT until FROM "AssistedSession" lent
      WHERE lent."ownerId" = told."contactId" AND lent.channel = told.channel AND lent."endedAt" IS NULL)
    FROM told WHERE state = 'QUEUED'
    RETURNING id, "contactId"
  ), spent AS (
    UPDATE "Reminder" wish SET "sentAt" = now() FROM sent
    WHERE wish."contactId" = sent."contactId" AND wish.edition = $1 AND wish.phase = ANY($4)
      AND wish."sentAt" IS NULL
  )
  UPDATE "CampaignRecipient" recipient
  SET state = told.state::"RecipientState", reason = told.reason, channel = told.channel, language = told.language,
    template = told.template, "notBefore" = told."notBefore", "outboxId" = sent.id,
    "queuedAt" = CASE WHEN sent.id IS NOT NULL THEN $3::timestamptz END
  FROM told LEFT JOIN sent USING ("contactId")
  WHERE recipient.edition = $1 AND recipient."campaignId" = $2 AND recipient."contactId" = told."contactId"`;

function parameters(
  edition: string,
  id: string,
  wishes: readonly string[],
  now: Date,
  told: readonly Told[],
): unknown[] {
  const queued = told.map((one) => (one.state === "QUEUED" ? one : undefined));
  return [
    edition,
    id,
    now,
    wishes.filter((of) => !isKind(of)),
    told.map(({ contactId }) => contactId),
    told.map(({ state }) => state),
    told.map((one) => ("reason" in one ? one.reason : null)),
    told.map((one) => ("channel" in one ? one.channel : null)),
    queued.map((one) => one?.language ?? null),
    queued.map((one) => one?.template ?? false),
    told.map((one) => ("notBefore" in one ? one.notBefore : null)),
    queued.map((one) => one?.lookup ?? null),
    queued.map((one) => one?.sealed ?? null),
    outboxName(edition, id),
  ];
}
