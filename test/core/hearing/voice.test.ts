import { describe, expect, test } from "vitest";
import type { Incoming, Recording } from "../../../core/engine/message.ts";
import type { Query, Transcript } from "../../../core/queries.ts";
import { fresh, presses, says, talk } from "../../support/talk.ts";

const note = (recording?: Recording): Incoming => ({
  kind: "media",
  media: "voice",
  ...(recording && { recording }),
});
/** Listens, and notes what it was asked. */
const hearing = (transcript: Transcript, asked: Query[] = []) => ({
  find(query: Query) {
    asked.push(query);
    return query.kind === "transcript" ? transcript : undefined;
  },
});
const heard = (text: string) => hearing({ kind: "heard", text });
const greeted = talk(fresh(), says("ciao")).session;
const WORDS = "qual è il numero di telefono";

describe("what cannot be heard", () => {
  test.each<[Transcript, string]>([
    [{ kind: "silent" }, "non ho sentito parole"],
    [{ kind: "long" }, "troppo lungo"],
    [{ kind: "late" }, "troppo ad ascoltare"],
    [{ kind: "failed" }, "Non sono riuscito"],
  ])("%j is told, with a way to go on and to a person", (transcript, words) => {
    const { message, session } = talk(greeted, note({ file: "x" }), hearing(transcript));
    expect(message.text).toContain(words);
    expect(message.choices.map(({ data }) => data)).toEqual(["go.menu", "go.operator"]);
    expect(session.heard).toBeUndefined();
  });

  test("more than two minutes are not even fetched", () => {
    const asked: Query[] = [];
    const listening = hearing({ kind: "heard", text: WORDS }, asked);
    expect(talk(greeted, note({ file: "x", seconds: 121 }), listening).message.text).toContain(
      "troppo lungo",
    );
    expect(asked).toEqual([]);
    talk(greeted, note({ file: "x", seconds: 120 }), listening);
    expect(asked).toEqual([
      { kind: "transcript", channel: "chat", language: "it", recording: { file: "x", seconds: 120 } },
    ]);
  });

  test("without a service, or without a recording, one is asked to write", () => {
    const asked: Query[] = [];
    const listening = hearing({ kind: "heard", text: WORDS }, asked);
    const deaf = talk(greeted, note({ file: "x" }), { ...listening, hears: false });
    const empty = talk(greeted, note(), listening);
    for (const { message } of [deaf, empty]) expect(message.text).toContain("non posso ascoltare");
    expect(asked).toEqual([]);
  });
});

describe("what was heard", () => {
  const { session, message } = talk(greeted, note({ file: "x" }), heard(WORDS));
  const [right = "", wrong = ""] = message.choices.map(({ data }) => data);

  test("is said back, and kept nowhere but where it waits to be confirmed", () => {
    expect(message.text).toContain(`«${WORDS}»`);
    const { heard: waiting, ...rest } = session;
    expect(waiting?.text).toBe(WORDS);
    expect(JSON.stringify(rest)).not.toContain(WORDS);
  });

  test.each<[string, Incoming]>([
    ["the button", presses(right)],
    ["its words", says("sì è giusto")],
    ["its number", says("1")],
    ["a yes", says("Sì!")],
    ["a yes in another language", says("yes")],
  ])("is answered after %s", (_how, incoming) => {
    const answered = talk(session, incoming);
    expect(answered.message.text).toContain("0523");
    expect(answered.session.heard).toBeUndefined();
  });

  test.each<[string, Incoming]>([
    ["the button", presses(wrong)],
    ["its words", says("No, lo ripeto")],
    ["its number", says("2")],
    ["a no", says("no")],
    ["a photo", { kind: "media", media: "photo" }],
    ["other words", says("regole")],
    ["a note that fails", note({ file: "y" })],
  ])("is forgotten after %s", (_how, incoming) => {
    const answered = talk(session, incoming, hearing({ kind: "failed" }));
    expect(JSON.stringify(answered.session)).not.toContain(WORDS);
    expect(answered.message.text).not.toContain("0523");
    // Nor does a button that is left on the screen bring it back.
    expect(talk(answered.session, presses(right)).message.text).not.toContain("0523");
  });

  test("gives way to what is said in another note, whose words alone are confirmed", () => {
    const second = talk(session, note({ file: "y" }), heard("regole"));
    expect(second.message.text).toContain("«regole»");
    const stale = talk(second.session, presses(right));
    expect(stale.message.text).toContain("«regole»");
    expect(JSON.stringify(stale.session)).not.toContain(WORDS);
  });

  test.each(["voglio morire", "la mia password è Girasole42", "carta 4111 1111 1111 1111"])(
    "is neither said back nor kept where it is: %s",
    (words) => {
      const answered = talk(greeted, note({ file: "x" }), heard(words));
      expect(answered.message.text).not.toContain("Ho sentito");
      expect(JSON.stringify(answered)).not.toContain(words);
    },
  );
});

describe("«privacy»", () => {
  test("tells of the service where there is one", () => {
    expect(talk(greeted, says("privacy")).message.text).toContain("I messaggi vocali li mando a un servizio");
    expect(talk(greeted, says("privacy"), { hears: false }).message.text).not.toContain("vocali");
  });
});
