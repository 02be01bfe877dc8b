import { randomBytes } from "node:crypto";
import { z } from "zod";
import type { BallotSession, BallotSessions } from "../../core/voting/ports.ts";
import type { Context } from "../context.ts";
import { run, type Statement } from "../hot.ts";
import { ballotSessionAt, digitsOf, lookupBallotSession, lookupDigits } from "../places.ts";
import type { Bytes } from "../seal.ts";
import { MARK, ROUTE, type RouteMark } from "./marks.ts";

const TOKEN_BYTES = 32;
const LIVES = "interval '20 minutes'";
/** How long the digits can be typed in the chat, and how often. */
const DIGITS_LIVE = "interval '10 minutes'";
const TRIES = 3;

const BEGIN: Statement = {
  name: "ballot-session-begin",
  text: `
    INSERT INTO "BallotSession" (lookup, edition, "contactId", until)
    VALUES ($1, $2, $3::uuid, now() + ${LIVES})`,
};

/** Every step prolongs a session, except where digits are shown: those have a time of their own. */
const READ: Statement = {
  name: "ballot-session-read",
  text: `
    UPDATE "BallotSession" SET until = CASE WHEN digits IS NULL THEN now() + ${LIVES} ELSE until END
    WHERE lookup = $1 AND edition = $2 AND until > now()
    RETURNING "contactId", "voterId", route, sealed, until, digits IS NOT NULL AND "triesLeft" > 0 AS tying`,
};

/** A session that ended just now is begun anew, without its chat. */
const SIGN_IN: Statement = {
  name: "ballot-session-sign-in",
  text: `
    WITH former AS (
      DELETE FROM "BallotSession" WHERE lookup = $1 AND edition = $2 RETURNING "contactId", until
    )
    INSERT INTO "BallotSession" (lookup, edition, "contactId", "voterId", route, until)
    SELECT $3, $2, (SELECT "contactId" FROM former WHERE until > now()), $4::uuid, $5::"Mark", now() + ${LIVES}`,
};

/** Done once, however often it is asked: what follows a vote stays as it was drawn. */
const VOTED: Statement = {
  name: "ballot-session-voted",
  text: `
    UPDATE "BallotSession"
    SET "voterId" = NULL, route = NULL, sealed = NULL,
        digits = CASE WHEN "voterId" IS NULL THEN digits WHEN "contactId" IS NOT NULL THEN $3::bytea END,
        "triesLeft" = CASE WHEN "voterId" IS NULL THEN "triesLeft" ELSE ${TRIES} END,
        until = CASE WHEN "voterId" IS NULL THEN until ELSE now() + ${DIGITS_LIVE} END
    WHERE lookup = $1 AND edition = $2 AND ("voterId" IS NOT NULL OR digits IS NOT NULL)
    RETURNING digits IS NOT NULL AND "triesLeft" > 0 AND until > now() AS tying`,
};

interface Row {
  readonly contactId: string | null;
  readonly voterId: string | null;
  readonly route: RouteMark | null;
  readonly sealed: Buffer | null;
  readonly until: Date;
  readonly tying: boolean;
}

export function createSessions({ database: { prisma, pool }, sealer, edition }: Context): BallotSessions {
  const draw = () => randomBytes(TOKEN_BYTES).toString("base64url");
  const find = (token: string) => lookupBallotSession(sealer, token);

  function sessionIn(lookup: Bytes, row: Row): BallotSession {
    const { contactId, voterId, route, sealed, until, tying } = row;
    return {
      lookup,
      until,
      tying,
      ...(contactId !== null && { contactId }),
      ...(voterId !== null && route !== null && { signedIn: { voterId, route: ROUTE[route] } }),
      ...(sealed !== null && { memo: sealer.open(ballotSessionAt(lookup), sealed, z.unknown()) }),
    };
  }

  return {
    async begin(contactId) {
      const token = draw();
      await run(pool, BEGIN, [find(token), edition, contactId ?? null]);
      return token;
    },
    async read(token) {
      const lookup = find(token);
      const [row] = await run<Row>(pool, READ, [lookup, edition]);
      return row && sessionIn(lookup, row);
    },
    async remember(token, memo) {
      const lookup = find(token);
      const sealed = memo === undefined ? null : sealer.seal(ballotSessionAt(lookup), memo);
      await prisma.ballotSession.updateMany({ where: { lookup, edition }, data: { sealed } });
    },
    async signIn(token, voterId, route) {
      const fresh = draw();
      await run(pool, SIGN_IN, [find(token), edition, find(fresh), voterId, MARK[route]]);
      return fresh;
    },
    async voted(token) {
      const lookup = find(token);
      const digits = digitsOf(sealer, token);
      const [row] = await run<{ tying: boolean }>(pool, VOTED, [
        lookup,
        edition,
        lookupDigits(sealer, lookup, digits),
      ]);
      return row?.tying ? digits : undefined;
    },
    async end(token) {
      await prisma.ballotSession.deleteMany({ where: { lookup: find(token), edition } });
    },
  };
}
