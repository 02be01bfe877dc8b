import { randomUUID } from "node:crypto";
import type { Done } from "../../core/desk.ts";
import { addDays } from "../../core/edition/calendar.ts";
import type { CityUserDesk, CityUserState, CityUserSummary, Enabled } from "../../core/voting/city-users.ts";
import { type Context, unreadable } from "../context.ts";
import { gaveWay } from "../gave-way.ts";
import type { Prisma, CityUser as Row } from "../generated/client.ts";
import { tell } from "../notices.ts";
import { lookupTaxCode } from "../places.ts";
import { UnreadableError } from "../seal.ts";
import { at, contentIn, STATE, sealContent } from "./city-users.ts";
import { likeOnRoll, likeRequests } from "./likeness.ts";
import { SHARED } from "./lock.ts";
import { dateOf, dayOf, personColumns } from "./voters.ts";

type Tx = Prisma.TransactionClient;

const MOST_LISTED = 1000;
const ATTEMPTS = 5;

/** Ends a transaction without its writings, with what came of it. */
class Undone extends Error {
  override readonly name = "Undone";
  readonly because: Enabled;

  constructor(because: Enabled) {
    super("Nothing was done.");
    this.because = because;
  }
}

export function createCityUserDesk(context: Context): CityUserDesk {
  const { prisma } = context.database;
  const { edition, sealer } = context;

  return {
    async list(all) {
      const rows = await prisma.cityUser.findMany({
        where: { edition, ...(all ? {} : { state: "REQUESTED" }) },
        orderBy: [{ requestedOn: "asc" }, { createdAt: "asc" }],
        take: MOST_LISTED,
      });
      return rows.map((row) => summary(context, row));
    },

    async read(number) {
      const row = await prisma.cityUser.findUnique({ where: at(context, number) });
      if (row === null) return undefined;
      return {
        ...contentIn(context, row),
        ...standingOf(row),
        onRoll: await likeOnRoll(context, prisma, row),
        alike: await likeRequests(context, prisma, row),
      };
    },

    async enable(number, given, { waitDays, homonym }, notice) {
      const lookup = given && lookupTaxCode(sealer, edition, given.code);
      const work = async (tx: Tx): Promise<Enabled> => {
        // The roll is not brought up to date meanwhile.
        await tx.$executeRawUnsafe(`SELECT ${SHARED}`);
        const voterId = randomUUID();
        const refused = await decide(context, tx, number, {
          state: "ENABLED",
          voterId,
          ...(lookup && { lookup }),
        });
        if (refused) return refused;
        const row = await tx.cityUser.findUniqueOrThrow({ where: at(context, number) });
        const { name, surname, birth, email } = contentIn(context, row);
        if (given && given.births.length > 0 && !given.births.includes(birth))
          throw new Undone({ kind: "birthDisagrees" });
        const [who] = (await likeOnRoll(context, tx, row)).filter(({ by }) => by === "code" || !homonym);
        if (who) throw new Undone({ kind: "onRoll", who });
        const from = addDays(dayOf(row.requestedOn), waitDays);
        const person = { name, surname, birth, ...(email !== undefined && { email }) };
        await tx.voter.create({
          data: { ...personColumns(sealer, edition, voterId, person), enabledFrom: dateOf(from) },
        });
        const hasCode = row.lookup !== null;
        if (row.lookup) await tx.voterCode.create({ data: { edition, lookup: row.lookup, voterId } });
        const told =
          row.contactId !== null && (await tell(context, tx, row.contactId, notice(from, hasCode)));
        return { kind: "done", told, from, hasCode };
      };
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await prisma.$transaction(work);
        } catch (error) {
          if (error instanceof Undone) return error.because;
          // Somebody else was putting the same person on the roll: now they are seen there.
          if (attempt === ATTEMPTS || !gaveWay(error)) throw error;
        }
      }
    },

    refuse: (number, because, notice) =>
      prisma.$transaction(async (tx): Promise<Done<CityUserState>> => {
        const refused = await decide(context, tx, number, { state: "REFUSED" });
        if (refused) return refused;
        const row = await tx.cityUser.findUniqueOrThrow({ where: at(context, number) });
        await tx.cityUser.update({
          where: at(context, number),
          data: { sealed: sealContent(context, number, { ...contentIn(context, row), because }) },
        });
        return {
          kind: "done",
          told: row.contactId !== null && (await tell(context, tx, row.contactId, notice)),
        };
      }),
  };
}

/** Changes a request that waits, and takes its row's lock: of two who decide, one finds it decided. */
async function decide(
  context: Context,
  tx: Tx,
  number: number,
  data: Prisma.CityUserUpdateManyMutationInput & { readonly state: Row["state"] },
): Promise<{ kind: "unknown" } | { kind: "conflict"; state: CityUserState } | undefined> {
  const { edition } = context;
  const { count } = await tx.cityUser.updateMany({ where: { edition, number, state: "REQUESTED" }, data });
  if (count === 1) return undefined;
  const row = await tx.cityUser.findUnique({ where: at(context, number), select: { state: true } });
  return row ? { kind: "conflict", state: STATE[row.state] } : { kind: "unknown" };
}

const standingOf = ({ number, state, requestedOn, lookup }: Row) => ({
  number,
  state: STATE[state],
  requestedOn: dayOf(requestedOn),
  hasCode: lookup !== null,
});

/** One that nobody can read does not keep the others from being listed. */
function summary(context: Context, row: Row): CityUserSummary {
  try {
    const { name, surname } = contentIn(context, row);
    return { ...standingOf(row), name: `${surname} ${name}` };
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error;
    context.report(unreadable("CityUser", row.number, error));
    return standingOf(row);
  }
}
