import { describe, expect, it } from "vitest";
import type { Session } from "../../core/engine/session.ts";
import { fresh, presses, says, talk } from "../support/talk.ts";

const having = (...texts: readonly string[]): Session =>
  texts.reduce((session, text) => talk(session, says(text)).session, fresh());
const topOf = ({ active }: Session) => active.at(-1);

describe("A text after a day's silence", () => {
  const asked = having("proposta", "sì", "a nome mio");
  const nextDay = { realNow: new Date("2026-09-08T12:00:00Z") };
  const held = talk(asked, says("Carmelina"), nextDay);
  const [use = ""] = held.message.choices.map(({ data }) => data);

  it("waits for a press to be the answer, and no longer", () => {
    expect(topOf(held.session)?.answers).not.toHaveProperty("name");
    const used = talk(held.session, presses(use), nextDay).session;
    expect(topOf(used)?.answers).toMatchObject({ name: "Carmelina" });
    expect(JSON.stringify(topOf(used)?.memo)).not.toContain("Carmelina");
  });

  it("gives way to another answer", () => {
    const other = talk(held.session, says("Rosa"), nextDay).session;
    expect(topOf(other)?.answers).toMatchObject({ name: "Rosa" });
    expect(JSON.stringify(other)).not.toContain("Carmelina");
  });

  it("is not kept where it is longer than any message", () => {
    const long = talk(asked, says("x".repeat(5000)), nextDay);
    expect(JSON.stringify(long.session)).not.toContain("xxx");
    expect(long.message.text).toContain("Come ti chiami");
  });
});

it("keeps one of each small thing that is begun on top of another", () => {
  const session = having("partecipare", "operatore", "partecipare", "operatore", "partecipare");
  expect(session.active.map(({ flow }) => flow)).toEqual(["operator", "eligibility"]);
});
