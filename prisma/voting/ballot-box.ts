import { z } from "zod";
import type { Day } from "../../core/edition/calendar.ts";
import { ballotDigest } from "../../core/voting/envelope.ts";
import type { Ballot, BallotBox, BallotProject } from "../../core/voting/ports.ts";
import type { Context } from "../context.ts";
import type { BallotBox as BallotBoxRow, Prisma } from "../generated/client.ts";
import { decided, type ProposalRow, textOf } from "../proposals.ts";
import { ALONE } from "./lock.ts";

/** When the ballot of an edition is fixed, and under which key its votes are sealed. */
export interface Fixing {
  /** The edition's day on which the vote begins. */
  readonly from: Day;
  /** SPKI in base64; asked for when the ballot is fixed. */
  readonly publicKey: () => Promise<string>;
}

/** BallotBox.projects: in the order of their bits in a ballot. */
const projects: z.ZodType<BallotProject[]> = z.array(
  z.object({
    code: z.string(),
    title: z.string(),
    summary: z.string(),
    cost: z.number(),
    challenge: z.string(),
    because: z.exactOptional(z.string()),
  } satisfies { readonly [K in keyof Required<BallotProject>]: z.ZodType }),
);

/** @param fixing absent where nobody votes through the assistant: there is never a ballot */
export function createBallotBox({ database, edition }: Context, fixing: Fixing | undefined): BallotBox {
  const { prisma } = database;
  const read = () => prisma.ballotBox.findUnique({ where: { edition } });

  /** Of two processes that come here at once, the second waits and finds it fixed. */
  async function fix(publicKey: string): Promise<void> {
    await prisma.$transaction(async (tx) => {
      await tx.$executeRawUnsafe(`SELECT ${ALONE}`);
      if (await tx.ballotBox.findUnique({ where: { edition }, select: { edition: true } })) return;
      const admitted = await tx.proposal.findMany(admittedTo(edition));
      if (admitted.length === 0) return;
      await tx.ballotBox.create({
        data: { edition, publicKey, projects: admitted.map((row) => ({ ...projectOf(row) })) },
      });
    });
  }

  async function ballot(today: Day): Promise<Ballot | undefined> {
    const fixed = await read();
    if (fixed) return ballotOf(fixed);
    if (fixing === undefined || today < fixing.from) return undefined;
    await fix(await fixing.publicKey());
    const row = await read();
    return row ? ballotOf(row) : undefined;
  }

  return {
    ballot,
    async projects(today) {
      const fixed = await ballot(today);
      if (fixed) return { fixed: true, projects: fixed.projects };
      const admitted = await prisma.proposal.findMany(admittedTo(edition));
      return { fixed: false, projects: admitted.map(projectOf) };
    },
  };
}

/** The proposals that were admitted, in the order in which they came, with what was said of each. */
const admittedTo = (edition: string) =>
  ({
    where: { edition, state: "ADMITTED" },
    include: decided,
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  }) satisfies Prisma.ProposalFindManyArgs;

/** A proposal as it stands on the ballot: in the commission's words where there are any, else as it was proposed. */
function projectOf(row: ProposalRow): BallotProject {
  const { code, title, solution, cost, challenge, because } = textOf(row);
  return {
    ...{ code, title, challenge },
    summary: row.summary ?? solution,
    cost: row.finalCost ?? cost,
    ...(because && { because }),
  };
}

function ballotOf({ edition, projects: stored, publicKey, closedOn }: BallotBoxRow): Ballot {
  const chosenFrom = projects.parse(stored);
  const codes = chosenFrom.map(({ code }) => code);
  return {
    ...{ edition, publicKey, projects: chosenFrom },
    digest: ballotDigest(edition, publicKey, codes),
    closed: closedOn !== null,
  };
}
