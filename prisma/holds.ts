import type { Conversations, Seen } from "../core/ports.ts";
import type { Context } from "./context.ts";
import { run, type Statement } from "./hot.ts";

/** Of two processes that want the same contact, the one whose statement comes second finds it held. */
const HOLD: Statement = {
  name: "conversations-hold",
  text: `
    UPDATE "Contact" contact SET "heldUntil" = now() + $3 * interval '1 ms'
    FROM unnest($1::uuid[], $2::int[]) AS given(id, version)
    WHERE contact.id = given.id AND contact.version = given.version
      AND (contact."heldUntil" IS NULL OR contact."heldUntil" <= now())
    RETURNING contact.id::text`,
};

/** Whoever was saved since is held by nobody, or by somebody else. */
const RELEASE: Statement = {
  name: "conversations-release",
  text: `
    UPDATE "Contact" contact SET "heldUntil" = NULL
    FROM unnest($1::uuid[], $2::int[]) AS given(id, version)
    WHERE contact.id = given.id AND contact.version = given.version`,
};

const seen = (contacts: readonly Seen[]) => [
  contacts.map(({ contactId }) => contactId),
  contacts.map(({ version }) => version),
];

export function createHolds({ database }: Context): Pick<Conversations, "hold" | "release"> {
  return {
    async hold(contacts, ms) {
      if (contacts.length === 0) return new Set();
      const rows = await run<{ id: string }>(database.pool, HOLD, [...seen(contacts), ms]);
      return new Set(rows.map(({ id }) => id));
    },
    async release(contacts) {
      await run(database.pool, RELEASE, seen(contacts));
    },
  };
}
