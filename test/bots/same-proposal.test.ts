import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "../../prisma/client.ts";
import { storedProposals } from "../flows/transcript.ts";
import { openTestDatabase } from "../support/database.ts";
import { openTestHouse } from "../support/house.ts";
import { playOn, STAGES } from "./stages.ts";

/** A whole proposal: `→` presses, everything else is written; `{code}` is the code that was mailed. */
const DIALOGUE = [
  "ciao",
  "→Fai una proposta",
  "→Sì",
  "→A nome mio",
  "Maria",
  "Țîrlea",
  "maria@posta.it",
  "{code}",
  "→Imprese digitali",
  "Nonni in rete per tutti",
  "Molti anziani non sanno usare il telefono e restano soli in casa. 👵",
  "Due pomeriggi a settimana in biblioteca,\ncon ragazzi che insegnano a usare il telefono.",
  "Ogni settimana in un Comune diverso.",
  "I volontari della biblioteca.",
  "Le biblioteche comunali.",
  "undicimila euro",
  "→Salta",
  "→Invia",
];

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

describe("the same dialogue ends with the same row", () => {
  const expected = [
    {
      state: "SUBMITTED",
      challenge: "imprese",
      title: "Nonni in rete per tutti",
      need: "Molti anziani non sanno usare il telefono e restano soli in casa. 👵",
      solution: "Due pomeriggi a settimana in biblioteca,\ncon ragazzi che insegnano a usare il telefono.",
      reach: "Ogni settimana in un Comune diverso.",
      involved: "I volontari della biblioteca.",
      place: "Le biblioteche comunali.",
      cost: 11000,
      conflicts: "",
      summary: null,
      finalCost: null,
    },
  ];

  it.each(STAGES)("on %s, one message a turn", async (where) => {
    const house = await openTestHouse(database, { seed: where });
    await playOn(where, house, DIALOGUE);
    expect(await storedProposals(database, house.edition.id)).toEqual(expected);
  });
});
