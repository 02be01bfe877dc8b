import { describe, expect, it } from "vitest";
import type { Incoming } from "../../core/engine/message.ts";
import { fresh, says, talk } from "../support/talk.ts";

const follows = (payload: string): Incoming => ({ kind: "start", payload });

describe("a link that opens the chat", () => {
  it.each([
    ...["erased", "withdrawn-QLTVXD", "discard-1", "tie-482913"],
    ...["wish-all", "unwish-news", "prefer-hours-morning", "voted"],
  ])("does nothing at once: %s", (payload) => {
    for (const incoming of [follows(payload), says(`/start ${payload}`)]) {
      const { effects, message } = talk(fresh(), incoming);
      expect(effects).toEqual([]);
      expect(message.text).toContain("Cosa vuoi fare?");
    }
  });

  it("opens what asks before it does anything", () => {
    expect(talk(fresh(), follows("erase")).message.choices.map(({ data }) => data)).toContain("go.erased");
  });
});
