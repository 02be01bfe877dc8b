import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { telegramLimits } from "../../../bots/telegram/limits.ts";
import type { Incoming } from "../../../core/engine/message.ts";
import { type Frame, type Session, session as sessionSchema } from "../../../core/engine/session.ts";
import { proposal } from "../../../core/flows/proposal.ts";
import type { Query } from "../../../core/queries.ts";
import { repertoire } from "../../../core/repertoire.ts";
import { intents } from "../../../core/understanding/intents.ts";
import { demo, fresh, presses, says, talk } from "../../support/talk.ts";

/** What a person may do: press the n-th thing on the screen, answer well, type anything at all. */
type Move = { readonly press: number } | { readonly incoming: Incoming } | "well";

/** Good answers to the questions that are not pressed, so that walks get to the end. */
const LONG = "una risposta lunga abbastanza per il bisogno e per la soluzione";
const good: Readonly<Record<string, string>> = {
  birth: "ho 83 anni",
  name: "Maria",
  surname: "Rossi",
  email: "maria@posta.it",
  // The digits that the entropy of these tests always draws.
  emailCode: "777777",
  cost: "4000",
  code: "AAAA-AAAA",
  // Checklists of lessons.
  needs: "avanti",
  seen: "avanti",
};

const typed = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      "indietro",
      "salta",
      "annulla",
      "menu",
      "aiuto",
      "ripeti",
      "più semplice",
      "numeri",
      "normale",
      "avanti",
      "proposta",
      "partecipare",
      "riprendi",
      "quanto costa?",
      "proposta: il wifi a Gropparello, 4000 euro",
      "partecipare: ho 83 anni e abito a Vigolzone",
      "sì",
      "le mie proposte",
      "spid",
      "spid",
      "truffa",
      "normale",
      "pulsanti",
      "română",
      "italiano",
      "operatore",
      "privacy",
      "voglio morire",
      "la mia password è Girasole42",
      "carta 4111 1111 1111 1111",
      "vorrei proporre il wifi a Gropparello, costa 4000 euro",
      "devo rinnovare la carta d'identità a mia madre",
      "ma io che ho 83 anni posso votare?",
    ),
  },
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      "Maria",
      "maria@posta.it",
      "3000 euro",
      "12/3/50",
      "ho 83 anni",
      "2",
      "una risposta lunga abbastanza per bisogno e soluzione",
    ),
  },
  { weight: 2, arbitrary: fc.string({ unit: "binary", maxLength: 200 }) },
  { weight: 1, arbitrary: fc.constant("x".repeat(100_000)) },
);
const note = (words: string): Incoming => ({ kind: "media", media: "voice", recording: { file: words } });
const incoming: fc.Arbitrary<Incoming> = fc.oneof(
  { weight: 8, arbitrary: typed.map(says) },
  { weight: 2, arbitrary: typed.map(note) },
  { weight: 1, arbitrary: fc.string().map(presses) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(
        "go.proposal-new",
        "go.spid-new",
        "go.menu",
        "page:2",
        "go.resume-1",
        "1.1.yes",
        "go.",
        "..",
      )
      .map(presses),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Incoming>(
      { kind: "media", media: "voice" },
      { kind: "group" },
      { kind: "edited", text: "x" },
      { kind: "start", payload: "proposal" },
      { kind: "location", latitude: 0, longitude: 0 },
    ),
  },
);
const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 3, arbitrary: fc.nat({ max: 12 }).map((press) => ({ press })) },
  { weight: 2, arbitrary: incoming.map((one) => ({ incoming: one })) },
  { weight: 9, arbitrary: fc.constant("well" as const) },
);
const moves = fc.array(move, { maxLength: 40 });

function doing(session: Session, one: Move): Incoming {
  if (one === "well") {
    const asking = session.active.at(-1)?.asking;
    const [first] = session.screen;
    return first && good[asking ?? ""] === undefined ? presses(first.data) : says(good[asking ?? ""] ?? LONG);
  }
  if ("incoming" in one) return one.incoming;
  return presses(session.screen[one.press % Math.max(1, session.screen.length)]?.data ?? "");
}

const lessonOf = (frame: Frame | undefined) =>
  repertoire.flows.find(({ name, aside }) => aside && name === frame?.flow);

/** What a recording says is its name; each sentence means something else, surely or not. */
function find(query: Query) {
  if (query.kind === "transcript") {
    const text = query.recording.file.slice(0, 3000);
    return text.trim() === "" ? { kind: "silent" } : { kind: "heard", text };
  }
  if (query.kind === "impersonal") return query.text.length > 20 ? "quando …" : null;
  if (query.kind !== "meaning" || query.language !== "it") return undefined;
  const { length } = query.text;
  const at = (further: number) => intents[(length + further) % intents.length] ?? "help";
  const decision = (["answer", "confirm", "fallback"] as const)[length % 3];
  return { intent: at(0), score: 0.5, top3: [at(0), at(7), at(13)], decision };
}

/** How one may be spoken to. */
const anybody: fc.Arbitrary<Session> = fc
  .record({ simple: fc.boolean(), numbers: fc.boolean(), language: fc.constantFrom("it", "it", "en", "ro") })
  .map(({ language, ...profile }) => ({ ...fresh(), language, profile }));

function* walk(all: readonly Move[], begun = fresh()) {
  let before = begun;
  for (const one of all) {
    const incoming = doing(before, one);
    const heard = talk(before, incoming, { find });
    yield { before, incoming, ...heard };
    before = heard.session;
  }
}

describe("whatever a person does", () => {
  it("is answered with one message that every channel can carry, and a session that can be stored", () => {
    fc.assert(
      fc.property(moves, anybody, (all, begun) => {
        for (const { session, message, incoming } of walk(all, begun)) {
          expect(message.text.trim()).not.toBe("");
          expect(message.text.length).toBeLessThanOrEqual(telegramLimits.text);
          // Calls in a group are answered there, where nothing is pressed.
          const isDone = session.screen.length === 0 && session.active.length === 0;
          expect(isDone && incoming.kind !== "group").toBe(false);
          // However long the walk was.
          expect(JSON.stringify(session).length).toBeLessThan(60_000);
          expect(new Set(session.active.map(({ flow }) => flow)).size).toBe(session.active.length);
          for (const { data, label } of message.choices) {
            expect(data).toMatch(/^[\x21-\x7e]+$/);
            expect(Buffer.byteLength(data)).toBeLessThanOrEqual(64);
            expect(label.trim()).not.toBe("");
          }
          expect(new Set(message.choices.map(({ data }) => data)).size).toBe(message.choices.length);
          expect(sessionSchema.parse(JSON.parse(JSON.stringify(session)))).toEqual(session);
        }
      }),
      { numRuns: 150 },
    );
  });

  it("has the same outcome each time", () => {
    fc.assert(
      fc.property(moves, (all) => {
        for (const { before, incoming, ...first } of walk(all)) {
          const { session, message, effects, sends } = talk(before, incoming, { find });
          expect({ session, message, effects, sends }).toMatchObject({
            session: first.session,
            message: first.message,
            effects: first.effects,
            sends: first.sends,
          });
        }
      }),
      { numRuns: 40 },
    );
  });

  it("changes no more than one answer a message, that of the question on the screen", () => {
    fc.assert(
      fc.property(moves, (all) => {
        for (const { before, session } of walk(all)) {
          const asked = before.active.at(-1);
          for (const frame of [...session.active, ...session.parked]) {
            const earlier = [...before.active, ...before.parked].find(({ id }) => id === frame.id);
            if (!earlier) continue;
            const changed = Object.keys(frame.answers).filter(
              (name) => JSON.stringify(frame.answers[name]) !== JSON.stringify(earlier.answers[name]),
            );
            // What settles itself (no similar proposal) is no answer of the person's.
            const given = changed.filter((name) => name !== "similar" && name !== "who");
            if (given.length > 0) expect([frame.id, given]).toEqual([asked?.id, [asked?.asking]]);
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  it("never lets a button of an earlier question answer a later one", () => {
    fc.assert(
      fc.property(moves, fc.nat(), (all, which) => {
        const turns = [...walk(all)];
        const last = turns.at(-1);
        if (!last) return;
        const top = last.session.active.at(-1);
        const pending = top && `${top.id}.${top.question.toString(36)}.`;
        const old = turns
          .flatMap(({ message }) => message.choices)
          .filter(({ data }) => /^\w+\.\w+\./.test(data) && !(pending && data.startsWith(pending)));
        const pressed = old[which % Math.max(1, old.length)];
        if (!pressed) return;
        const { session } = talk(last.session, presses(pressed.data));
        const answers = ({ active, parked }: Session) =>
          [...active, ...parked].map(({ id, answers: them }) => [id, them]);
        expect(answers(session)).toEqual(answers(last.session));
      }),
      { numRuns: 200 },
    );
  });

  it("drops nothing of a lesson that was begun but at its end, or to begin it anew", () => {
    let left = 0;
    const words = ["spid", "truffa", "menu", "annulla", "indietro", "proposta", "partecipare"].map(says);
    const some = fc.oneof(
      { weight: 3, arbitrary: fc.constant<Move>("well") },
      {
        weight: 2,
        arbitrary: fc.constantFrom(...words, presses("go.spid-new")).map((one) => ({ incoming: one })),
      },
      { weight: 1, arbitrary: move },
    );
    fc.assert(
      fc.property(fc.array(some, { maxLength: 40 }), (all) => {
        for (const { before, incoming, session } of walk(all)) {
          const ids = [...session.active, ...session.parked].map(({ id }) => id);
          expect(new Set(ids).size).toBe(ids.length);
          for (const [at, frame] of [...before.parked, ...before.active].entries()) {
            const lesson = lessonOf(frame);
            if (!lesson || Object.keys(frame.answers).length === 0) continue;
            const after = [...session.active, ...session.parked].find(({ id }) => id === frame.id);
            if (after) {
              left += Number(before.active.includes(frame) && session.parked.includes(after));
              continue;
            }
            const isLast = frame.asking === lesson.steps.at(-1)?.name;
            const anew = incoming.kind === "choice" && incoming.data === `go.${frame.flow}-new`;
            expect([at, isLast || anew]).toEqual([at, true]);
          }
        }
      }),
      { numRuns: 100, seed: 3 },
    );
    // The walks do leave lessons before their end.
    expect(left).toBeGreaterThan(10);
  });

  it("comes back from a lesson to the very question that it lay on, read to the end or left midway", () => {
    let laid = 0;
    const begins = fc.array(fc.constantFrom<Move>("well", { press: 1 }), { maxLength: 12 });
    fc.assert(
      fc.property(begins, fc.constantFrom("spid", "truffa", "cie"), fc.nat(30), (first, lesson, pages) => {
        const begun = [{ incoming: says("proposta") }, ...first];
        const under = [...walk(begun)].at(-1)?.session.active ?? [];
        if (under.length === 0) return;
        let { session } = talk({ ...fresh(), active: under }, says(lesson));
        laid++;
        for (let page = 0; page < pages && lessonOf(session.active.at(-1)); page++) {
          session = talk(session, doing(session, "well")).session;
        }
        if (lessonOf(session.active.at(-1))) session = talk(session, says("annulla")).session;
        expect(session.active).toEqual(under);
      }),
      { numRuns: 60, seed: 2 },
    );
    expect(laid).toBeGreaterThan(40);
  });

  it("sends a proposal only when every question that applies is answered well", () => {
    let submitted = 0;
    fc.assert(
      fc.property(fc.array(move, { minLength: 20, maxLength: 60 }), (all) => {
        for (const { effects } of walk(all)) {
          for (const effect of effects) {
            if (effect.kind !== "submitProposal") continue;
            submitted++;
            expect(effect.text.title.length).toBeGreaterThanOrEqual(10);
            expect(effect.text.need.length).toBeGreaterThanOrEqual(40);
            expect(effect.text.cost).toBeGreaterThanOrEqual(3000);
            expect(effect.by.email).toBe("maria@posta.it");
            expect(demo.proposals.challenges.map(({ id }) => id)).toContain(effect.text.challenge);
          }
        }
      }),
      { numRuns: 300, seed: 1 },
    );
    // The walks do get to the end: with this seed some proposals are sent.
    expect(submitted).toBeGreaterThan(10);
  });
});

it("names no step as the engine's own, and none that a button could not carry", () => {
  for (const { name } of proposal.steps) {
    expect(["review", "edit", ""]).not.toContain(name);
    expect(name).toMatch(/^[A-Za-z][A-Za-z0-9]{0,39}$/);
  }
});
