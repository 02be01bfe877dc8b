import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { advance, again, begin } from "../../../core/engine/advance.ts";
import { choice, text } from "../../../core/engine/field.ts";
import { type Flow, flow } from "../../../core/engine/flow.ts";
import type { Frame } from "../../../core/engine/session.ts";
import type { EngineContext } from "../../../core/engine/walk.ts";

const context: EngineContext = { found: () => undefined, realNow: new Date("2026-09-07T10:00:00Z") };
const short = text({ min: 1, max: 20 });

/** A version of a flow: these questions, in this order. */
function version(names: readonly string[], draft = true): Flow<EngineContext> {
  const none = flow<EngineContext>("form").finish(
    (answers) => ({ say: { literal: JSON.stringify(answers) } }),
    { draft },
  );
  return { ...none, steps: names.map((name) => ({ name, field: short })) };
}

function asked(result: ReturnType<typeof advance>): Frame {
  if (result.kind !== "asking") throw new Error(`It is not asking, but ${result.kind}.`);
  return JSON.parse(JSON.stringify(result.frame));
}

/** Answers each question with what names it, so that a wrong place shows. */
function answerAll(one: Flow<EngineContext>, from: Frame, times: number): Frame {
  let frame = from;
  for (let time = 0; time < times && frame.asking !== "review"; time++) {
    frame = asked(advance(one, frame, { kind: "text", text: `to ${frame.asking}` }, context));
  }
  return frame;
}

const start = (one: Flow<EngineContext>) => asked(begin(one, "1", context));

describe("a draft that outlives a deploy", () => {
  const old = version(["title", "place", "budget"]);
  const half = () => answerAll(old, start(old), 1);

  it.each([
    ["before the pending question", ["title", "category", "place", "budget"]],
    ["before all", ["category", "title", "place", "budget"]],
    ["after the pending question", ["title", "place", "category", "budget"]],
    ["at the end", ["title", "place", "budget", "category"]],
  ])("takes the answer for the question that was seen, when one is inserted %s", (_, names) => {
    const now = version(names);
    const frame = asked(advance(now, half(), { kind: "text", text: "to place" }, context));
    expect(frame.answers).toEqual({ title: "to title", place: "to place" });
    expect(answerAll(now, frame, 9).answers).toEqual(
      Object.fromEntries(names.map((name) => [name, `to ${name}`])),
    );
  });

  it("asks what is missing when the pending question is gone, and takes nothing for its answer", () => {
    const now = version(["title", "cost"]);
    const result = advance(now, half(), { kind: "text", text: "to place" }, context);
    expect(result).toMatchObject({
      kind: "asking",
      notes: [{ key: "engine.changed" }],
      frame: { asking: "cost" },
    });
    expect(asked(result).answers).toEqual({ title: "to title" });
  });

  it("asks again what the new version no longer accepts", () => {
    const strict = {
      ...old,
      steps: old.steps.map((step) =>
        step.name === "title" ? { ...step, field: text({ min: 10, max: 20 }) } : step,
      ),
    };
    const frame = asked(advance(strict, half(), { kind: "text", text: "to place" }, context));
    expect(frame.asking).toBe("title");
    expect(frame.answers).toMatchObject({ place: "to place" });
  });

  it("asks again a choice that is no longer offered", () => {
    const kinds = (...ids: string[]) => ({
      ...old,
      steps: [{ name: "kind", field: choice(...ids) }, ...old.steps],
    });
    const frame = asked(
      advance(
        kinds("a", "b"),
        asked(begin(kinds("a", "b"), "1", context)),
        { kind: "choice", id: "a" },
        context,
      ),
    );
    const titled = asked(advance(kinds("b", "c"), frame, { kind: "text", text: "to title" }, context));
    expect([titled.asking, titled.answers["title"]]).toEqual(["kind", "to title"]);
  });

  it("never puts an answer under another question, whatever is added, removed or moved", () => {
    const names = ["a", "b", "c", "d", "e", "f"];
    const order = fc.shuffledSubarray(names, { minLength: 1 });
    fc.assert(
      fc.property(order, order, order, fc.nat(5), fc.nat(5), (first, second, third, some, more) => {
        let frame = answerAll(version(first), start(version(first)), some);
        frame = answerAll(version(second), asked(again(version(second), frame, context)), more);
        // The message that was on its way when the third was deployed answers what was seen.
        const pending = frame.asking;
        const result = advance(version(third), frame, { kind: "text", text: `to ${pending}` }, context);
        frame = answerAll(version(third), asked(result), 9);
        expect(frame.asking).toBe("review");
        for (const [name, value] of Object.entries(frame.answers)) expect(value).toBe(`to ${name}`);
        for (const name of third) expect(frame.answers).toHaveProperty(name);
        const sent = advance(version(third), frame, { kind: "choice", id: "send" }, context);
        expect(
          sent.kind === "ended" &&
            JSON.parse("literal" in sent.finished.say ? String(sent.finished.say.literal) : ""),
        ).toEqual(Object.fromEntries(third.map((name) => [name, `to ${name}`])));
      }),
    );
  });
});

describe("back, edit and skip", () => {
  const three = version(["title", "place", "budget"]);

  it("goes back keeping later answers, and returns to where it was", () => {
    const frame = answerAll(three, start(three), 2);
    const back = asked(advance(three, frame, { kind: "choice", id: "_back" }, context));
    expect(back.asking).toBe("place");
    const kept = asked(advance(three, back, { kind: "choice", id: "_keep" }, context));
    expect([kept.asking, kept.answers]).toEqual(["budget", frame.answers]);
  });

  it("edits one answer from the review and comes back to it", () => {
    let frame = answerAll(three, start(three), 3);
    expect(frame.asking).toBe("review");
    for (const id of ["edit", "place"]) frame = asked(advance(three, frame, { kind: "choice", id }, context));
    frame = asked(advance(three, frame, { kind: "text", text: "elsewhere" }, context));
    expect([frame.asking, frame.answers["place"]]).toEqual(["review", "elsewhere"]);
  });

  it("skips only what is optional", () => {
    const optional = {
      ...three,
      steps: three.steps.map((step) => ({ ...step, optional: step.name === "place" })),
    };
    const refused = asked(advance(optional, start(optional), { kind: "choice", id: "_skip" }, context));
    expect(refused.asking).toBe("title");
    const skipped = asked(
      advance(optional, answerAll(optional, refused, 1), { kind: "choice", id: "_skip" }, context),
    );
    expect([skipped.asking, skipped.answers["place"]]).toEqual(["budget", null]);
  });

  it("hands over only answers that still apply", () => {
    const conditional = flow<EngineContext>("form")
      .ask("who", choice("one", "many"))
      .askWhen(({ who }) => who === "many", "name", short)
      .finish((answers) => ({ say: { literal: JSON.stringify(answers) } }), { draft: true });
    let frame = asked(begin(conditional, "1", context));
    for (const given of [
      { kind: "choice", id: "many" },
      { kind: "text", text: "us" },
      { kind: "choice", id: "edit" },
      { kind: "choice", id: "who" },
      { kind: "choice", id: "one" },
    ] as const)
      frame = asked(advance(conditional, frame, given, context));
    const sent = advance(conditional, frame, { kind: "choice", id: "send" }, context);
    expect(sent).toMatchObject({ finished: { say: { literal: '{"who":"one"}' } } });
  });
});
