import { session } from "../core/engine/session.ts";
import type { Conversations, Pending, Unanswered } from "../core/ports.ts";
import type { BallotBox } from "../core/voting/ports.ts";
import { type Context, unreadable } from "./context.ts";
import { createHolds } from "./holds.ts";
import { run, type Statement } from "./hot.ts";
import { inboxAt, sessionOf } from "./places.ts";
import { createFind } from "./queries.ts";
import { createSave } from "./save.ts";
import { UnreadableError } from "./seal.ts";
import { received } from "./shapes.ts";

/**
 * The contacts of the oldest messages that wait, each with all of its own that do; those that are held
 * are passed over. Read by their key for each message: a plan that joins would read them all.
 */
const PENDING: Statement = {
  name: "conversations-pending",
  text: `
    WITH oldest AS (
      SELECT id, "contactId" FROM "Inbox"
      WHERE state = 'PENDING' AND ($2::float8 = 0 OR "receivedAt" <= now() - $2 * interval '1 ms')
        AND (SELECT "heldUntil" IS NULL OR "heldUntil" <= now() FROM "Contact" WHERE id = "contactId")
      ORDER BY id LIMIT $1
    ), chosen AS (
      SELECT "contactId", min(id) AS first FROM oldest GROUP BY "contactId"
    )
    SELECT contact.id AS "contactId", contact.version, contact.session,
           inbox.id AS "inboxId", inbox.channel, inbox.key, inbox.sealed
    FROM chosen
    JOIN "Contact" contact ON contact.id = chosen."contactId"
    JOIN "Inbox" inbox ON inbox."contactId" = contact.id AND inbox.state = 'PENDING'
      AND ($2 = 0 OR inbox."receivedAt" <= now() - $2 * interval '1 ms')
    ORDER BY chosen.first, inbox.position, inbox.id`,
};

interface Row {
  readonly contactId: string;
  readonly version: number;
  readonly session: Buffer | null;
  readonly inboxId: string;
  readonly channel: string;
  readonly key: Buffer;
  readonly sealed: Buffer;
}

export function createConversations(context: Context, ballotBox: BallotBox): Conversations {
  const { database, sealer, report } = context;

  /** Without this, one row that nobody can read would be met again for ever, before all others. */
  async function setAside(rows: readonly Row[], error: Error): Promise<void> {
    for (const { inboxId } of rows) {
      const problem = unreadable("Inbox", inboxId, error);
      await database.prisma.inbox.updateMany({
        where: { id: BigInt(inboxId), state: "PENDING" },
        data: { state: "FAILED", failure: problem.failure, handledAt: new Date() },
      });
      report(problem);
    }
  }

  async function readMessages(rows: readonly Row[]): Promise<readonly Unanswered[]> {
    const messages: Unanswered[] = [];
    for (const row of rows) {
      try {
        const content = sealer.open(inboxAt(row.key), row.sealed, received);
        messages.push({ inboxId: BigInt(row.inboxId), channel: row.channel, ...content });
      } catch (error) {
        if (!(error instanceof UnreadableError)) throw error;
        await setAside([row], error);
      }
    }
    return messages;
  }

  async function readContact(rows: readonly Row[]): Promise<Pending | undefined> {
    const [first] = rows;
    if (first === undefined) return undefined;
    const { contactId, version } = first;
    try {
      const saved = first.session === null ? null : sealer.open(sessionOf(contactId), first.session, session);
      const messages = await readMessages(rows);
      return messages.length === 0 ? undefined : { contactId, version, session: saved, messages };
    } catch (error) {
      if (!(error instanceof UnreadableError)) throw error;
      await setAside(rows, error);
      return undefined;
    }
  }

  return {
    async pending(limit, waitingMs = 0) {
      const rows = await run<Row>(database.pool, PENDING, [limit, waitingMs]);
      const contacts = new Map<string, Row[]>();
      for (const row of rows) {
        const own = contacts.get(row.contactId);
        if (own === undefined) contacts.set(row.contactId, [row]);
        else own.push(row);
      }
      const read: Pending[] = [];
      for (const own of contacts.values()) {
        const contact = await readContact(own);
        if (contact !== undefined) read.push(contact);
      }
      return read;
    },
    save: createSave(context),
    ...createHolds(context),
    find: createFind(context, ballotBox),
  };
}
