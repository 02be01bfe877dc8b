import { describe, expect, test } from "vitest";
import { drawDrawing } from "../../../bots/pictures/drawings/index.ts";
import { DRAWINGS, type Drawing, type DrawingName } from "../../../core/engine/message.ts";
import { drawingOf } from "../../../core/lessons/drawing.ts";
import { words } from "../../support/talk.ts";
import { isMarked, type Pixels, see } from "./seeing.ts";

const names = Object.keys(DRAWINGS).filter((name): name is DrawingName => name in DRAWINGS);
const inLanguage = (name: DrawingName, language: string) =>
  drawingOf({ say: (text) => words.say(language, text) }, name);
const labelled = (name: DrawingName, label: string): Drawing => ({
  ...inLanguage(name, "it"),
  labels: DRAWINGS[name].map(() => label),
});

function expectEdges(picture: Pixels): void {
  expect(isMarked(picture, 0, 60)).toBe(false);
  expect(isMarked(picture, picture.width - 60, picture.width)).toBe(false);
  expect(isMarked(picture, 0, picture.width, picture.height - 40)).toBe(false);
}

describe.each(names)("the drawing %s", (name) => {
  test.each(["it", "ar"])("fits a screen and a weak signal in the language %s", async (language) => {
    const picture = await see(inLanguage(name, language));
    expect(picture.bytes).toBeLessThanOrEqual(40_000);
    expect(picture.height).toBeLessThanOrEqual(1.6 * picture.width);
    expectEdges(picture);
  });

  test("keeps long words within its edges", async () => {
    expectEdges(await see(labelled(name, "Straßenverkehrsordnungsbußgeldbescheid ".repeat(3))));
  });

  test("shows each of its words", () => {
    const drawn = inLanguage(name, "it");
    const shown = drawn.labels.map((_, at) =>
      drawDrawing({ ...drawn, labels: drawn.labels.with(at, "Qui") }),
    );
    for (const svg of shown) expect(svg).toContain(">Qui<");
  });

  test("says to who does not see it more than its title", () => {
    const { alt, labels } = inLanguage(name, "it");
    expect(alt.length).toBeGreaterThan((labels[0] ?? "").length);
  });
});

test("a drawing without words keeps its numbers within its edges", async () => {
  expectEdges(await see(labelled("scam-message", "")));
});
