import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "../../prisma/client.ts";
import { openTestDatabase } from "../support/database.ts";
import { openTestHouse } from "../support/house.ts";
import { playOn, STAGES } from "./stages.ts";

const PENDING = "A nome di chi fai la proposta?";
const CHECK = "Sono di SPID. Mi legga il codice";

/** A whole lesson in the middle of a proposal, and what its answers say. */
const DIALOGUE: readonly (readonly [line: string, says: string])[] = [
  ["proposta", "Può proporre chi"],
  ["→Sì", PENDING],
  ["spid", "SPID è come una chiave"],
  ["→Avanti", "Che cosa serve?"],
  ["→☐ Documento valido", "Hai segnato: Documento valido."],
  ["→Avanti", "Tessera sanitaria: "],
  ["→Avanti", "Passo 1 di 10"],
  ["→Avanti", "Agli sportelli dei Comuni"],
  ["→Avanti", "Passo 3 di 10"],
  ["→Avanti", "Passo 4 di 10"],
  ["→Avanti", "Passo 5 di 10"],
  ["→Avanti", "Passo 6 di 10"],
  ["→Avanti", "Passo 7 di 10"],
  ["→Avanti", "Passo 8 di 10"],
  ["→Avanti", "Passo 9 di 10"],
  ["→Avanti", CHECK],
  ["→Gli leggo il codice", CHECK],
  ["→Riaggancio", PENDING],
  ["→Pagina da stampare", PENDING],
  ["→A nome mio", "Come ti chiami?"],
];
const WITH_PICTURE = ["Passo 6 di 10", "Passo 7 di 10"];

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

describe("the same lesson is gone through, and leads back to the proposal,", () => {
  it.each(STAGES)("on %s, one message a turn, with its pictures and its page", async (where) => {
    const house = await openTestHouse(database, { seed: `lesson ${where}` });
    const came = await playOn(
      where,
      house,
      DIALOGUE.map(([line]) => line),
    );
    for (const [at, [line, says]] of DIALOGUE.entries()) {
      expect([line, came[at]?.text]).toEqual([line, expect.stringContaining(says)]);
      expect([line, came[at]?.hasPicture]).toEqual([line, WITH_PICTURE.includes(says)]);
    }
    const files = came.flatMap(({ file }) => (file ? [Buffer.from(file).subarray(0, 5).toString()] : []));
    expect(files).toEqual(["%PDF-"]);
  });
});
