import { describe, expect, test } from "vitest";
import type { Effect } from "../../../core/effects.ts";
import type { Incoming } from "../../../core/engine/message.ts";
import type { Session } from "../../../core/engine/session.ts";
import type { Query } from "../../../core/queries.ts";
import { repertoireOf } from "../../../core/repertoire.ts";
import { demo, fresh, type Heard, presses, says, talk, words } from "../../support/talk.ts";

const welcomed = (given: Partial<Session> = {}): Session => ({ ...fresh(), welcomed: true, ...given });
const stops = (effects: readonly Effect[]) => effects.filter(({ kind }) => kind === "forgetReminders");
const pending = ({ active }: Session) => active.map(({ flow, asking }) => `${flow}.${asking}`);
const everything = (by: string): Effect =>
  expect.objectContaining({ kind: "forgetReminders", channel: "chat", said: { by } });

/** Every way in which people say it, in every language. */
const phrases = words.languages.flatMap((language) => words.list(language, "words.word.stop"));

/** Days of the phases, so that each flow is open on one of them. */
const DAYS = ["2026-09-08", "2026-10-25", "2026-12-01", "2027-02-20"];
const facilitator = { id: "f", name: "Piero Bianchi" };
const since = "2026-09-01T10:00:00Z";
/** Somebody who accompanies others, one of whom has handed over a question. */
function find({ kind }: Query): unknown {
  if (kind === "facilitator") return facilitator;
  return kind === "handedOver" ? { by: facilitator, since, flow: "proposal", step: "title" } : undefined;
}
/** What answers some question or other. */
const TEXTS = [
  "3/5/1949",
  "Ada",
  "ada@example.org",
  "4000",
  "Un banco al mercato ogni settimana, con chi aiuta a usare il telefono.",
];

const circumstances = DAYS.flatMap((today) => [find, () => undefined].map((find) => ({ today, find })));

/** A question that is pending, and the day on which it is. */
interface Asked {
  readonly session: Session;
  readonly today: string;
  readonly find: typeof find;
}

/** Every question that comes up in a flow, whatever is answered. */
function questionsOf(flow: string): readonly Asked[] {
  const asked = new Map<string, Asked>();
  for (const { today, find } of circumstances) {
    const visit = ({ session, sends }: Heard): void => {
      const at = pending(session).join(" ");
      if (session.active[0]?.flow !== flow || asked.has(at)) return;
      asked.set(at, { session, today, find });
      const code = /\d{6}/.exec(sends.at(-1)?.message.text ?? "")?.[0];
      const pressed = session.screen
        .filter(({ data }) => !data.startsWith("go."))
        .map(({ data }) => presses(data));
      for (const incoming of [...pressed, ...[...TEXTS, ...(code ? [code] : [])].map(says)])
        visit(talk(session, incoming, { today, find }));
    };
    for (const payload of [flow, `${flow}-one`])
      visit(talk(welcomed(), presses(`go.${payload}`), { today, find }));
  }
  return [...asked.values()];
}

describe("«stop» while a question is pending", () => {
  const flows = repertoireOf(demo).flows.map(({ name }) => ({ name, questions: questionsOf(name) }));

  test("is tried in all flows, and in many of their questions", () => {
    expect(flows.filter(({ questions }) => questions.length === 0).map(({ name }) => name)).toEqual([]);
    expect(flows.flatMap(({ questions }) => questions).length).toBeGreaterThan(100);
  });

  test.each(flows)("withdraws at once in $name, and the question comes back", ({ questions }) => {
    let turn = 0;
    for (const { session, today, find } of questions) {
      const phrase = phrases[turn++ % phrases.length] ?? "stop";
      const asked = talk(session, says("ripeti"), { today, find });
      const { message, effects, session: after } = talk(session, says(phrase), { today, find });
      expect(stops(effects), `${pending(session)}: ${phrase}`).toEqual([everything("word")]);
      expect(pending(after)).toEqual(pending(session));
      expect(message.text).toContain("non ti mando più avvisi");
      expect(message.text.endsWith(asked.message.text), `${pending(session)}`).toBe(true);
    }
  });
});

describe("«stop»", () => {
  test.each(phrases)("is heard in whatever language one reads: %s", (phrase) => {
    for (const language of words.languages) {
      const { message, effects } = talk(welcomed({ language }), says(`  ${phrase.toUpperCase()}! `));
      expect(stops(effects)).toEqual([everything("word")]);
      expect(message.language).toBe(language);
    }
  });

  const ways: readonly (readonly [string, Incoming, string])[] = [
    ["pressed on an old message", presses("go.stop"), "button"],
    ["by a link", { kind: "start", payload: "stop" }, "link"],
    ["typed as a command", says("/stop"), "word"],
    ["in a message that is corrected", { kind: "edited", text: "basta messaggi" }, "word"],
  ];
  test.each(ways)("counts %s", (_, incoming, by) => {
    expect(stops(talk(welcomed(), incoming).effects)).toEqual([everything(by)]);
  });

  test("counts in a voice note, without asking whether that is right", () => {
    const find = ({ kind }: Query) =>
      kind === "transcript" ? { kind: "heard", text: "Basta messaggi." } : undefined;
    const recording = { file: "note" };
    const { effects } = talk(welcomed(), { kind: "media", media: "voice", recording }, { find });
    expect(stops(effects)).toEqual([everything("voice")]);
  });

  test("counts as the first message of all, beside who is speaking", () => {
    const { message, effects } = talk(fresh(), says("unsubscribe"));
    expect(stops(effects)).toHaveLength(1);
    expect(message.text).toContain("assistente automatico");
    expect(message.text).toContain("scrivi «promemoria»");
  });

  test("counts after weeks away, for who is read to simply, and while something is ahead", () => {
    const simple = { simple: true, numbers: true };
    const lesson = talk(welcomed({ profile: simple }), presses("go.rules"));
    expect(lesson.session.ahead?.left).not.toBe("");
    const realNow = new Date("2026-10-30T10:00:00Z");
    expect(stops(talk(lesson.session, says("stop"), { realNow }).effects)).toHaveLength(1);
  });

  test("is not lost where the flow that goes on has closed meanwhile", () => {
    const begun = talk(welcomed(), presses("go.proposal"), { today: "2026-09-08" });
    const { message, effects } = talk(begun.session, says("stop"), { today: "2026-12-01" });
    expect(stops(effects)).toHaveLength(1);
    expect(message.text).toMatch(/^Va bene, non ti mando più avvisi.*\n\n.*chiusa/);
  });
});

describe("«stop» of who has not written for half a year", () => {
  const begun = { id: "1", flow: "proposal", asking: "email", question: 4, memo: {} };
  const answers = { eligible: "yes", proposer: "person", name: "Maria", surname: "Rossi" };
  const frame = { ...begun, answers, touchedAt: "2026-01-01T10:00:00Z" };
  const silent = welcomed({ active: [frame], counter: 1, seenOn: "2026-01-01" });

  test.each([says("stop"), presses("go.stop"), { kind: "start", payload: "stop" } as const])(
    "withdraws before they are asked who they are, and shows nothing: %o",
    (incoming) => {
      const { message, effects, session } = talk(silent, incoming);
      expect(stops(effects)).toHaveLength(1);
      expect(message.text).not.toMatch(/Maria|e-mail|cognome/);
      expect(session.asleep).toBe(0);
      expect(talk(session, says("ciao")).message.text).toContain("cognome");
    },
  );

  test("is no wrong surname", () => {
    let { session } = talk(silent, says("ciao"));
    for (let said = 0; said < 4; said++) session = talk(session, says("stop")).session;
    const wrong = talk(session, says("Bianchi"));
    expect(wrong.effects).toEqual([]);
    expect(talk(wrong.session, says("ROSSI")).message.text).toContain("Eccoti di nuovo");
  });
});
