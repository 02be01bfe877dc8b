import { randomInt, timingSafeEqual } from "node:crypto";
import type { LoginCodes } from "../../core/voting/identity.ts";
import type { Context } from "../context.ts";
import { run, type Statement } from "../hot.ts";
import { lookupAddress, outboxTo } from "../places.ts";
import type { Bytes, Sealer } from "../seal.ts";
import { claimedBy, contactOf, nameOf } from "./claims.ts";
import { count, countedSoFar } from "./throttle.ts";

const DIGITS = 8;
const LIVES_MS = 10 * 60_000;
const TRIES = 3;
/** Codes after which nobody gets one for {@link RESTS} with the same data; a day without any starts anew. */
const MOST_CODES = 10;
const RESTS = "interval '24 hours'";
/** Codes an hour from one source: a library, or a mobile network whose people share an address. */
const MOST_FROM_SOURCE = 60;
/**
 * Wrong codes an hour, at codes that were sent, after which this way in is closed to all. Who guesses
 * that many for the thirty days of a vote hits one code of eight digits with a chance of 0.7 %.
 */
const MOST_WRONG = 1000;

/** Puts a code in the place of the one before and into the outbox; does neither while the route rests. */
const ISSUE: Statement = {
  name: "login-code-issue",
  text: `
    WITH issued AS (
      INSERT INTO "LoginCode" AS held (edition, lookup, mac, session, "voterId", "triesLeft", until)
      VALUES ($1, $2, $3, $4, $5::uuid, ${TRIES}, $6)
      ON CONFLICT (edition, lookup) DO UPDATE SET
        mac = excluded.mac, session = excluded.session, "voterId" = excluded."voterId",
        "triesLeft" = excluded."triesLeft", until = excluded.until,
        issued = CASE
          WHEN held."restsUntil" IS NOT NULL OR held.until <= $7::timestamptz - ${RESTS} THEN 1
          ELSE held.issued + 1 END,
        "restsUntil" = CASE
          WHEN held."restsUntil" IS NULL AND held.until > $7::timestamptz - ${RESTS}
            AND held.issued + 1 >= ${MOST_CODES} THEN $7::timestamptz + ${RESTS} END
      WHERE held."restsUntil" IS NULL OR held."restsUntil" <= $7::timestamptz
      RETURNING issued
    ), written AS (
      INSERT INTO "Outbox" (channel, lookup, kind, sealed, state, "settledAt")
      SELECT $8, $9, 'CODE', $10::bytea, $11::"OutboxState", $12::timestamptz FROM issued
    )
    SELECT EXISTS (SELECT FROM issued) AS issued,
      (SELECT "restsUntil" FROM "LoginCode" WHERE edition = $1 AND lookup = $2) AS "restsUntil"`,
};

/** The try is spent before anybody compares: of a thousand who guess at once, three get so far. */
const TRY: Statement = {
  name: "login-code-try",
  text: `
    UPDATE "LoginCode" SET "triesLeft" = "triesLeft" - 1
    WHERE edition = $1 AND lookup = $2 AND session = $3 AND "triesLeft" > 0 AND until > $4
    RETURNING mac, "triesLeft", "voterId" IS NOT NULL AS sent`,
};

/** Of several who typed the right one at once, one finds it there. With it goes the letter it took. */
const USE: Statement = {
  name: "login-code-use",
  text: `
    WITH used AS (
      UPDATE "LoginCode" SET "triesLeft" = 0, until = $4
      WHERE edition = $1 AND lookup = $2 AND mac = $3 AND until > $4
      RETURNING "voterId" AS id
    ), spent AS (
      UPDATE "Voter" SET letter = NULL FROM used WHERE "Voter".id = used.id AND letter IS NOT NULL
    )
    SELECT id FROM used WHERE id IS NOT NULL`,
};

export function createLoginCodes(context: Context): LoginCodes {
  const { database, sealer, edition } = context;
  const { pool } = database;
  const brake = sealer.lookup("login-brake", edition);

  /** Until when nobody is let in this way, if so. */
  async function brakedUntil(now: Date): Promise<Date | undefined> {
    const wrong = await countedSoFar(database, brake, now);
    return wrong.count >= MOST_WRONG ? wrong.until : undefined;
  }

  return {
    async request({ claim, selfDeclared, channels, session, source, write }, now) {
      const braked = await brakedUntil(now);
      if (braked) return { kind: "braked", until: braked };
      const asked = await count(database, sealer.lookup("login-source", source), 1, now);
      if (asked.count > MOST_FROM_SOURCE) return { kind: "crowded", until: asked.until };

      const voter = await claimedBy(context, claim);
      const contact = voter && contactOf(voter, claim, selfDeclared, channels);
      // Who cannot be reached, or is not on the roll, gets a code and a letter like anybody else's; it is
      // settled as soon as it is written.
      const { channel, address } = contact ?? { channel: "mail", address: claim.email };
      const code = String(randomInt(10 ** DIGITS)).padStart(DIGITS, "0");
      const until = new Date(now.getTime() + LIVES_MS);
      const handle = sealer.lookup("login-claim", edition, claim.taxCode, nameOf(claim));
      const to = lookupAddress(sealer, contact ? channel : "decoy", address);
      const sealed = sealer.seal(outboxTo(to), { address, message: write(channel, code, until) });
      const [answer] = await run<{ issued: boolean; restsUntil: Date | null }>(pool, ISSUE, [
        edition,
        handle,
        macOf(sealer, handle, session, code),
        session,
        contact ? voter.id : null,
        until,
        now,
        channel,
        to,
        contact ? sealed : null,
        contact ? "READY" : "SENT",
        contact ? null : now,
      ]);
      if (!answer?.issued) return { kind: "resting", until: answer?.restsUntil ?? now };
      return { kind: "sent", handle: hex(handle), until };
    },

    async verify({ handle: name, code, session }, now) {
      const braked = await brakedUntil(now);
      if (braked) return { kind: "braked", until: braked };
      const handle = Buffer.from(name, "hex");
      const [live] = await run<{ mac: Buffer; triesLeft: number; sent: boolean }>(pool, TRY, [
        edition,
        handle,
        session,
        now,
      ]);
      if (!live) return { kind: "over" };
      const mac = macOf(sealer, handle, session, code.replace(/\D/g, ""));
      if (!timingSafeEqual(mac, live.mac)) {
        // Guessing at what was sent to nobody wins nothing, and must not close the way to all.
        const wrong = await count(database, brake, live.sent ? 1 : 0, now);
        return { kind: "wrong", triesLeft: live.triesLeft, brakes: live.sent && wrong.count === MOST_WRONG };
      }
      const [used] = await run<{ id: string }>(pool, USE, [edition, handle, mac, now]);
      return used ? { kind: "right", voterId: used.id } : { kind: "over" };
    },
  };
}

/** Of a code, in the one browser that asked for it. */
const macOf = (sealer: Sealer, handle: Uint8Array, session: Uint8Array, code: string): Bytes =>
  sealer.lookup("login-code", hex(handle), hex(session), code);

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
