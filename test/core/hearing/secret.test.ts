import { describe, expect, it } from "vitest";
import { guard } from "../../../core/care.ts";
import type { Incoming } from "../../../core/engine/message.ts";
import type { Session } from "../../../core/engine/session.ts";
import { fresh, says, talk } from "../../support/talk.ts";

const SECRETS: readonly (readonly [secret: string, sentence: string, warning: string])[] = [
  ["4111 1111 1111 1111", "ecco la carta 4111 1111 1111 1111", "una carta"],
  ["Canarino1949", "la mia password è Canarino1949", "una password"],
  ["48213", "il pin è 48213", "un PIN"],
  ["482913", "mi è arrivato il codice SPID 482913, te lo do", "un codice usa e getta"],
];

const realNow = new Date("2026-09-07T10:00:00Z");
/** As a message goes: what tells it from the one before it is noted first. */
const give = (session: Session, incoming: Incoming) => {
  const guarded = guard(session, incoming, realNow);
  return talk(guarded.session, incoming, { realNow });
};
const having = (...messages: readonly Incoming[]): Session =>
  messages.reduce((session, incoming) => give(session, incoming).session, fresh());

const proposing = ["proposta", "1", "1", "Rosa", "Rossi"].map(says);
const need = [...proposing, ...["rosa@posta.it", "777777", "1", "Nonni in rete"].map(says)];
const solution = [...need, says("Molti anziani non sanno prenotare una visita, e nessuno li aiuta.")];

const STATES: readonly (readonly [name: string, session: Session])[] = [
  ["at first", fresh()],
  ["at home", having(says("menu"))],
  ["at a choice", having(says("proposta"))],
  ["at a name", having(...proposing.slice(0, 3))],
  ["at a proposal's need", having(...need)],
  ["at a proposal's solution", having(...solution)],
  ["at a date of birth", having(says("partecipare"))],
  ["at a message to the office", having(says("operatore"))],
  ["at a question on top of a proposal", having(...need, says("operatore"))],
];

describe.each(STATES)("A secret typed %s", (_, session) => {
  const waysIn: readonly ((sentence: string) => Incoming)[] = [
    says,
    (text) => ({ kind: "edited", text }),
    (payload) => ({ kind: "start", payload }),
    (text) => says(`/start ${text}`),
  ];

  it.each(SECRETS)("is warned of, and nothing of it stays: %s", (secret, sentence, warning) => {
    for (const way of waysIn) {
      const heard = give(session, way(sentence));
      expect(heard.message.text).toContain(warning);
      // The question is asked again, and is answered by nothing of it.
      expect(heard.session.active).toEqual(session.active);
      expect(JSON.stringify(heard)).not.toContain(secret);
      expect(heard.effects).toEqual([]);
      expect(heard.sends).toEqual([]);
      expect(heard.session.pace?.last).toBe("");
    }
  });
});

it("is not said back to who said it in a voice note", () => {
  for (const [secret, sentence, warning] of SECRETS) {
    const recording = { file: "a-file" };
    const find = ({ kind }: { readonly kind: string }) =>
      kind === "transcript" ? { kind: "heard", text: sentence } : [];
    const heard = talk(fresh(), { kind: "media", media: "voice", recording }, { find });
    expect(heard.message.text).toContain(warning);
    expect(JSON.stringify(heard)).not.toContain(secret);
  }
});

it("is followed by the question that was asked", () => {
  const session = having(...solution);
  const asked = give(session, says("ripeti")).message.text;
  const { text } = give(session, says("il pin è 48213")).message;
  expect(text.endsWith(`\n\n${asked}`)).toBe(true);
});

it("comes after what to do in danger", () => {
  expect(give(fresh(), says("voglio morire, il pin è 48213")).message.text).toContain("112");
});

it("A code of ours is taken where it is asked for, whatever one calls it", () => {
  for (const answer of ["il codice otp è 777777", "mi è arrivato il codice 777777", "il pin è 777777"]) {
    const { session } = give(having(...proposing, says("rosa@posta.it")), says(answer));
    expect(session.active.at(-1)?.asking).toBe("challenge");
  }
  const card = give(having(...proposing, says("rosa@posta.it")), says("4111111111111111"));
  expect(card.message.text).toContain("una carta");
});
