import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Database } from "../../prisma/client.ts";
import { pixelsOf, readCode } from "../bots/pictures/seeing.ts";
import { storedProposals } from "../flows/transcript.ts";
import { openTestDatabase } from "../support/database.ts";
import { openTestHouse, type TestHouse } from "../support/house.ts";
import { openStand } from "./stand.ts";

/** A facilitator on Telegram and a person on WhatsApp, from the Union's invitation to the finished proposal. */

let database: Database;
let house: TestHouse;
let stand: Awaited<ReturnType<typeof openStand>>;
beforeAll(async () => {
  database = await openTestDatabase();
  house = await openTestHouse(database, { seed: "facilitators" });
  stand = await openStand(house);
});
afterAll(async () => {
  await stand.close();
  await database.close();
});

/** What nobody but the person and the office is to read, before the proposal is sent. */
const THEIRS = ["Rosa", "Verdi", "posta.it", "Molti anziani", "Due pomeriggi", "Ogni settimana"];

/** `→` presses; everything else is written. Gives the last answer. */
async function goes(
  who: { says(text: string): void; presses(label: string): void; hears(): Promise<{ text: string }> },
  ...steps: readonly string[]
): Promise<string> {
  let last = "";
  for (const step of steps) {
    if (step.startsWith("→")) who.presses(step.slice(1));
    else who.says(step);
    last = (await who.hears()).text;
  }
  return last;
}

/** A facilitator who was invited and has joined. */
async function joined(name: string) {
  const { code } = await stand.invite(name, "Biblioteca di Podenzano");
  const facilitator = stand.telegrams.person(name.split(" ")[0] ?? name, "it");
  expect(await goes(facilitator, "facilitatore", code)).toContain("Da adesso puoi accompagnare");
  return facilitator;
}
type Facilitator = Awaited<ReturnType<typeof joined>>;

/** Makes a link for WhatsApp, with its picture. */
async function makesLink(facilitator: Facilitator) {
  await goes(facilitator, "accompagna una persona", "→WhatsApp", "→Italiano");
  facilitator.presses("Fare una proposta");
  return facilitator.hears();
}

/** Shows the picture to a camera: the words that come out of it. */
async function shows(facilitator: Facilitator): Promise<string> {
  const { photo, text } = await makesLink(facilitator);
  const link = readCode(pixelsOf(photo?.bytes ?? new Uint8Array())) ?? "";
  expect(text).toContain(link);
  const said = decodeURIComponent(/^https:\/\/wa\.me\/390523000000\?text=(.+)$/.exec(link)?.[1] ?? "");
  expect(said).toMatch(/^codice [A-Z0-9]{4}-[A-Z0-9]{4}$/);
  return said;
}

/** Reads the words out, where there is no camera. */
const readsOut = async (facilitator: Facilitator): Promise<string> =>
  /codice [A-Z0-9]{4}-[A-Z0-9]{4}/.exec((await makesLink(facilitator)).text)?.[0] ?? "";

/** Agrees to be accompanied. */
async function agrees(
  person: { hears(): Promise<{ text: string }> } & Parameters<typeof goes>[0],
  said: string,
) {
  expect(await goes(person, said)).toContain("Anna Bianchi (Biblioteca di Podenzano) vuole accompagnarti");
  expect(await goes(person, "→Avanti")).toContain("Non vede quello che scrivi");
  expect(await goes(person, "→Sì, va bene", "→Avanti")).toContain("Per te è così?");
}

/** Says who proposes, and confirms the address. */
async function introduces(person: Parameters<typeof goes>[0], email: string): Promise<void> {
  await goes(person, "→Sì", "→A nome mio", "Rosa", "Verdi", email);
  await goes(person, await stand.digits(email));
}

/** Nothing of the person's is in anything that was ever sent to the facilitator. */
function hasReadNothingOf(facilitator: Facilitator): void {
  const read = facilitator.transcript.filter(({ from }) => from === "bot").map(({ text }) => text);
  for (const words of THEIRS) expect(read.join("\n")).not.toContain(words);
}

describe("a facilitator on Telegram accompanies somebody on WhatsApp", () => {
  test("from the picture to the finished proposal: one answer of it was asked for, proposed and used", async () => {
    const anna = await joined("Anna Bianchi");
    const rosa = stand.whatsapps.person("Rosa");
    await agrees(rosa, await shows(anna));
    expect((await anna.hears()).text).toContain("Ora accompagni la persona delle");
    await introduces(rosa, "rosa@posta.it");
    await goes(rosa, "→Competenze digitali");
    const progress = await goes(anna, "miei accompagnati");
    expect(progress).toContain("Fatto: Chi propone, Nome, Cognome, E-mail e Sfida.");
    expect(progress).toContain("Manca: Titolo, Bisogno,");

    expect(await goes(rosa, "→Chiedi a Anna")).toContain("Ho chiesto a Anna Bianchi.");
    expect((await anna.hears()).text).toContain("Che titolo le dai?");
    expect(await goes(anna, "→Rispondi", "Nonni")).toContain("La risposta è un po' corta.");
    expect(await goes(anna, "Nonni in rete per tutti")).toContain("Decide la persona");
    expect((await rosa.hears()).text).toContain(
      "Anna Bianchi propone questa risposta:\n\n«Nonni in rete per tutti»",
    );
    expect(await goes(rosa, "→Usa questa risposta")).toContain("Che problema hai visto?");
    expect(await goes(rosa, "→Usa questa risposta")).toContain("non aspetta più una risposta");

    await goes(rosa, "Molti anziani non sanno usare il telefono e restano soli in casa.");
    await goes(rosa, "Due pomeriggi a settimana in biblioteca, con ragazzi che insegnano a usarlo.");
    await goes(rosa, "Ogni settimana in un Comune diverso.", "I volontari della biblioteca.");
    await goes(rosa, "Le biblioteche comunali.");
    expect(await goes(anna, "miei accompagnati")).toContain("Manca: Costo.");
    await goes(rosa, "4000", "→Salta", "→Avanti");
    expect(await goes(rosa, "→Invia", "→Avanti")).toContain("Hai finito! Anna Bianchi sa solo questo");
    expect(await goes(anna, "miei accompagnati")).toContain("Una ha finito.");
    expect(await storedProposals(database, house.edition.id)).toMatchObject([
      { title: "Nonni in rete per tutti", challenge: "competenze", cost: 4000 },
    ]);
    hasReadNothingOf(anna);
    expect(
      await database.prisma.handOver.count({
        where: { OR: [{ closedAt: null }, { sealed: { not: null } }] },
      }),
    ).toBe(0);
    expect([...stand.telegrams.violations, ...stand.whatsapps.violations]).toEqual([]);
  });

  test("until the person ends it midway: nothing more is seen, and nothing proposed any more", async () => {
    const anna = await joined("Anna Bianchi");
    const rosa = stand.whatsapps.person("Rosina");
    await agrees(rosa, await readsOut(anna));
    await anna.hears();
    await introduces(rosa, "rosina@posta.it");
    await goes(rosa, "→Competenze digitali", "→Chiedi a Anna");
    await anna.hears();
    await goes(anna, "→Rispondi");
    expect(await goes(rosa, "stop accompagnamento")).toContain("Da adesso Anna Bianchi non vede più niente.");
    expect(await goes(anna, "Nonni in rete per tutti")).toContain("non aspetta più una risposta");
    expect(await goes(rosa, "Un titolo scelto da me")).not.toContain("Anna");
    const list = await goes(anna, "miei accompagnati");
    expect(list).toContain("Non la accompagni più.");
    expect(list).not.toMatch(/Fatto|Manca/);
    expect(rosa.unheard).toEqual([]);
    expect(anna.unheard).toEqual([]);
    hasReadNothingOf(anna);
  });

  test("until the office stops the facilitator: the person is told, and their link opens nothing", async () => {
    const { id, code } = await stand.invite("Bruno Neri");
    const bruno = stand.telegrams.person("Bruno", "it");
    await goes(bruno, "facilitatore", code);
    const said = await readsOut(bruno);
    const other = await readsOut(bruno);
    const rosa = stand.whatsapps.person("Ines");
    await goes(rosa, said, "→Avanti", "→Sì, va bene");
    await bruno.hears();
    const listed = (await stand.ask("/facilitators")) as readonly object[];
    expect(listed.at(-1)).toMatchObject({
      id,
      state: "active",
      started: 1,
      finished: 0,
      goingOn: 1,
      assisted: 0,
    });
    expect(await stand.ask(`/facilitators/${id}/stop`, {})).toEqual({ kind: "done", told: true });
    expect((await rosa.hears()).text).toContain("Chi ti accompagnava non può più farlo.");
    expect(await goes(rosa, "chi mi accompagna")).toContain("Adesso non ti accompagna nessuno.");
    expect(await goes(bruno, "miei accompagnati")).toContain("Non accompagni ancora nessuno.");
    expect(await goes(bruno, "accompagna una persona")).toContain("Qui serve l'invito dell'Unione.");
    expect(await goes(stand.whatsapps.person("Ugo"), other)).toContain("Non trovo nessun invito");
    expect(await stand.ask(`/facilitators/${id}/stop`, {})).toEqual({ kind: "unknown" });
  });
});
