import type { Context } from "../context.ts";
import { menuDoor } from "../doors.ts";
import {
  keptUntil,
  openQuestionnaires,
  type Question,
  type Questionnaire,
} from "../edition/questionnaires.ts";
import type { Edition } from "../edition/schema.ts";
import { type Answers, choice, choiceFrom } from "../engine/field.ts";
import { type Finished, type Flow, flow, type Step } from "../engine/flow.ts";
import type { Text } from "../engine/message.ts";
import { fieldOf } from "./fields.ts";

const answered = { kind: "answeredQuestionnaires" } as const;

/** Whether the person has answered it, as far as it was looked up. */
const isDone = (which: string, context: Context): "yes" | "no" | undefined => {
  const ids = context.found(answered);
  return ids && (ids.includes(which) ? "yes" : "no");
};

/** What one agrees to: where the edition says otherwise meanwhile, it is asked again. */
const consenting = choiceFrom((context: Context, { which }) => [
  {
    id: chosen(which, context)?.anonymous ? "anonymous" : "named",
    label: { key: "questionnaire.consent.option.yes" },
  },
  { id: "no" },
]);

const agrees = (consent: unknown): boolean => consent !== undefined && consent !== "no";

/**
 * Which one, whether one agrees and is old enough: what comes before the questions. `questionnaire-giovani`
 * opens the one of that id.
 */
const opening = flow<Context>("questionnaire")
  .ask(
    "which",
    choiceFrom(({ edition, today }: Context) =>
      openQuestionnaires(edition, today).map(({ id, name }) => ({ id, label: { literal: name } })),
    ),
    {
      unseen: true,
      settle: (_answers, { edition, today }) => {
        const [first, ...others] = openQuestionnaires(edition, today);
        return others.length === 0 ? first?.id : undefined;
      },
    },
  )
  .ask("done", choice("yes", "no"), {
    unseen: true,
    lookup: () => answered,
    settle: ({ which }, context) => isDone(which, context),
    holds: (done, { which }, context) => done === isDone(which, context),
  })
  .askWhen(({ done }) => done === "no", "consent", consenting, {
    says: ({ which }, context) => askConsent(chosen(which, context)),
  })
  .askWhen(
    ({ which, consent }, context) => agrees(consent) && chosen(which, context)?.minimumAge !== undefined,
    "age",
    choice("yes", "no"),
    { about: ({ which }, context) => ({ age: chosen(which, context)?.minimumAge ?? 0 }) },
  )
  .finish(finish, {
    draft: true,
    closed: ({ edition, today }) =>
      openQuestionnaires(edition, today).length > 0 ? undefined : closed(edition, today),
    known: (about): Answers => (about === "" || about === "new" ? {} : { which: about }),
    unreviewed: ({ consent, age }) => !agrees(consent) || age === "no",
  });

/**
 * The questions of all questionnaires of an edition as one flow, each asked where its own was chosen. A
 * session names them by both ids, so that they may be added, moved or dropped while somebody answers.
 */
export const questionnaireFlow = ({ questionnaires }: Pick<Edition, "questionnaires">): Flow<Context> => ({
  ...opening,
  steps: [
    ...opening.steps,
    ...questionnaires.flatMap((one) => one.questions.map((question) => stepOf(one, question))),
  ],
});

/** Neither id has a `_`. */
const nameOf = (questionnaire: string, question: string): string => `${questionnaire}_${question}`;

function stepOf(questionnaire: Questionnaire, question: Question): Step<Context> {
  const { id, ask, optional, when } = question;
  const follows = (answers: Answers): boolean => {
    if (!when) return true;
    const given = answers[nameOf(questionnaire.id, when.question)];
    return Array.isArray(given) ? given.includes(when.is) : given === when.is;
  };
  return {
    name: nameOf(questionnaire.id, id),
    field: fieldOf(question),
    called: { literal: ask },
    when: (answers) =>
      answers["which"] === questionnaire.id &&
      agrees(answers["consent"]) &&
      answers["age"] !== "no" &&
      follows(answers),
    says: () => ({ lines: [{ literal: ask }, ...hintOf(questionnaire, question)], gap: true }),
    ...(optional && { optional }),
  };
}

/** How to answer, where the buttons do not tell. */
function hintOf({ anonymous }: Questionnaire, question: Question): readonly Text[] {
  switch (question.kind) {
    case "choice":
      return [];
    case "several":
      return [{ key: "questionnaire.several" }];
    case "scale": {
      const { low, high } = question.ends;
      const params = { to: question.to, low: { literal: low }, high: { literal: high } };
      return [{ key: "questionnaire.scale", params }];
    }
    case "number":
      return [{ key: "questionnaire.number" }];
    case "text":
      return [{ key: anonymous ? "questionnaire.nameless" : "questionnaire.text" }];
  }
}

const chosen = (which: unknown, { edition, today }: Context): Questionnaire | undefined =>
  openQuestionnaires(edition, today).find(({ id }) => id === which);

function askConsent(questionnaire: Questionnaire | undefined): Text {
  if (!questionnaire) return { key: "questionnaire.closed" };
  const { about, anonymous, consent, questions } = questionnaire;
  return {
    gap: true,
    lines: [
      { literal: about },
      { key: anonymous ? "questionnaire.anonymous" : "questionnaire.named" },
      { literal: consent },
      { key: "questionnaire.consent.ask", params: { count: questions.length } },
    ],
  };
}

interface Given extends Answers {
  readonly which: string;
  readonly done: "yes" | "no";
  readonly consent?: string;
  readonly age?: "yes" | "no";
}

function finish({ which, done, consent, age, ...rest }: Given, context: Context): Finished {
  const questionnaire = chosen(which, context);
  if (!questionnaire) return closed(context.edition, context.today);
  if (done === "yes") {
    const name = { literal: questionnaire.name };
    return { say: { key: "questionnaire.again", params: { name } }, doors: [menuDoor] };
  }
  if (!agrees(consent)) return { say: { key: "questionnaire.declined" }, doors: [menuDoor] };
  if (age === "no") {
    return { say: { key: "questionnaire.young", params: { age: questionnaire.minimumAge ?? 0 } } };
  }
  const given = questionnaire.questions.flatMap(({ id }) => {
    const value = rest[nameOf(which, id)];
    return value === undefined || value === null ? [] : [[id, value] as const];
  });
  return {
    say: { key: questionnaire.anonymous ? "questionnaire.sent_anonymous" : "questionnaire.sent" },
    doors: [menuDoor],
    effects: [
      {
        kind: "answerQuestionnaire",
        questionnaire: which,
        anonymous: questionnaire.anonymous,
        answers: Object.fromEntries(given),
        on: context.today,
        until: keptUntil(questionnaire, context.edition.privacy.keepMonths),
      },
    ],
  };
}

/** There is none today; one that is to come is told of. */
function closed({ questionnaires }: Edition, today: string): Finished {
  const next = questionnaires
    .filter(({ from }) => from > today)
    .sort((a, b) => a.from.localeCompare(b.from))[0];
  const say: Text = next
    ? { key: "questionnaire.early", params: { name: { literal: next.name }, from: { date: next.from } } }
    : { key: "questionnaire.closed" };
  return { say, doors: [menuDoor] };
}
