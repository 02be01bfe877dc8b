import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Given, QuestionnaireAnswers } from "../core/desk.ts";
import type { Effect } from "../core/effects.ts";
import type { OwnQuestionnaire } from "../core/held.ts";
import { type Context, unreadable } from "./context.ts";
import type { Prisma, QuestionnaireAnswer } from "./generated/client.ts";
import { anonymousAnswerAt, questionnaireAnswerOf } from "./places.ts";
import { type Place, UnreadableError } from "./seal.ts";

type Tx = Prisma.TransactionClient;

const answers: z.ZodType<Given> = z.record(z.string(), z.unknown());

/**
 * Writes what a contact answered. Of an anonymous questionnaire nothing of the contact stands with it: that
 * they answered is a row of its own, and the day is in that one alone.
 */
export async function answerQuestionnaire(
  { edition, sealer }: Context,
  tx: Tx,
  contactId: string,
  {
    questionnaire,
    anonymous,
    answers: given,
    on,
    until: last,
  }: Extract<Effect, { kind: "answerQuestionnaire" }>,
): Promise<void> {
  const until = new Date(last);
  const sealed = anonymous
    ? null
    : sealer.seal(questionnaireAnswerOf(contactId, edition, questionnaire), given);
  // Whoever has answered is found here, and the turn begins again.
  await tx.questionnaireAnswer.create({
    data: { contactId, edition, questionnaire, sealed, answeredOn: new Date(on), until },
  });
  if (!anonymous) return;
  const id = randomUUID();
  await tx.anonymousAnswer.create({
    data: { edition, questionnaire, id, sealed: sealer.seal(anonymousAnswerAt(id), given), until },
  });
}

/** Those that a contact answered, in this edition and in others. */
export async function ownQuestionnaires(
  context: Context,
  where: Prisma.QuestionnaireAnswerWhereInput,
): Promise<readonly OwnQuestionnaire[]> {
  const rows = await context.database.prisma.questionnaireAnswer.findMany({
    where,
    orderBy: [{ answeredOn: "asc" }, { questionnaire: "asc" }],
  });
  return rows.map((row) => ({
    id: row.questionnaire,
    on: row.answeredOn.toISOString().slice(0, 10),
    ...(row.sealed && { answers: context.sealer.open(placeOf(row), row.sealed, answers) }),
  }));
}

/** Moves what a contact answered to another who turned out to be the same; what both did stays as the other has it. */
export async function moveQuestionnaires(
  { sealer }: Pick<Context, "sealer">,
  tx: Tx,
  from: string,
  to: string,
): Promise<void> {
  for (const row of await tx.questionnaireAnswer.findMany({ where: { contactId: from } })) {
    const moved = { ...row, contactId: to };
    const given = row.sealed && sealer.open(placeOf(row), row.sealed, answers);
    await tx.questionnaireAnswer.createMany({
      data: [{ ...moved, sealed: given && sealer.seal(placeOf(moved), given) }],
      skipDuplicates: true,
    });
  }
}

const placeOf = ({
  contactId,
  edition,
  questionnaire,
}: Pick<QuestionnaireAnswer, "contactId" | "edition" | "questionnaire">): Place =>
  questionnaireAnswerOf(contactId, edition, questionnaire);

/**
 * PostgreSQL notes which transaction wrote a row, and it was that of a contact's turn; rows stand in the order
 * in which they came. So all are written anew, together and in an order drawn at random, and the file in which they
 * stood goes: rows that died in it would still show it.
 */
const MIX = [
  `CREATE TEMP TABLE mixing ON COMMIT DROP AS SELECT * FROM "AnonymousAnswer"`,
  `TRUNCATE "AnonymousAnswer"`,
  `INSERT INTO "AnonymousAnswer" (edition, questionnaire, id, sealed, until, fresh)
   SELECT edition, questionnaire, id, sealed, until, false FROM mixing ORDER BY gen_random_uuid()`,
];

export function createQuestionnaires(context: Context): QuestionnaireAnswers {
  const { edition, sealer, database } = context;
  const { prisma } = database;

  /** One that nobody can read does not keep the others from being counted. */
  function open(place: Place, sealed: Uint8Array): readonly Given[] {
    try {
      return [sealer.open(place, sealed, answers)];
    } catch (error) {
      if (!(error instanceof UnreadableError)) throw error;
      context.report(unreadable(place.table, place.row, error));
      return [];
    }
  }

  return {
    async given(questionnaire) {
      const where = { edition, questionnaire };
      const nameless = await prisma.anonymousAnswer.findMany({ where, orderBy: { id: "asc" } });
      const named = await prisma.questionnaireAnswer.findMany({ where, orderBy: { contactId: "asc" } });
      return {
        anonymous: nameless.flatMap(({ id, sealed }) => open(anonymousAnswerAt(id), sealed)),
        named: named.flatMap((row) => (row.sealed ? open(placeOf(row), row.sealed) : [])),
      };
    },
    async mix() {
      const fresh = { where: { fresh: true } };
      if ((await prisma.anonymousAnswer.count(fresh)) === 0) return;
      await prisma.$transaction(async (tx) => {
        // Of two processes the second waits here, and finds nothing to be done.
        await tx.$executeRaw`LOCK TABLE "AnonymousAnswer" IN ACCESS EXCLUSIVE MODE`;
        if ((await tx.anonymousAnswer.count(fresh)) === 0) return;
        for (const statement of MIX) await tx.$executeRawUnsafe(statement);
      });
    },
    async clear(today) {
      const where = { edition, until: { lt: new Date(today) } };
      const nameless = await prisma.anonymousAnswer.deleteMany({ where });
      const named = await prisma.questionnaireAnswer.deleteMany({ where });
      return nameless.count + named.count;
    },
  };
}
