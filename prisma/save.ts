import type { Answered, Conversations } from "../core/ports.ts";
import type { Context } from "./context.ts";
import { apply } from "./effects.ts";
import { gaveWay } from "./gave-way.ts";
import { run, type Statement } from "./hot.ts";
import { ImpossibleError } from "./impossible.ts";
import { lookupAddress, outboxTo, sessionOf } from "./places.ts";
import type { Sealer } from "./seal.ts";

/**
 * Saves every given contact that is still as it was seen: nobody saved it meanwhile, and the
 * messages it answers still wait. All of a contact is written, or nothing.
 *
 * Contacts are locked in the order of their ids, so that two processes that save some of the same
 * ones wait for each other instead of dead-locking.
 */
const SAVE: Statement = {
  name: "conversations-save",
  text: `
    WITH given AS (
      SELECT * FROM unnest($1::uuid[], $2::int[], $3::bytea[]) AS given(id, version, session)
    ), handled AS (
      SELECT * FROM unnest($4::uuid[], $5::bigint[], $6::text[]) AS handled("contactId", id, failure)
    ), stale AS (
      SELECT handled."contactId" FROM handled
      LEFT JOIN "Inbox" inbox ON inbox.id = handled.id AND inbox."contactId" = handled."contactId"
      WHERE inbox.state IS DISTINCT FROM 'PENDING'
    ), unchanged AS (
      SELECT contact.id FROM "Contact" contact JOIN given USING (id, version)
      WHERE contact.id NOT IN (SELECT "contactId" FROM stale)
      ORDER BY contact.id FOR NO KEY UPDATE OF contact
    ), saved AS (
      UPDATE "Contact" contact
      SET session = given.session, version = contact.version + 1, "lastSeenAt" = now(), "heldUntil" = NULL
      FROM unchanged JOIN given USING (id) WHERE contact.id = unchanged.id
      RETURNING contact.id
    ), answered AS (
      UPDATE "Inbox" inbox
      SET state = CASE WHEN handled.failure IS NULL THEN 'DONE' ELSE 'FAILED' END::"InboxState",
          failure = handled.failure, "handledAt" = now(), sealed = NULL
      FROM handled JOIN saved ON saved.id = handled."contactId" WHERE inbox.id = handled.id
    ), sent AS (
      INSERT INTO "Outbox" ("contactId", channel, lookup, kind, sealed)
      SELECT "contactId", channel, lookup, kind::"OutboxKind", sealed
      FROM unnest($7::uuid[], $8::text[], $9::bytea[], $10::text[], $11::bytea[])
        WITH ORDINALITY AS send("contactId", channel, lookup, kind, sealed, n)
      JOIN saved ON saved.id = send."contactId" ORDER BY n
    )
    SELECT id::text FROM saved`,
};

function parameters(sealer: Sealer, answered: readonly Answered[]): readonly unknown[] {
  const handled = answered.flatMap(({ contactId, handled }) => handled.map((one) => ({ contactId, ...one })));
  const sends = answered.flatMap(({ contactId, sends }) =>
    sends.map(({ channel, address, kind, message }) => {
      const lookup = lookupAddress(sealer, channel, address);
      const sealed = sealer.seal(outboxTo(lookup), { address, message });
      return { contactId, channel, kind: kind.toUpperCase(), lookup, sealed };
    }),
  );
  return [
    answered.map(({ contactId }) => contactId),
    answered.map(({ version }) => version),
    answered.map(({ contactId, session }) => sealer.seal(sessionOf(contactId), session)),
    handled.map(({ contactId }) => contactId),
    handled.map(({ inboxId }) => inboxId),
    handled.map(({ failure }) => failure ?? null),
    sends.map(({ contactId }) => contactId),
    sends.map(({ channel }) => channel),
    sends.map(({ lookup }) => lookup),
    sends.map(({ kind }) => kind),
    sends.map(({ sealed }) => sealed),
  ];
}

export function createSave(context: Context): Conversations["save"] {
  const { database, sealer } = context;

  /** One contact with effects: the same statement, then the effects, in one transaction. */
  async function saveWithEffects(one: Answered): Promise<boolean> {
    try {
      return await database.prisma.$transaction(async (tx) => {
        const saved = await tx.$queryRawUnsafe<unknown[]>(SAVE.text, ...parameters(sealer, [one]));
        if (saved.length === 0) return false;
        for (const effect of one.effects) await apply(context, tx, one.contactId, effect);
        return true;
      });
    } catch (error) {
      if (error instanceof ImpossibleError || gaveWay(error)) return false;
      throw error;
    }
  }

  return async (answered) => {
    const plain = answered.filter(({ effects }) => effects.length === 0);
    const saved = new Set<string>();
    if (plain.length > 0) {
      const rows = await run<{ id: string }>(database.pool, SAVE, parameters(sealer, plain));
      for (const { id } of rows) saved.add(id);
    }
    for (const one of answered) {
      if (one.effects.length > 0 && (await saveWithEffects(one))) saved.add(one.contactId);
    }
    return saved;
  };
}
