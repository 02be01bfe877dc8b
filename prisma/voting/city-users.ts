import { z } from "zod";
import type { Effect } from "../../core/effects.ts";
import type {
  CityUserCodes,
  CityUserRequest,
  CityUserState,
  OwnCityUser,
} from "../../core/voting/city-users.ts";
import type { Context } from "../context.ts";
import type { Prisma, CityUser as Row, CityUserState as StoredState } from "../generated/client.ts";
import { cityUserOf, lookupTaxCode } from "../places.ts";
import { dateOf, dayOf } from "./voters.ts";

type Tx = Prisma.TransactionClient;

export const STATE: Readonly<Record<StoredState, CityUserState>> = {
  REQUESTED: "requested",
  ENABLED: "enabled",
  REFUSED: "refused",
};

/** What is sealed of a request. */
export interface CityUserContent extends CityUserRequest {
  /** Why the office refused it. */
  readonly because?: string;
}

const content: z.ZodType<CityUserContent> = z.object({
  name: z.string(),
  surname: z.string(),
  birth: z.string(),
  email: z.exactOptional(z.string()),
  link: z.string(),
  where: z.string(),
  because: z.exactOptional(z.string()),
} satisfies { readonly [K in keyof Required<CityUserContent>]: z.ZodType });

export const contentIn = ({ sealer }: Context, { edition, number, sealed }: Row): CityUserContent =>
  sealer.open(cityUserOf(edition, number), sealed, content);

export const sealContent = ({ sealer, edition }: Context, number: number, given: CityUserContent) =>
  sealer.seal(cityUserOf(edition, number), content.parse(given));

export const at = ({ edition }: Context, number: number) => ({ edition_number: { edition, number } });

/** Within the transaction of a turn; a number that is taken makes the turn be thought again. */
export async function requestCityUser(
  context: Context,
  tx: Tx,
  contactId: string,
  { number, request, on }: Extract<Effect, { kind: "requestCityUser" }>,
): Promise<void> {
  const { edition } = context;
  const sealed = sealContent(context, number, request);
  await tx.cityUser.create({ data: { edition, number, contactId, sealed, requestedOn: dateOf(on) } });
}

/** Requests as the chat that made them sees them, latest first. */
export async function ownCityUsers(
  context: Context,
  where: Prisma.CityUserWhereInput,
): Promise<readonly OwnCityUser[]> {
  const { prisma } = context.database;
  const rows = await prisma.cityUser.findMany({
    where,
    orderBy: [{ createdAt: "desc" }, { number: "asc" }],
    take: 100,
  });
  const voterIds = rows.flatMap(({ voterId }) => voterId ?? []);
  const voters = await prisma.voter.findMany({
    where: { id: { in: voterIds } },
    select: { id: true, enabledFrom: true },
  });
  return rows.map((row) => {
    const { enabledFrom } = voters.find(({ id }) => id === row.voterId) ?? {};
    return {
      ...contentIn(context, row),
      number: row.number,
      state: STATE[row.state],
      requestedOn: dayOf(row.requestedOn),
      hasCode: row.lookup !== null,
      ...(enabledFrom && { enabledFrom: dayOf(enabledFrom) }),
    };
  });
}

export function createCityUserCodes(context: Context): CityUserCodes {
  const { database, edition, sealer } = context;
  return {
    async giveCode(number, contactId, { code, births }) {
      const where = { edition, number, contactId, state: "REQUESTED" } as const;
      const row = await database.prisma.cityUser.findFirst({ where });
      if (row === null) return "closed";
      if (births.length > 0 && !births.includes(contentIn(context, row).birth)) return "birthDisagrees";
      const lookup = lookupTaxCode(sealer, edition, code);
      const { count } = await database.prisma.cityUser.updateMany({ where, data: { lookup } });
      return count === 1 ? "kept" : "closed";
    },
  };
}
