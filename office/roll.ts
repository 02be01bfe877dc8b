import { randomInt } from "node:crypto";
import { Hono } from "hono";
import { z } from "zod";
import type { Text } from "../core/engine/message.ts";
import { writeLetterCode } from "../core/voting/letter.ts";
import { type LetterPart, letterSheet } from "../core/voting/letter-sheet.ts";
import { type ReadRows, readRollFile } from "../core/voting/roll-file.ts";
import type { Letter, RollChanges } from "../core/voting/roll-keeping.ts";
import type { Workplace } from "./workplace.ts";

const bringing = z.strictObject({
  /** The registry office's file, in base64. */
  file: z.base64(),
  /** Tells what would be done, and does nothing. */
  dry: z.boolean().default(false),
  /** Takes the good rows of a file that has others. */
  skipBad: z.boolean().default(false),
  removeAbsent: z.boolean().default(false),
});
const drawing = z.strictObject({ comune: z.string().exactOptional(), again: z.boolean().default(false) });

/** The roll: brought up to date with the registry office's file, counted, and its letters. */
export function rollRoutes({ desk, edition, today, words, pages }: Workplace): Hono {
  const { roll } = desk;
  const app = new Hono();

  app.get("/roll", async (c) => c.json(await roll.status()));

  app.post("/roll", async (c) => {
    const { file, dry, skipBad, removeAbsent } = bringing.parse(await c.req.json());
    const read = await readRollFile(Buffer.from(file, "base64"), edition);
    if (!read.ok) return c.json({ kind: "unreadable", problem: read.problem }, 409);
    const isTried = dry || (read.bad.length > 0 && !skipBad);
    const changes = await roll.bringUpToDate(read.residents, { removeAbsent, dry: isTried });
    return c.json({ kind: isTried ? "tried" : "done", ...toldOf(read), changes } satisfies RollReport);
  });

  app.post("/roll/letters", async (c) => {
    const { comune, again } = drawing.parse(await c.req.json());
    if (comune !== undefined && !edition.comuni.some(({ id }) => id === comune))
      return c.json({ kind: "unknown" }, 404);
    const url = pages("/voto");
    if (url === undefined) return c.json({ kind: "noPage" }, 409);
    const sheet = letterSheet(edition, today(), url);
    if (!sheet) return c.json({ kind: "noCodes" }, 409);
    const [language = "it"] = words.languages;
    const say = (text: Text) => words.say(language, text);
    const paragraphs = (parts: readonly LetterPart[]) =>
      parts.map(({ text, isHead = false }) => ({ text: say(text), isHead }));
    const homeOf = (letter: Letter) =>
      say({ literal: edition.comuni.find(({ id }) => id === letter.comune)?.name ?? "" });
    const letters = [...(await roll.drawLetters({ comune, again }, draw))].sort(byPlaceAndName);
    return c.json({
      kind: "done",
      sheet: {
        language,
        title: say(sheet.title),
        before: paragraphs(sheet.before),
        after: paragraphs(sheet.after),
      },
      letters: letters.map((letter) => ({
        to: say({ key: "letter.to", params: { name: `${letter.name} ${letter.surname}`.trim() } }),
        where: homeOf(letter),
        code: writeLetterCode(letter.code),
      })),
    });
  });

  return app;
}

/** What came of a file. */
export interface RollReport extends Omit<ReadRows, "residents"> {
  /** `tried`: nothing was written. */
  readonly kind: "tried" | "done";
  readonly residents: number;
  readonly changes: RollChanges;
}

const toldOf = ({ residents, bad, flags, ignored }: ReadRows) => ({
  residents: residents.length,
  bad,
  flags,
  ignored,
});

/** As they are put into envelopes. */
const byPlaceAndName = (a: Letter, b: Letter): number =>
  orderOf(a).localeCompare(orderOf(b), "it", { sensitivity: "base" });
const orderOf = ({ comune = "", surname, name }: Letter): string => `${comune} ${surname} ${name}`;

const draw = (alphabet: string, length: number): string =>
  Array.from({ length }, () => alphabet.charAt(randomInt(alphabet.length))).join("");
