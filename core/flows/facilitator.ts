import type { Context } from "../context.ts";
import { menuDoor, operatorDoor } from "../doors.ts";
import { choice } from "../engine/field.ts";
import { type Door, type Finished, flow } from "../engine/flow.ts";
import { longCode } from "./long-code.ts";

const known = { kind: "facilitator" } as const;
const invitation = (code: string) => ({ kind: "invitation", code }) as const;
/** Whoever looks for a facilitator says the same word. */
const HELPERS = "helpers";

/** Takes up the Union's invitation to accompany people, by the code that came with it. */
export const facilitator = flow<Context>("facilitator")
  .ask("known", choice("yes", "no"), {
    lookup: () => known,
    settle: (_answers, context) => (context.found(known) ? "yes" : "no"),
  })
  .askWhen(({ known }) => known === "no", "code", longCode({ id: HELPERS }))
  .askWhen(
    ({ code = HELPERS }) => code !== HELPERS,
    "invited",
    choice("good", "expired", "unknown", "used", "resting"),
    {
      lookup: ({ code = "" }) => invitation(code),
      settle: ({ code = "" }, context) => worth(code, context),
      holds: (invited, { code = "" }, context) => invited === worth(code, context),
    },
  )
  .finish(({ known, code = "", invited }): Finished => {
    if (known === "yes") return { say: { key: "facilitator.known_already" }, doors: facilitatorDoors };
    if (invited === undefined) return { say: { key: "facilitator.helpers" }, opens: "helpers" };
    if (invited === "good")
      return {
        say: { key: "facilitator.joined" },
        doors: facilitatorDoors,
        effects: [{ kind: "joinFacilitators", code }],
      };
    return {
      say: { key: `facilitator.not_joined.${invited}` },
      doors: [{ opens: "facilitator", label: { key: "facilitator.another" } }, operatorDoor, menuDoor],
      effects: invited === "unknown" ? [{ kind: "missCode" }] : [],
    };
  });

function worth(code: string, context: Context) {
  const found = context.found(invitation(code));
  return found?.kind === "good" && found.until <= context.realNow.toISOString() ? "expired" : found?.kind;
}

/** What a facilitator can do. */
export const facilitatorDoors: readonly Door[] = [
  { opens: "accompany", label: { key: "facilitator.option.accompany" } },
  { opens: "assisted", label: { key: "assisted.option.session" } },
  { opens: "accompanied", label: { key: "facilitator.option.accompanied" } },
  menuDoor,
];
