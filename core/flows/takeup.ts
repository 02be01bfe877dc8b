import type { Context } from "../context.ts";
import { answer, choice, refused, spoken } from "../engine/field.ts";
import { type Finished, flow } from "../engine/flow.ts";

const code = spoken<string>({
  read(text) {
    // Letters that no code has are let through: such a code is simply not found.
    const letters = text.toUpperCase().replace(/[^A-Z0-9]/g, "");
    return letters.length === 8 ? answer(letters) : refused("draft_code");
  },
  check: (stored): stored is string => typeof stored === "string",
  show: (value) => ({ literal: value }),
  numeric: true,
  code: true,
});

/** Takes up, here, a draft that was begun on another phone or app: see the topic `move`. */
export const takeup = flow<Context>("takeup")
  .ask("code", code)
  .ask("draft", choice("found", "gone"), {
    lookup: ({ code }) => ({ kind: "offeredDraft", code }),
    settle: ({ code }, context) => (context.found({ kind: "offeredDraft", code }) ? "found" : "gone"),
  })
  .finish(({ code }, context): Finished => {
    const draft = context.found({ kind: "offeredDraft", code });
    if (!draft) {
      return {
        say: { key: "takeup.not_found" },
        doors: [{ opens: "takeup", label: { key: "takeup.another" } }],
      };
    }
    return { say: { key: "takeup.found" }, effects: [{ kind: "takeDraft", code }], take: draft };
  });
