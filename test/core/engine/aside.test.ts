import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { advance, again, begin, type Result } from "../../../core/engine/advance.ts";
import { choice, type Field } from "../../../core/engine/field.ts";
import { type Flow, flow } from "../../../core/engine/flow.ts";
import type { Drawing } from "../../../core/engine/message.ts";
import type { Frame } from "../../../core/engine/session.ts";
import type { EngineContext } from "../../../core/engine/walk.ts";

const context: EngineContext = { found: () => undefined, realNow: new Date("2026-09-07T10:00:00Z") };

/** Counts how often it was pressed, and is answered with that number. */
const counted: Field<number> = {
  read(given, _context, _answers, memo) {
    const now = typeof memo === "number" ? memo : 0;
    if (given.kind !== "choice") return { kind: "refused", problem: { code: "choice_expected" } };
    return given.id === "done"
      ? { kind: "answer", value: now }
      : { kind: "kept", memo: now + 1, say: { literal: `${now + 1}` } };
  },
  check: (stored): stored is number => typeof stored === "number",
  options: (_context, _answers, memo) => [
    { id: "more", label: { literal: `after ${memo}` } },
    { id: "done" },
  ],
  show: (value) => ({ literal: String(value) }),
};

const drawing: Drawing = { kind: "drawing", drawing: "spid-button", alt: "A page", labels: [] };
let sent = 0;

const counting = flow<EngineContext>("counting")
  .ask("first", choice("next"), { picture: () => drawing })
  .ask("count", counted, {
    begin: () => ({ memo: ++sent, sends: [] }),
    says: ({ first }) => ({ literal: `how many, after ${first}` }),
    echo: (value) => ({ literal: `that is ${value}` }),
  })
  .finish(({ count }) => ({ say: { literal: `ended with ${count}` } }), { aside: true });

function asking(result: Result): Extract<Result, { kind: "asking" }> {
  if (result.kind !== "asking") throw new Error(`It is not asking, but ${result.kind}.`);
  return result;
}
const press = (one: Flow<EngineContext>, frame: Frame, id: string) =>
  advance(one, frame, { kind: "choice", id }, context);
const start = (one: Flow<EngineContext>) => asking(begin(one, "1", context)).frame;

describe("a question that is kept", () => {
  it("is asked again with another memo: no fault, no answer, nothing begun anew, and the same buttons", () => {
    sent = 0;
    const pending = asking(press(counting, start(counting), "next"));
    expect(pending.question.text).toEqual({ literal: "how many, after next" });
    const kept = asking(press(counting, pending.frame, "more"));
    expect(kept).not.toHaveProperty("refused");
    expect(kept.notes).toEqual([{ literal: "2" }]);
    expect(kept.frame).toEqual({ ...pending.frame, memo: { count: 2 } });
    expect(kept.question.options.map(({ data }) => data)).toEqual(
      pending.question.options.map(({ data }) => data),
    );
    expect(kept.question.options[0]?.label).toEqual({ literal: "after 2" });
    expect(sent).toBe(1);
  });

  it("is shown as it was left when it is asked again", () => {
    const pending = asking(press(counting, start(counting), "next")).frame;
    const kept = asking(press(counting, pending, "more"));
    expect(asking(again(counting, kept.frame, context)).question).toEqual(kept.question);
  });

  it("says what follows from the last answer before the end", () => {
    const pending = asking(press(counting, start(counting), "next")).frame;
    const kept = asking(press(counting, pending, "more")).frame;
    const count = kept.memo["count"];
    expect(press(counting, kept, "done")).toEqual({
      kind: "ended",
      finished: {
        say: { lines: [{ literal: `that is ${count}` }, { literal: `ended with ${count}` }], gap: true },
      },
    });
  });
});

it("shows a question's picture whenever it is asked, and with no other question", () => {
  const first = asking(begin(counting, "1", context));
  expect(first.question.picture).toBe(drawing);
  expect(asking(again(counting, first.frame, context)).question.picture).toBe(drawing);
  expect(asking(press(counting, first.frame, "next")).question).not.toHaveProperty("picture");
});

describe("a flow that is gone through", () => {
  const names = ["a", "b", "c", "d", "e", "f"];
  const pages = (of: readonly string[], aside: boolean): Flow<EngineContext> => ({
    ...flow<EngineContext>("pages").finish(() => ({ say: { literal: "end" } }), { aside }),
    steps: of.map((name) => ({ name, field: choice("next") })),
  });

  it("goes on from where one went back to, page by page, however often one turns", () => {
    const lesson = pages(names, true);
    const turns = fc.array(fc.constantFrom("next", "_back"), { maxLength: 40 });
    fc.assert(
      fc.property(turns, (all) => {
        let at = 0;
        let frame = start(lesson);
        for (const id of all) {
          const result = press(lesson, frame, id);
          at = id === "next" ? at + 1 : Math.max(0, at - 1);
          if (at === names.length) {
            expect(result.kind).toBe("ended");
            return;
          }
          ({ frame } = asking(result));
          expect(frame.asking).toBe(names[at]);
          expect(asking(result).question.options).toHaveLength(1);
        }
      }),
    );
  });

  it("and a form returns to where one was, with its answers kept", () => {
    const form = pages(names, false);
    let frame = start(form);
    for (const id of ["next", "next", "next", "_back", "_back", "next"])
      frame = asking(press(form, frame, id)).frame;
    expect(frame.asking).toBe("d");
  });

  it("goes on after a deploy with the first page that was not read, whatever was added, removed or moved", () => {
    const order = fc.shuffledSubarray(names, { minLength: 1 });
    fc.assert(
      fc.property(order, order, fc.nat(5), (before, after, some) => {
        const [old, now] = [pages(before, true), pages(after, true)];
        let frame = start(old);
        for (const _ of before.slice(0, Math.min(some, before.length - 1)))
          frame = asking(press(old, frame, "next")).frame;
        const read = new Set(Object.keys(frame.answers));
        const shown: string[] = [];
        for (let result = again(now, frame, context); result.kind === "asking"; ) {
          shown.push(result.frame.asking);
          result = press(now, result.frame, "next");
        }
        expect(shown.filter((name) => read.has(name))).toEqual([]);
        expect([...shown].sort()).toEqual(after.filter((name) => !read.has(name)).sort());
      }),
    );
  });
});
