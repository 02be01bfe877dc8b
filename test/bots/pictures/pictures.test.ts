import { describe, expect, test } from "vitest";
import { drawPicture } from "../../../bots/pictures/index.ts";
import type { BarChart, ProjectCard, QrCode } from "../../../core/engine/message.ts";
import { isMarked, isPaper, type Pixels, readCode, see } from "./seeing.ts";

/** How much of the paper is covered, from 0 to 1. */
function inkIn(picture: Pixels): number {
  let marked = 0;
  for (let at = 0; at < picture.width * picture.height; at += 1)
    if (!isPaper(picture, at % picture.width, Math.floor(at / picture.width))) marked += 1;
  return marked / (picture.width * picture.height);
}

const card: ProjectCard = {
  kind: "card",
  alt: "La scheda di «Nonni in rete»",
  heading: ["Digitale Bene Comune", "Connessa: una comunità che usa la rete"],
  title: "Nonni in rete",
  summary: "Due pomeriggi a settimana in biblioteca, con ragazzi che insegnano.",
  cost: "Costo: 4.000 €",
  invitation: "Inquadra il codice, o scrivi all'assistente: «Apri il progetto K7QM4X»",
  link: "https://wa.me/390523000000?text=Apri%20il%20progetto%20K7QM4X",
};
const chart: BarChart = {
  kind: "chart",
  alt: "I voti",
  title: "I voti",
  bars: [
    { label: "Nonni in rete", value: 412, shown: "412 voti", mark: "vince" },
    { label: "Orto", value: 206, shown: "206 voti" },
    { label: "Banco", value: 0, shown: "0 voti" },
  ],
  note: "Hanno votato in 500.",
};

const sentence = "Una festa di paese con più di cento «volontari» & amici <b>sempre</b>, perché no? ";
const hardships: Readonly<Record<string, Pick<ProjectCard, "title" | "summary">>> = {
  "a short title": { title: card.title, summary: card.summary },
  "the longest title and summary": {
    title:
      "Sportello itinerante per accompagnare le persone anziane nei piccoli Comuni della montagna e della bassa pianura ovest",
    summary: sentence.repeat(36),
  },
  "wide letters without a space": { title: "W".repeat(120), summary: "M".repeat(3000) },
  "accents, pictures and controls": {
    title: "Perché Ștefan là ß œ 😀\u202e\u0007 è",
    summary: "e\u0301 👍🏽 ]]>",
  },
  "letters from the right": { title: "حديقة مشتركة (SPID) في المدرسة.", summary: "نص طويل ".repeat(80) },
  "no words": { title: "", summary: "" },
};

describe("a project's card", () => {
  test.each(Object.entries(hardships))("keeps %s within its edges, and stays small", async (_, words) => {
    const picture = await see({ ...card, ...words });
    expect(picture.width).toBeGreaterThanOrEqual(1000);
    expect(picture.height).toBeLessThanOrEqual(1500);
    expect(picture.bytes).toBeLessThanOrEqual(60_000);
    const belowHeading = 200;
    expect(isMarked(picture, 0, 60, belowHeading)).toBe(false);
    expect(isMarked(picture, picture.width - 60, picture.width, belowHeading)).toBe(false);
    expect(isMarked(picture, 0, picture.width, picture.height - 40)).toBe(false);
  });

  test("leads to the project by its code, which is left out where there is no link", async () => {
    const picture = await see(card);
    expect(readCode(picture)).toBe(card.link);
    const { link: _, ...linkless } = card;
    const without = await see(linkless);
    expect(readCode(without)).toBeUndefined();
    expect(without.height).toBeLessThan(picture.height);
  });

  test("shows what it is told: every part changes it", async () => {
    const parts = {
      heading: ["Altro"],
      title: "Altro",
      summary: "Altro",
      cost: "Altro",
      invitation: "Altro",
    };
    const pictures = await Promise.all(
      [{}, ...Object.entries(parts).map(([part, words]) => ({ [part]: words }))].map((change) =>
        drawPicture({ ...card, ...change }),
      ),
    );
    const distinct = new Set(pictures.map(({ bytes }) => Buffer.from(bytes).toString("base64")));
    expect(distinct.size).toBe(pictures.length);
  });

  test("is drawn once for all who ask for it", async () => {
    const [one, other] = await Promise.all([drawPicture(card), drawPicture({ ...card })]);
    expect(other).toBe(one);
  });
});

describe("a code to be shown", () => {
  const shown: QrCode = {
    kind: "qr",
    alt: "Un codice",
    title: "Digitale Bene Comune",
    invitation: "Inquadra con la fotocamera",
    by: "Ti accompagna Anna",
    typed: "codice K7QM-4XAC",
    link: "https://wa.me/390523000000?text=codice%20K7QM-4XAC",
  };

  test.each([
    ["in Italian", {}],
    ["in Arabic", { invitation: "وجّه الكاميرا إلى هنا", by: "يرافقك Anna" }],
    ["with long words", { title: "Unione ".repeat(30), by: `Ti accompagna ${"Massimiliana".repeat(6)}` }],
  ])("is read by a camera %s, within its edges", async (_, words) => {
    const picture = await see({ ...shown, ...words });
    expect(readCode(picture)).toBe(shown.link);
    expect(isMarked(picture, 0, 60)).toBe(false);
    expect(isMarked(picture, picture.width - 60, picture.width)).toBe(false);
    expect(picture.height).toBeLessThanOrEqual(1500);
    expect(picture.bytes).toBeLessThanOrEqual(60_000);
  });
});

describe("a bar chart", () => {
  /** How long the bars are, from the top, by the colours that only bars have. */
  function barsOf({ data, width, height }: Pixels): readonly number[] {
    const isBar = (x: number, y: number) => {
      const [red, green, blue] = data.subarray((y * width + x) * 4);
      const colour = `${red},${green},${blue}`;
      return colour === "11,93,83" || colour === "111,133,123";
    };
    const lengths: number[] = [];
    for (let y = 1; y < height; y += 1) {
      // Bars begin at the left edge, where no letter is as tall.
      const begins = isBar(65, y) && !isBar(65, y - 1) && isBar(65, y + 20);
      if (!begins) continue;
      let x = 65;
      while (isBar(x, y + 20)) x += 1;
      lengths.push(x - 64);
    }
    return lengths;
  }

  test("draws bars as long as their values, and nothing as a line", async () => {
    const picture = await see(chart);
    const [first = 0, second = 0, third = 0, ...others] = barsOf(picture);
    expect(others).toEqual([]);
    expect(first / second).toBeCloseTo(2, 1);
    expect(third).toBeGreaterThan(0);
    expect(third).toBeLessThan(12);
  });

  test.each([
    [
      "many bars with long names",
      "Progetto per il territorio con un nome molto lungo da leggere".repeat(2),
      100,
    ],
    ["two bars", "Orto", 2],
    ["no bar", "", 0],
  ])("keeps %s within its edges, and stays small", async (_, label, count) => {
    const bars = Array.from({ length: count }, (_, at) => ({
      label,
      value: 25_000 - at,
      shown: "25.000 voti",
      mark: "vince",
    }));
    const picture = await see({ ...chart, bars, note: sentence.repeat(6) });
    expect(picture.bytes).toBeLessThanOrEqual(60_000);
    expect(picture.height).toBeLessThanOrEqual(2400);
    expect(isMarked(picture, 0, 60)).toBe(false);
    expect(isMarked(picture, picture.width - 60, picture.width)).toBe(false);
    expect(barsOf(picture).length).toBe(Math.min(count, 10));
  });

  test("stays readable where nobody has voted", async () => {
    const bars = chart.bars.map((bar) => ({ ...bar, value: 0 }));
    expect(inkIn(await see({ ...chart, bars }))).toBeGreaterThan(0.01);
  });
});
