import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Codec } from "../../bots/codec.ts";
import type { Choice, DocumentRequest, Message } from "../../core/engine/message.ts";
import type { Arrival } from "../../core/ports.ts";

/** What a person sees of a payload. */
export interface Seen {
  readonly text: string;
  readonly pressable: readonly { readonly data: string; readonly label: string; readonly hint?: string }[];
  readonly link?: string;
  readonly document?: DocumentRequest;
}

/** A channel as its contract test handles it. */
export interface ChannelHarness<Payload> {
  readonly codec: Codec<Payload>;
  see(payload: Payload): Seen;
  /** What the platform would refuse of a payload, if anything. */
  problems(payload: Payload): readonly string[];
  /** What the platform delivers when something is typed; the number makes one delivery differ from another. */
  typed(text: string, nth: number): unknown;
  /** What the platform delivers when something that was drawn is pressed. */
  pressed(payload: Payload, data: string, nth: number): unknown;
  /** Deliveries of every kind, well-formed, to be bent out of shape. */
  readonly samples: readonly unknown[];
}

const ARABIC = "أكتبُ إليكم من فيغولزوني. أودّ أن أقترح حديقةً للجميع، قريبةً من المدرسة. ";
const EMOJI = "👩‍👩‍👧‍👦🇮🇹👍🏽 ";
const DOCUMENT: DocumentRequest = {
  fileName: "proposta.pdf",
  language: "it",
  title: "La tua proposta",
  intro: [],
  rows: [{ label: "Titolo", value: "Un forno di comunità" }],
  notes: [],
};
const choicesOf = (count: number, label = (n: number) => `Scelta ${n}`): Choice[] =>
  Array.from({ length: count }, (_, n) => ({ data: `c.${n}`, label: label(n + 1) }));
const letters = (text: string) => text.replace(/\s/g, "");

/** What every channel promises, whatever its platform. */
export function channelContract<Payload>(name: string, makeHarness: () => ChannelHarness<Payload>): void {
  describe(`${name} keeps the contract of a channel`, () => {
    const { codec, see, problems, typed, pressed, samples } = makeHarness();
    const { limits } = codec;

    function draw(message: Partial<Message>) {
      const payloads = codec.render({ text: "Ciao", choices: [], ...message });
      expect(payloads.flatMap(problems)).toEqual([]);
      const seen = payloads.map(see);
      for (const { text, pressable, document } of seen) {
        const most = document ? limits.caption : pressable.length > 0 ? limits.textWithChoices : limits.text;
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

    /** Everything that can be pressed, going through the pages as a person would. */
    function drawAllPages(message: Partial<Message>) {
      const pages: { payload: Payload; choices: Seen["pressable"] }[] = [];
      for (let page = 1; ; ) {
        const { payloads, seen } = draw({ ...message, page });
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

    test("a short text is one message with these words", () => {
      expect(draw({ text: "Che tempo fa?" }).seen).toEqual([{ text: "Che tempo fa?", pressable: [] }]);
    });

    test.each([
      ["in paragraphs", "Un paragrafo di prova, abbastanza lungo da contare qualcosa.\n\n".repeat(200)],
      ["in Arabic", ARABIC.repeat(150)],
      ["in emoji", EMOJI.repeat(700)],
      ["without a single space", "a".repeat(9_999)],
      ["of half a kilobyte a character", `a${"\u0301".repeat(500)}`.repeat(20)],
    ])("a long text %s arrives whole, in parts, with the choices under the last one", (_, text) => {
      const { seen } = draw({ text, choices: choicesOf(2) });
      expect(letters(seen.map((one) => one.text).join(""))).toBe(letters(text));
      expect(seen.map(({ pressable }) => pressable.length).slice(0, -1)).toEqual(seen.slice(1).map(() => 0));
      expect(seen.at(-1)?.pressable).toHaveLength(2);
      // Halves of characters would arrive as question marks.
      for (const one of seen) expect(one.text).not.toMatch(/\p{Cs}/u);
    });

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
            const [arrival] = codec.parse(pressed(payload, data, 1));
            expect(arrival?.incoming).toEqual({ kind: "choice", data });
          }
      },
    );

    test("what leads to more choices comes back as a choice too", () => {
      const { payloads, seen } = draw({ choices: choicesOf(limits.choices + 1) });
      const more = seen.at(-1)?.pressable.at(-1);
      const payload = payloads.at(-1);
      if (!more || payload === undefined) throw new Error("Nothing leads on.");
      expect(codec.parse(pressed(payload, more.data, 1))[0]?.incoming).toEqual({
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
        const { seen } = draw({ choices: choicesOf(count, label) });
        expect(seen.at(-1)?.pressable).toHaveLength(count);
        for (const { label: shown } of seen.at(-1)?.pressable ?? []) expect(shown).not.toMatch(/\p{Cs}/u);
      }
    });

    test("the same data twice is drawn once", () => {
      const twice = [...choicesOf(2), ...choicesOf(2)];
      expect(draw({ choices: twice }).seen.at(-1)?.pressable).toHaveLength(2);
    });

    test.each([0, 2, 5])("a link is there beside %i choices, in one message", (count) => {
      const url = "https://partecipa.example.org/voto?x=1";
      const { seen } = draw({ choices: choicesOf(count), link: { url, label: "Apri la pagina del voto" } });
      expect(seen).toHaveLength(1);
      expect(seen[0]?.link ?? seen[0]?.text).toContain(url);
      expect(seen[0]?.pressable).toHaveLength(count);
    });

    test.each([0, 2, 5])("a document comes with its words and %i choices", (count) => {
      for (const text of ["Ecco il modulo.", "Ecco il modulo. ".repeat(400), ""]) {
        const { payloads, seen } = draw({ text, choices: choicesOf(count), document: DOCUMENT });
        expect(payloads.filter((payload) => codec.documentOf(payload))).toHaveLength(1);
        expect(seen.find(({ document }) => document)?.document).toEqual(DOCUMENT);
        expect(seen.at(-1)?.pressable).toHaveLength(count);
        if (text !== "") expect(letters(seen.map((one) => one.text).join(""))).toBe(letters(text));
      }
    });

    test("anything that core may say is within the limits", () => {
      const choice = fc.record({
        data: fc.stringMatching(/^[!-~]{1,64}$/),
        label: fc.string({ unit: "grapheme", maxLength: 120 }),
      });
      const message = fc.record(
        {
          text: fc.oneof(
            fc.string({ unit: "grapheme", maxLength: 200 }),
            fc.string({ unit: "binary", maxLength: 6000 }),
          ),
          choices: fc.array(choice, { maxLength: 40 }),
          link: fc.record({
            url: fc.oneof(fc.webUrl(), fc.constant("http://localhost:3000/voto")),
            label: fc.string(),
          }),
          document: fc.constant(DOCUMENT),
          language: fc.constantFrom("it", "ar"),
          page: fc.integer({ min: -1, max: 9 }),
        },
        { requiredKeys: ["text", "choices"] },
      );
      fc.assert(
        fc.property(message, (it) => {
          expect(draw(it).payloads.length).toBeGreaterThan(0);
        }),
        { numRuns: 200 },
      );
    });

    test("typed words come back as they were, apart from what nobody types", () => {
      const words = `Perché no? ${ARABIC}${EMOJI}`;
      expect(codec.parse(typed(words, 1))[0]?.incoming).toEqual({ kind: "text", text: words });
      const bent = codec.parse(typed("a\u0000b\u0007\u202ec\ud800d\te\nf", 1))[0]?.incoming;
      expect(bent).toEqual({ kind: "text", text: "abcd\te\nf" });
    });

    test("a text of a megabyte is read", () => {
      const megabyte = "è".repeat(1_048_576);
      expect(codec.parse(typed(megabyte, 1))[0]?.incoming).toEqual({ kind: "text", text: megabyte });
    });

    test("one delivery has one id, two have two, and order follows", () => {
      const ids = (nth: number) => codec.parse(typed("Ciao", nth)).map(({ id }) => id);
      expect(ids(1)).toEqual(ids(1));
      expect(ids(1)).not.toEqual(ids(2));
      const order = (nth: number) => codec.parse(typed("Ciao", nth))[0]?.order ?? Number.NaN;
      expect(order(1)).toBeLessThan(order(2));
    });

    test("every sample is read into an arrival that can be stored", () => {
      for (const sample of samples) for (const arrival of codec.parse(sample)) expectStorable(arrival);
    });

    test("junk never throws, and what comes of it can be stored", () => {
      const junk = fc.oneof(fc.anything(), fc.jsonValue(), bent(samples));
      fc.assert(
        fc.property(junk, (delivery) => {
          for (const arrival of codec.parse(delivery)) expectStorable(arrival);
        }),
        { numRuns: 2000 },
      );
    });
  });
}

function expectStorable(arrival: Arrival): void {
  expect(Number.isSafeInteger(arrival.order)).toBe(true);
  expect(arrival.id).not.toBe("");
  expect(arrival.address).not.toBe("");
  // PostgreSQL keeps neither a zero nor half a character.
  expect(JSON.stringify(arrival)).not.toMatch(/\\u0000|\\ud[89a-f]/i);
}

/** Well-formed deliveries with one part of them replaced by something else. */
function bent(samples: readonly unknown[]): fc.Arbitrary<unknown> {
  const paths = samples.flatMap((sample) => pathsOf(sample).map((path) => ({ sample, path })));
  const other = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom(undefined, null, Number.NaN, -1, "\u0000\ud800", [], {}),
  );
  return fc
    .tuple(fc.constantFrom(...paths), other)
    .map(([{ sample, path }, value]) => replaced(sample, path, value));
}

type Path = readonly string[];

function pathsOf(value: unknown): Path[] {
  if (typeof value !== "object" || value === null) return [[]];
  return [
    [],
    ...Object.entries(value).flatMap(([key, inner]) => pathsOf(inner).map((rest) => [key, ...rest])),
  ];
}

function replaced(value: unknown, [key, ...rest]: Path, by: unknown): unknown {
  if (key === undefined) return by;
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([name, inner]) =>
    name === key ? ([name, replaced(inner, rest, by)] as const) : ([name, inner] as const),
  );
  return Array.isArray(value) ? entries.map(([, inner]) => inner) : Object.fromEntries(entries);
}
