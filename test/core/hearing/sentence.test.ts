import { describe, expect, it } from "vitest";
import type { Session } from "../../../core/engine/session.ts";
import type { Query } from "../../../core/queries.ts";
import type { Intent } from "../../../core/understanding/intents.ts";
import { fresh, presses, says, talk } from "../../support/talk.ts";

const IDEA = "vorrei proporre il wifi a Gropparello, 4000 euro";
const SAID = { title: "Wifi a Gropparello", place: "Gropparello", cost: 4000 };

/** A sentence that is understood in a way. */
const meaning =
  (decision: "answer" | "confirm" | "fallback", ...top3: readonly Intent[]) =>
  (query: Query): unknown =>
    query.kind === "meaning" ? { intent: top3[0], score: 1, top3, decision } : undefined;
const hears = (session: Session, text: string, find: (query: Query) => unknown) =>
  talk(session, says(text), { find });
const doorTo = ({ session }: { session: Session }, opens: string) =>
  presses(session.screen.find(({ data }) => data === `go.${opens}`)?.data ?? `no door to ${opens}`);
const suggestedTo = ({ session }: { session: Session }) => session.active.at(-1)?.suggested;

describe("a sentence that opens a flow", () => {
  it("goes with it where it is understood", () => {
    const heard = hears(fresh(), IDEA, meaning("answer", "submit_proposal"));
    expect([suggestedTo(heard), heard.session.sentence]).toEqual([SAID, undefined]);
  });

  it("waits for one message where it is asked what was meant", () => {
    const asked = hears(fresh(), IDEA, meaning("confirm", "results", "submit_proposal"));
    expect(asked.session.sentence).toBe(IDEA);
    expect(suggestedTo(talk(asked.session, doorTo(asked, "proposal")))).toEqual(SAID);
    const menu = talk(asked.session, says("menu"));
    expect(menu.session).not.toHaveProperty("sentence");
    expect(suggestedTo(talk(menu.session, doorTo(menu, "proposal")))).toBeUndefined();
  });

  it("goes through the language that it can be answered in, where the person's own has no such words", () => {
    const romanian = { ...fresh(), language: "ro", welcomed: true };
    const offered = hears(romanian, "proposta: wifi a Gropparello, 4000 euro", meaning("fallback"));
    expect(offered.session.active).toEqual([]);
    const begun = talk(offered.session, doorTo(offered, "language-it-proposal"));
    expect([begun.session.language, suggestedTo(begun)]).toEqual(["it", SAID]);
  });

  it("is not kept where it says nothing to what may be opened", () => {
    const find = meaning("answer", "phases_dates");
    expect(hears(fresh(), "fino a quando si può proporre?", find).session).not.toHaveProperty("sentence");
    const long = `${IDEA} ${"e poi ".repeat(1000)}`;
    expect(hears(fresh(), long, meaning("confirm", "submit_proposal")).session).not.toHaveProperty(
      "sentence",
    );
  });

  it("is no sentence about what a button opens the flow for", () => {
    const asked = hears(fresh(), "ho 83 anni e abito a Vigolzone", meaning("confirm", "check_eligibility"));
    const someone = talk(asked.session, presses("go.eligibility-someone"));
    expect([someone.session.active.at(-1)?.answers["who"], suggestedTo(someone)]).toEqual([
      "someone",
      undefined,
    ]);
  });

  it("is part of what is shown of a draft", () => {
    const draft = hears(fresh(), IDEA, meaning("answer", "submit_proposal"));
    const { message } = talk(draft.session, presses("go.mydata"), { find: meaning("fallback") });
    expect(JSON.stringify(message.document?.rows)).toContain("Wifi a Gropparello");
  });
});
