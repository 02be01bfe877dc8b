import fc from "fast-check";
import { expect, test } from "vitest";
import type { Choice, DocumentRequest, Message } from "../../../core/engine/message.ts";
import { CARD } from "../../support/card.ts";
import { ARABIC, type ChannelHarness, EMOJI, type Seen } from "./harness.ts";

const DOCUMENT: DocumentRequest = {
  fileName: "proposta.pdf",
  language: "it",
  title: "La tua proposta",
  intro: [],
  rows: [{ label: "Titolo", value: "Un forno di comunità" }],
  notes: [],
};
const letters = (text: string) => text.replace(/\s/g, "");

export const choicesOf = (count: number, label = (n: number) => `Scelta ${n}`): Choice[] =>
  Array.from({ length: count }, (_, n) => ({ data: `c.${n}`, label: label(n + 1) }));

/** Draws a message and holds what comes of it to the channel's limits and to the platform's. */
export function draw<Payload>(
  { channel, see, problems }: ChannelHarness<Payload>,
  message: Partial<Message>,
): { readonly payloads: readonly Payload[]; readonly seen: readonly Seen[] } {
  const { limits } = channel;
  const payloads = channel.render({ text: "Ciao", choices: [], ...message });
  expect(payloads.flatMap((payload) => problems(payload))).toEqual([]);
  const seen = payloads.map((payload) => see(payload));
  for (const { text, pressable, document, picture } of seen) {
    const most =
      document || picture ? limits.caption : pressable.length > 0 ? limits.textWithChoices : limits.text;
    expect(text.length).toBeLessThanOrEqual(most);
    expect(pressable.length).toBeLessThanOrEqual(limits.choices);
    for (const { data, label, hint } of pressable) {
      expect(Buffer.byteLength(data)).toBeLessThanOrEqual(limits.data);
      expect(Math.max(label.length, hint?.length ?? 0)).toBeLessThanOrEqual(limits.label);
      expect(label.trim()).not.toBe("");
    }
  }
  return { payloads, seen };
}

/** What every channel shows of a message. */
export function testDrawing<Payload>(harness: ChannelHarness<Payload>): void {
  // Where nothing can be pressed, choices are words among the others, or not there.
  const pressable = (count: number) => (harness.pressed ? choicesOf(count) : []);

  test("a short text is one message with these words", () => {
    expect(draw(harness, { text: "Che tempo fa?" }).seen).toEqual([{ text: "Che tempo fa?", pressable: [] }]);
  });

  test.each([
    ["in paragraphs", "Un paragrafo di prova, abbastanza lungo da contare qualcosa.\n\n".repeat(200)],
    ["in Arabic", ARABIC.repeat(150)],
    ["in emoji", EMOJI.repeat(700)],
    ["without a single space", "a".repeat(9_999)],
    ["of half a kilobyte a character", `a${"\u0301".repeat(500)}`.repeat(20)],
  ])("a long text %s arrives whole, in parts, with the choices under the last one", (_, text) => {
    const choices = pressable(2);
    const { seen } = draw(harness, { text, choices });
    expect(letters(seen.map((one) => one.text).join(""))).toBe(letters(text));
    expect(seen.map((one) => one.pressable.length)).toEqual([...seen.slice(1).map(() => 0), choices.length]);
    // Halves of characters would arrive as question marks.
    for (const one of seen) expect(one.text).not.toMatch(/\p{Cs}/u);
  });

  test.each([0, 2, 5])("a link is there beside %i choices, in one message", (count) => {
    const choices = pressable(count);
    const url = "https://partecipa.example.org/voto?x=1";
    const { seen } = draw(harness, { choices, link: { url, label: "Apri la pagina del voto" } });
    expect(seen).toHaveLength(1);
    expect(seen[0]?.link ?? seen[0]?.text).toContain(url);
    expect(seen[0]?.pressable).toHaveLength(choices.length);
  });

  test.each([0, 2, 5])("a document comes with its words and %i choices", (count) => {
    const choices = pressable(count);
    for (const text of ["Ecco il modulo.", "Ecco il modulo. ".repeat(400), ""]) {
      const { seen } = draw(harness, { text, choices, document: DOCUMENT });
      expect(seen.flatMap(({ document }) => document ?? [])).toEqual([DOCUMENT]);
      expect(seen.at(-1)?.pressable).toHaveLength(choices.length);
      if (text !== "") expect(letters(seen.map((one) => one.text).join(""))).toBe(letters(text));
    }
  });

  test.each([0, 2, 5])("a picture comes with its words and %i choices", (count) => {
    const choices = pressable(count);
    for (const text of ["Ecco la scheda.", "Ecco la scheda. ".repeat(400), ""]) {
      const { seen } = draw(harness, { text, choices, picture: CARD });
      const shown = harness.pictures === "shown" ? [CARD] : [];
      expect(seen.flatMap(({ picture }) => picture ?? [])).toEqual(shown);
      expect(seen.at(-1)?.pressable).toHaveLength(choices.length);
      const said = harness.pictures === "said" ? [CARD.alt] : [];
      const words = letters(seen.map((one) => one.text).join(""));
      for (const part of [text, ...said]) expect(words).toContain(letters(part));
    }
  });

  test("a picture with a few words and short choices is one message", () => {
    const { seen } = draw(harness, { text: "Ecco.", choices: pressable(3), picture: CARD });
    expect(seen).toHaveLength(1);
  });

  test("anything that core may say is within the limits", () => {
    fc.assert(
      fc.property(anyMessage, (message) => {
        expect(draw(harness, message).payloads.length).toBeGreaterThan(0);
      }),
      { numRuns: 200 },
    );
  });
}

const anyMessage = fc.record(
  {
    text: fc.oneof(
      fc.string({ unit: "grapheme", maxLength: 200 }),
      fc.string({ unit: "binary", maxLength: 6000 }),
    ),
    choices: fc.array(
      fc.record({
        data: fc.stringMatching(/^[!-~]{1,64}$/),
        label: fc.string({ unit: "grapheme", maxLength: 120 }),
      }),
      { maxLength: 40 },
    ),
    link: fc.record({
      url: fc.oneof(fc.webUrl(), fc.constant("http://localhost:3000/voto")),
      label: fc.string(),
    }),
    document: fc.constant(DOCUMENT),
    picture: fc.constant(CARD),
    language: fc.constantFrom("it", "ar"),
    page: fc.integer({ min: -1, max: 9 }),
  },
  { requiredKeys: ["text", "choices"] },
);
