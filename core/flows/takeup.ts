import type { Context } from "../context.ts";
import { choice } from "../engine/field.ts";
import { type Finished, flow } from "../engine/flow.ts";
import { longCode } from "./long-code.ts";

/** Takes up, here, a draft that was begun on another phone or app: see the topic `move`. */
export const takeup = flow<Context>("takeup")
  .ask("code", longCode())
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
