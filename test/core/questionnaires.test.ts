import { describe, expect, it } from "vitest";
import type { Questionnaire } from "../../core/edition/questionnaires.ts";
import type { Edition } from "../../core/edition/schema.ts";
import type { Session } from "../../core/engine/session.ts";
import type { Held } from "../../core/held.ts";
import { resultsOf } from "../../core/questionnaires/results.ts";
import { demo, fresh, type Heard, says, talk } from "../support/talk.ts";

const DAY = "2026-10-25";
const [made] = demo.questionnaires;
if (!made) throw new Error("The demonstration has no questionnaire.");

const bus: Questionnaire = {
  id: "bus",
  name: "La corriera",
  about: "Parliamo della corriera.",
  from: "2026-10-01",
  to: "2026-10-31",
  anonymous: false,
  consent: "Le legge l'ufficio.",
  sources: ["prova"],
  questions: [
    {
      id: "uses",
      ask: "La prendi?",
      kind: "choice",
      optional: false,
      options: [
        { id: "yes", name: "Sempre" },
        { id: "no", name: "Mai" },
      ],
    },
    { id: "why", ask: "Perché?", kind: "text", optional: false, when: { question: "uses", is: "no" } },
  ],
};
const withBus = (given: Partial<Questionnaire> = {}): Edition => ({
  ...demo,
  questionnaires: [{ ...bus, ...given }],
});

/** All that is kept of somebody who has done nothing. */
const nothing: Held = {
  ...{
    since: DAY,
    lastSeen: DAY,
    addresses: [],
    proposals: [],
    joined: [],
    reminders: [],
    notices: [],
    ties: [],
  },
  ...{ tickets: [], cityUsers: [], questionnaires: [], accompanied: [], consents: [], hours: "any" },
};

/** Says one thing after the other, in an edition that stays as it is. */
function talks(
  edition: Edition,
  texts: readonly string[],
  from: Session = fresh(),
  done: string[] = [],
): Heard {
  let session = from;
  let heard: Heard | undefined;
  for (const text of texts) {
    const find = ({ kind }: { kind: string }) => (kind === "answeredQuestionnaires" ? done : undefined);
    heard = talk(session, says(text), { edition, today: DAY, find });
    session = heard.session;
  }
  if (!heard) throw new Error("Nothing was said.");
  return heard;
}
const labels = ({ message }: Heard) => message.choices.map(({ label }) => label);

describe("A questionnaire", () => {
  it("hands over answers by the ids of its questions, for as long as its own days or the edition's months", () => {
    const given = ["questionario", "1", "Mai", "Passa tardi.", "Invia"];
    const effect = {
      kind: "answerQuestionnaire",
      questionnaire: "bus",
      anonymous: false,
      answers: { uses: "no", why: "Passa tardi." },
      on: DAY,
      until: "2027-10-31",
    };
    expect(talks(withBus(), given).effects).toEqual([effect]);
    expect(talks(withBus({ keepDays: 30 }), given).effects).toEqual([{ ...effect, until: "2026-11-30" }]);
  });

  it("says before anything else whose the answers stay", () => {
    expect(talks(withBus(), ["questionario"]).message.text).toContain("Non è anonimo");
    expect(talks(withBus({ anonymous: true }), ["questionario"]).message.text).toContain("È anonimo");
  });

  it("is sent with no answer to a question that no longer applies", () => {
    const asked = talks(withBus(), [
      "questionario",
      "1",
      "Mai",
      "Passa tardi.",
      "Cambia qualcosa",
      "La prendi?",
    ]);
    const changed = talks(withBus(), ["Sempre", "Invia"], asked.session);
    expect(changed.effects).toMatchObject([{ answers: { uses: "yes" } }]);
  });

  it("that was left is found in the menu, until it is answered", () => {
    const left = talks(withBus(), ["questionario", "1", "menu"]);
    expect(labels(left)[0]).toBe("Continua il questionario");
    expect(labels(left)).not.toContain("Questionario");
    expect(labels(talks(withBus(), ["menu"], left.session, ["bus"]))).not.toContain(
      "Continua il questionario",
    );
  });

  it("stands in what is kept of a person, with the answers where they are theirs", () => {
    const questionnaires = [
      { id: "bus", on: DAY, answers: { why: "Passa tardi." } },
      { id: made.id, on: DAY },
    ];
    const find = () => ({ ...nothing, questionnaires });
    const { message } = talk(fresh(), says("/start mydata"), { find, today: "2026-09-07" });
    expect(message.text).toContain("che hai risposto a 2 questionari");
    const values = message.document?.rows
      .filter(({ label }) => label === "Questionario")
      .map(({ value }) => value);
    expect(values).toEqual([
      "bus: 25 ottobre 2026\nwhy: Passa tardi.",
      "raccolta: 25 ottobre 2026\nLe risposte sono anonime. Non si può sapere quali sono le tue.",
    ]);
  });

  it("is one of several: which, is asked, or told by a link; one that was answered is not asked again", () => {
    const both = { ...demo, questionnaires: [...demo.questionnaires, bus] };
    const asked = talks(both, ["questionario"]);
    expect(labels(asked)).toEqual(["La raccolta delle proposte", "La corriera"]);
    expect(talks(both, ["La corriera"], asked.session).message.text).toContain("Parliamo della corriera.");
    expect(talks(both, ["/start questionnaire-bus"]).message.text).toContain("Parliamo della corriera.");
    expect(talks(both, ["/start questionnaire-bus"], fresh(), ["bus"]).message.text).toContain(
      "già risposto",
    );
    expect(labels(talks(both, ["menu"], fresh(), ["bus"]))).toContain("Questionario");
    expect(labels(talks(both, ["menu"], fresh(), ["bus", made.id]))).not.toContain("Questionario");
  });
});

describe("An edition that changes while somebody answers", () => {
  const [uses, why] = bus.questions;
  if (!uses || !why) throw new Error("The questionnaire has other questions.");
  const begun = talks(withBus(), ["questionario", "1", "Sempre"]);
  const reviewing = "È tutto giusto?";

  it("keeps the answers where questions are moved, and asks those that came", () => {
    expect(begun.message.text).toContain(reviewing);
    const how = { id: "how", ask: "Come va?", kind: "text", optional: false } as const;
    const heard = talks(withBus({ questions: [how, why, uses] }), ["ripeti"], begun.session);
    expect(heard.message.text).toContain("Come va?");
    const ended = talks(withBus({ questions: [how, why, uses] }), ["Bene", "Invia"], heard.session);
    expect(ended.effects).toMatchObject([{ answers: { how: "Bene", uses: "yes" } }]);
  });

  it("asks again what was answered with an option that is gone", () => {
    const options = [
      { id: "often", name: "Spesso" },
      { id: "no", name: "Mai" },
    ];
    const edition = withBus({ questions: [{ ...bus.questions[0], kind: "choice", options } as typeof uses] });
    expect(labels(talks(edition, ["ripeti"], begun.session)).slice(0, 2)).toEqual(["Spesso", "Mai"]);
  });

  it("takes no consent for something else than what was agreed to", () => {
    const heard = talks(withBus({ anonymous: true }), ["Invia"], begun.session);
    expect(heard.effects).toEqual([]);
    expect(heard.message.text).toContain("È anonimo");
  });

  it("ends it kindly where it is gone", () => {
    const heard = talks({ ...demo, questionnaires: [] }, ["Invia"], begun.session);
    expect(heard.effects).toEqual([]);
    expect(heard.message.text).toBe("Adesso non c'è nessun questionario a cui rispondere.");
  });
});

describe("What was answered", () => {
  const say = (text: string | Readonly<Record<string, string>>) =>
    typeof text === "string" ? text : (text["it"] ?? "");
  const times = (count: number, given: Readonly<Record<string, unknown>>) =>
    Array.from({ length: count }, () => given);
  const counts = (given: readonly Readonly<Record<string, unknown>>[], few = 5) =>
    Object.fromEntries(
      resultsOf(made, given, few, say).map((one) => [one.id, one.counts?.map(({ count }) => count) ?? one]),
    );

  it("is counted by option and grade, with averages and texts in the order of the alphabet", () => {
    const given = [
      { sent: "sent", clear: 4, age: 20, better: "Zero." },
      { sent: "begun", hard: ["time", "cost"], clear: 5, age: 41 },
      { sent: "begun", hard: ["time"], clear: 5, better: "Altro." },
    ];
    expect(resultsOf(made, given, 0, say)).toMatchObject([
      { id: "sent", answered: 3, counts: [{ name: "Sì", count: 1 }, { count: 2 }, { name: "No", count: 0 }] },
      { id: "hard", answered: 2, counts: [{ count: 2 }, { count: 0 }, { count: 1 }] },
      { id: "clear", answered: 3, average: 4.67 },
      { id: "age", answered: 2, average: 30.5 },
      { id: "better", answered: 2, texts: ["Altro.", "Zero."] },
    ]);
  });

  it("leaves out numbers of few people, and what they could be worked out from", () => {
    // 2 and 3 are of few, and 5 together are not; with 1 alone, the next smallest goes too.
    const two = [
      ...times(9, { sent: "sent" }),
      ...times(2, { sent: "begun" }),
      ...times(3, { sent: "none" }),
    ];
    expect(counts(two)).toMatchObject({ sent: [9, undefined, undefined] });
    const one = [
      ...times(9, { sent: "sent" }),
      ...times(1, { sent: "begun" }),
      ...times(7, { sent: "none" }),
    ];
    expect(counts(one)).toMatchObject({ sent: [9, undefined, undefined] });
    const hard = [...times(6, { hard: ["time"] }), ...times(4, { hard: ["cost"] })];
    expect(counts(hard)).toMatchObject({ hard: [6, undefined, undefined] });
  });

  it("shows nothing at all of a question that few answered", () => {
    const all = resultsOf(made, times(4, { sent: "sent", clear: 4, age: 20, better: "Rosa" }), 5, say);
    expect(
      all.flatMap((one) => Object.keys(one).filter((key) => !["id", "ask", "kind"].includes(key))),
    ).toEqual([]);
  });

  it("counts nothing that the question cannot have been answered with", () => {
    expect(counts([{ sent: "gone", hard: "time", clear: "4", age: null, better: 3 }], 0)).toMatchObject({
      sent: [0, 0, 0],
      clear: [0, 0, 0, 0, 0],
      better: { answered: 0 },
    });
  });
});
