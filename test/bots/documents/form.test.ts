import { inflateSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { makeDocument } from "../../../bots/documents/index.ts";
import { runsOf } from "../../../bots/documents/runs.ts";
import { printable } from "../../../bots/fonts.ts";
import type { DocumentRequest } from "../../../core/engine/message.ts";

const request: DocumentRequest = {
  fileName: "proposta-AB12CD.pdf",
  language: "it",
  title: "Modulo per la proposta",
  intro: ["Da consegnare entro il 31 maggio."],
  rows: [
    { label: "Nome", value: "Ștefan Țîrlea" },
    { label: "Bisogno", value: "" },
  ],
  notes: ["Si consegna in biblioteca."],
  signature: { date: "Data", sign: "Firma" },
};

/** A PDF's parts as text, its streams inflated. */
async function read(it: DocumentRequest): Promise<string> {
  const { bytes } = await makeDocument(it);
  const raw = Buffer.from(bytes);
  const parts: string[] = [];
  for (let at = 0; ; ) {
    const start = raw.indexOf("stream\n", at);
    if (start < 0) return parts.concat(raw.toString("latin1", at)).join("\n");
    const end = raw.indexOf("\nendstream", start);
    parts.push(raw.toString("latin1", at, start));
    const stream = raw.subarray(start + 7, end);
    try {
      parts.push(inflateSync(stream).toString("latin1"));
    } catch {
      parts.push(stream.toString("latin1"));
    }
    at = end + 10;
  }
}

const pagesOf = (pdf: string) => pdf.match(/\/Type \/Page\b(?!s)/g)?.length ?? 0;

/** The characters that a PDF's fonts let a reader copy. */
function charactersOf(pdf: string): Set<string> {
  const maps = [...pdf.matchAll(/beginbfrange([\s\S]*?)endbfrange/g)].map(([, map = ""]) => map).join("\n");
  const codes = [...maps.matchAll(/\[(.*?)\]/g)].flatMap(([, row = ""]) => row.match(/[0-9a-f]{4,}/gi) ?? []);
  return new Set(codes.map((code) => Buffer.from(code, "hex").swap16().toString("utf16le")));
}

describe("A form", () => {
  test("is a tagged PDF that tells its title and language", async () => {
    const pdf = await read(request);
    expect(pdf).toContain("/Marked true");
    expect(pdf).toContain("/Lang (it)");
    expect(pdf).toContain("/DisplayDocTitle true");
    expect(pdf).toContain("/S /H1");
    expect(pdf.match(/\/S \/H2/g)).toHaveLength(request.rows.length);
  });

  test("is named as it was asked for, and small", async () => {
    const { name, type, bytes } = await makeDocument(request);
    expect({ name, type }).toEqual({ name: "proposta-AB12CD.pdf", type: "application/pdf" });
    expect(bytes.length).toBeLessThan(60_000);
  });

  test("prints names in the letters of their owners", async () => {
    const value = "Ștefan Țîrlea, Përmet, Łukasz Żółć, Göğüş İnci, Ольга, Ελένη, Đorđe Šarić";
    const printed = charactersOf(await read({ ...request, rows: [{ label: "Nome", value }] }));
    const missing = [...value].filter((letter) => letter !== " " && !printed.has(letter));
    expect(missing).toEqual([]);
  });

  test("goes on over as many sheets as it takes, each with its number", async () => {
    const value = "La rete non arriva in collina, e chi è anziano resta fuori. ".repeat(150);
    const rows = Array.from({ length: 4 }, (_, index) => ({ label: `Domanda ${index}`, value }));
    expect(pagesOf(await read(request))).toBe(1);
    expect(pagesOf(await read({ ...request, rows }))).toBeGreaterThanOrEqual(8);
  });

  test.each([
    ["an emoji", "👩‍👩‍👧 sì 👍🏽", " sì "],
    ["marks of direction", "a\u202eb\u200fc", "abc"],
    ["a tab", "a\tb", "a    b"],
    ["letters put together of two", "e\u0301", "é"],
    ["line ends of all kinds", "a\r\nb\rc\nd", "a\nb\nc\nd"],
  ])("prints %s without boxes", (_, typed, printed) => {
    expect(printable(typed)).toBe(printed);
  });

  test("has an empty square before each thing to tick off, in a list that a screen reader counts", async () => {
    const boxes = ["Un documento valido", "La tessera sanitaria", "Il telefono"];
    const pdf = await read({ ...request, boxes });
    expect(pdf.match(/\/S \/LI\b/g)).toHaveLength(3);
    expect(pdf.match(/\/S \/LBody\b/g)).toHaveLength(3);
    expect(pdf.match(/^[\d.]+ [\d.]+ 15 15 re$/gm)).toHaveLength(3);
    expect(await read(request)).not.toContain("/S /L\n");
  });

  test("keeps what is ticked off whole, on as many sheets as it takes", async () => {
    const boxes = Array.from({ length: 60 }, (_, at) => `Un documento valido, o la sua copia, numero ${at}`);
    const pdf = await read({ ...request, boxes });
    expect(pagesOf(pdf)).toBeGreaterThanOrEqual(3);
    const tops = [...pdf.matchAll(/^[\d.]+ ([\d.]+) 15 15 re$/gm)].map(([, y]) => Number(y));
    expect(tops).toHaveLength(60);
    // Above the foot of an A4 sheet, where its number stands.
    expect(Math.max(...tops)).toBeLessThan(842 - 72 - 15);
  });
});

describe("A form in large letters", () => {
  /** The sizes of letters, in points. */
  const sizes = (pdf: string) => [...pdf.matchAll(/\/F\d+ ([\d.]+) Tf/g)].map(([, size]) => Number(size));

  test("has none under 16 points but the number of the sheet", async () => {
    const { signature: _, ...sheet } = { ...request, boxes: ["Un documento valido"] };
    const number = 8.5;
    const large = sizes(await read({ ...sheet, large: true })).filter((size) => size !== number);
    expect(Math.min(...large)).toBeGreaterThanOrEqual(16);
    expect(Math.min(...sizes(await read(sheet)).filter((size) => size !== number))).toBeLessThan(16);
  });
});

describe("A form in a language that is written from the right", () => {
  const arabic: DocumentRequest = {
    ...request,
    language: "ar",
    title: "الهوية الرقمية",
    intro: ["هاتف \u20680523 874 301\u2069."],
    boxes: ["بطاقة هوية"],
    rows: [],
    notes: [],
  };
  /** Where words begin on the sheet, in points from its left edge. */
  const lefts = (pdf: string) =>
    [...pdf.matchAll(/^1 0 0 1 ([\d.]+) [\d.]+ Tm$/gm)].map(([, x]) => Number(x));

  test("begins at the right edge, with its squares", async () => {
    const { signature: _, ...unsigned } = arabic;
    const pdf = await read(unsigned);
    const middle = 595 / 2;
    // All but the number of the sheet.
    expect(lefts(pdf).filter((x) => x < middle)).toHaveLength(1);
    expect(Number(/^([\d.]+) [\d.]+ 15 15 re$/m.exec(pdf)?.[1])).toBeGreaterThan(500);
  });

  test("has its words, for who listens to it, as they are read and without invisible marks", async () => {
    const pdf = await read(arabic);
    const { bytes } = await makeDocument(arabic);
    const text = Buffer.from("هاتف 0523 874 301.", "utf16le").swap16();
    expect(pdf).toContain("/ActualText");
    expect(Buffer.from(bytes).includes(text)).toBe(true);
  });

  test("leaves as much room for an answer that is missing", async () => {
    const empty = (language: string) => ({
      ...request,
      language,
      rows: Array.from({ length: 40 }, () => ({ label: "الاسم", value: "" })),
    });
    expect(pagesOf(await read(empty("ar")))).toBe(pagesOf(await read(empty("it"))));
  });
});

describe("The order of a line", () => {
  const fromLeft = (line: string, direction: "ltr" | "rtl") =>
    [...runsOf(line, direction)].sort((one, other) => one.place - other.place).map(({ text }) => text);

  test.each([
    ["a number", "هاتف \u20680523 874 301\u2069.", [".", "0523", " ", "874", " ", "301", " ", "هاتف"]],
    ["a name", "في \u2068Ponte dell'Olio\u2069 غدا", ["غدا", " ", "Ponte", " ", "dell'Olio", " ", "في"]],
    ["brackets", "هوية (رقمية)", ["(رقمية)".replace(/[()]/g, (it) => (it === "(" ? ")" : "(")), " ", "هوية"]],
  ])("keeps %s in an Arabic sentence", (_, line, expected) => {
    expect(fromLeft(line, "rtl")).toEqual(expected);
  });

  test("keeps an Arabic name in an Italian sentence", () => {
    expect(fromLeft("Sono أحمد علي, ciao", "ltr")).toEqual([
      "Sono",
      " ",
      "علي",
      " ",
      "أحمد",
      ",",
      " ",
      "ciao",
    ]);
  });
});
