import { expect, test } from "vitest";
import type { Message } from "../../../core/engine/message.ts";
import { choicesOf, draw } from "./drawing.ts";
import { ARABIC, type ChannelHarness, EMOJI, type Seen } from "./harness.ts";

/** What a channel promises on which choices are pressed. */
export function testPressing<Payload>(
  harness: ChannelHarness<Payload>,
  pressed: NonNullable<ChannelHarness<Payload>["pressed"]>,
): void {
  const { channel } = harness;

  /** Everything that can be pressed, going through the pages as a person would. */
  function drawAllPages(message: Partial<Message>) {
    const pages: { payload: Payload; choices: Seen["pressable"] }[] = [];
    for (let page = 1; ; ) {
      const { payloads, seen } = draw(harness, { ...message, page });
      const last = payloads.at(-1);
      const choices = seen.at(-1)?.pressable ?? [];
      if (last === undefined) throw new Error("Nothing was drawn.");
      pages.push({ payload: last, choices: choices.filter(({ data }) => !data.startsWith("page:")) });
      const next = Number(
        choices.find(({ data }) => data.startsWith("page:"))?.data.slice("page:".length) ?? 1,
      );
      if (next <= page) return pages;
      page = next;
    }
  }

  test.each([1, 3, 4, 10, 25])(
    "%i choices can all be pressed, and each comes back as it was drawn",
    (count) => {
      const choices = choicesOf(count);
      const pages = drawAllPages({ choices });
      expect(pages.flatMap((page) => page.choices.map(({ data }) => data))).toEqual(
        choices.map(({ data }) => data),
      );
      for (const { payload, choices: drawn } of pages)
        for (const { data } of drawn) {
          const [arrival] = channel.parse(pressed(payload, data, 1));
          expect(arrival?.incoming).toEqual({ kind: "choice", data });
        }
    },
  );

  test("what leads to more choices comes back as a choice too", () => {
    const { payloads, seen } = draw(harness, { choices: choicesOf(channel.limits.choices + 1) });
    const more = seen.at(-1)?.pressable.at(-1);
    const payload = payloads.at(-1);
    if (!more || payload === undefined) throw new Error("Nothing leads on.");
    expect(channel.parse(pressed(payload, more.data, 1))[0]?.incoming).toEqual({
      kind: "choice",
      data: "page:2",
    });
  });

  test.each([
    ["longer than allowed", (n: number) => `${n}. ${"La mia risposta è piuttosto articolata ".repeat(8)}`],
    ["in Arabic", (n: number) => `${n} ${ARABIC.repeat(3)}`],
    ["of emoji", (n: number) => `${n}${EMOJI.repeat(40)}`],
    ["equal once shortened", () => `${"Sempre lo stesso inizio ".repeat(6)}`],
    ["equal", () => "Uguale"],
    ["empty", () => " "],
  ])("labels %s are shortened, and stay pressable", (_, label) => {
    for (const count of [2, 8]) {
      const { seen } = draw(harness, { choices: choicesOf(count, label) });
      expect(seen.at(-1)?.pressable).toHaveLength(count);
      for (const { label: shown } of seen.at(-1)?.pressable ?? []) expect(shown).not.toMatch(/\p{Cs}/u);
    }
  });

  test("the same data twice is drawn once", () => {
    const twice = [...choicesOf(2), ...choicesOf(2)];
    expect(draw(harness, { choices: twice }).seen.at(-1)?.pressable).toHaveLength(2);
  });
}

/** What a channel promises on which choices are only typed. */
export function testTypedChoices<Payload>(harness: ChannelHarness<Payload>): void {
  test.each([1, 10, 25])("%i choices are all there to be read, with the numbers to type", (count) => {
    const text = draw(harness, { choices: choicesOf(count) })
      .seen.map((one) => one.text)
      .join("\n");
    for (const [index, { label }] of choicesOf(count).entries())
      expect(text).toContain(`${index + 1}. ${label}\n`.trim());
  });
}

/** What a channel promises from which nothing comes back. */
export function testNoChoices<Payload>(harness: ChannelHarness<Payload>): void {
  test("choices are left out: nobody could take one", () => {
    expect(draw(harness, { choices: choicesOf(3) })).toEqual(draw(harness, {}));
  });
}
