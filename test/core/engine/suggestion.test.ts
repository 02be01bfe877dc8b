import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { advance, again, begin, type Result } from "../../../core/engine/advance.ts";
import { choice, type Given, text } from "../../../core/engine/field.ts";
import { type Flow, flow } from "../../../core/engine/flow.ts";
import { parseData } from "../../../core/engine/question.ts";
import { type Frame, newSession, session } from "../../../core/engine/session.ts";
import type { EngineContext } from "../../../core/engine/walk.ts";

const context: EngineContext = { found: () => undefined, realNow: new Date("2026-09-07T10:00:00Z") };
const short = text({ min: 2, max: 20 });

const form: Flow<EngineContext> = flow<EngineContext>("form")
  .ask("kind", choice("one", "many"))
  .ask("title", short)
  .askWhen(({ kind }) => kind === "many", "place", short)
  .askOptional("cost", short)
  .finish((answers) => ({ say: { literal: JSON.stringify(answers) } }), { draft: true });

type Asking = Extract<Result, { kind: "asking" }>;

function asked(result: Result): Asking {
  if (result.kind !== "asking") throw new Error(`It is not asking, but ${result.kind}.`);
  return result;
}

/** Sessions pass through JSON and their schema, as the database would have them. */
function stored(frame: Frame): Frame {
  const kept = session.parse(JSON.parse(JSON.stringify({ ...newSession("it"), active: [frame] })));
  return kept.active[0] ?? frame;
}

const opened = (suggested: Record<string, unknown>) => asked(begin(form, "1", context, {}, suggested));
const give = (frame: Frame, given: Given) => asked(advance(form, stored(frame), given, context));
const press = (frame: Frame, id: string) => give(frame, { kind: "choice", id });
const ids = ({ question }: Asking) => question.options.map(({ data }) => parseData(data)?.id);

describe("what was said beforehand", () => {
  it("is asked about when its question comes, above the question's own options", () => {
    const first = opened({ kind: "many", title: "Wifi" });
    expect([first.notes, ids(first)]).toEqual([[], ["_use", "one", "many"]]);
    const second = press(first.frame, "_use");
    expect([second.frame.answers, second.frame.suggested]).toEqual([{ kind: "many" }, { title: "Wifi" }]);
    expect(second.question).toMatchObject({
      lead: { key: "form.title.ask" },
      rows: [{ value: { literal: "Wifi" } }],
    });
    expect(press(second.frame, "_use").frame).not.toHaveProperty("suggested");
  });

  it("is told to be noted where its question comes later", () => {
    expect(opened({ title: "Wifi" }).notes).toEqual([{ key: "suggested.noted" }]);
    expect(opened({ title: "too long to be anybody's title" }).notes).toEqual([]);
    expect(opened({}).notes).toEqual([]);
  });

  it("gives way to another answer, and does not come back", () => {
    const first = press(opened({ title: "Wifi", cost: "4000" }).frame, "one");
    const second = give(first.frame, { kind: "text", text: "Benches" });
    const back = press(second.frame, "_back");
    expect([back.frame.answers["title"], ids(back)]).toEqual(["Benches", ["_keep"]]);
    expect(ids(press(back.frame, "_use"))).toEqual(["_keep"]);
    expect(ids(press(back.frame, "_keep"))).toEqual(["_use", "_skip"]);
  });

  it("is still there after going back before it was answered", () => {
    const first = press(opened({ title: "Wifi" }).frame, "one");
    const kept = press(press(first.frame, "_back").frame, "_keep");
    expect(ids(kept)).toEqual(["_use"]);
    expect(ids(asked(again(form, stored(kept.frame), context)))).toEqual(["_use"]);
  });

  it("is not used where the field does not take it, whatever is stored", () => {
    const frame = { ...opened({}).frame, asking: "title", answers: { kind: "one" } };
    for (const title of [7, null, "", "x".repeat(21), { toString: "a" }, ["Wifi"]]) {
      const result = press({ ...frame, suggested: { title } }, "_use");
      expect([result.refused, ids(result), result.frame.answers]).toEqual([true, [], { kind: "one" }]);
    }
  });

  it("becomes an answer by being pressed at its own question alone, once", () => {
    const value = fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom("Wifi", "many", "4000") },
      { weight: 1, arbitrary: fc.anything() },
    );
    const suggestions = fc.dictionary(fc.constantFrom("kind", "title", "place", "cost", "other"), value);
    const given = fc.oneof(
      fc
        .constantFrom("_use", "_use", "_back", "_keep", "_skip", "one", "many", "edit", "title", "cost")
        .map((id): Given => ({ kind: "choice", id })),
      fc.constantFrom("Benches", "x", "many").map((typed): Given => ({ kind: "text", text: typed })),
    );
    let used = 0;
    fc.assert(
      fc.property(suggestions, fc.array(given, { maxLength: 25 }), (suggested, all) => {
        const json = JSON.parse(JSON.stringify(suggested)) as Record<string, unknown>;
        let before = opened(json);
        for (const one of all) {
          const after = give(before.frame, one);
          const { asking, answers } = before.frame;
          const isUse = one.kind === "choice" && one.id === "_use";
          const changed = Object.keys(after.frame.answers).filter(
            (name) => after.frame.answers[name] !== answers[name],
          );
          if (isUse && changed.length > 0) {
            used++;
            expect(changed).toEqual([asking]);
            expect(answers).not.toHaveProperty(asking);
            expect(after.frame.answers[asking]).toEqual(json[asking]);
            expect(ids(before)).toContain("_use");
          }
          for (const name of changed) expect(after.frame.suggested ?? {}).not.toHaveProperty(name);
          expect(ids(after).includes("_use")).toBe(after.question.lead !== undefined);
          before = after;
        }
      }),
      { numRuns: 300, seed: 1 },
    );
    expect(used).toBeGreaterThan(20);
  });
});
