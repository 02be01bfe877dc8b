import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readRollFile } from "../../../core/voting/roll-file.ts";
import { edition2022 } from "../../edition/samples.ts";
import { taxCode, withOmocodia } from "../../support/tax-code.ts";

const HEADER = "codice_fiscale;cognome;nome;data_nascita;comune;email;cellulare";
const born = "1949-05-03";
const rosa = taxCode(born, { names: "BNCRSO", sex: "F" });
const ROSA = `${rosa};BIANCHI;ROSA;03/05/1949;Podenzano;rosa@example.org;347 123 4567`;

const bytes = (...lines: string[]) => new TextEncoder().encode(lines.join("\r\n"));
/** What is read of rows under the usual header; the first is line 2. */
async function rows(...lines: string[]) {
  const file = await readRollFile(bytes(HEADER, ...lines), edition2022);
  return file.ok ? file : expect.fail(JSON.stringify(file.problem));
}
const problems = async (row: string) => (await rows(row)).bad[0]?.problems;
const refusal = async (content: Uint8Array) => {
  const file = await readRollFile(content, edition2022);
  return file.ok ? undefined : file.problem;
};

describe("a row", () => {
  test("gives a person as the roll keeps them", async () => {
    expect(await rows(ROSA)).toEqual({
      ok: true,
      residents: [
        {
          line: 2,
          codes: [rosa],
          surname: "BIANCHI",
          name: "ROSA",
          birth: born,
          comune: "podenzano",
          email: "rosa@example.org",
          phone: "+393471234567",
        },
      ],
      bad: [],
      flags: [],
      ignored: [],
    });
  });

  test("may have several codes, spaced as they come, with their omocodia", async () => {
    const second = withOmocodia(rosa);
    for (const cell of [
      `${rosa} ${second}`,
      `${rosa}|${second}`,
      ` ${rosa} | ${second.toLowerCase()} | ${rosa}`,
    ]) {
      const { residents } = await rows(ROSA.replace(rosa, cell));
      expect(residents[0]?.codes).toEqual([rosa, second]);
    }
    const spaced = await rows(ROSA.replace(rosa, "BNC RSO 49E43 G535 ".concat(rosa.slice(15))));
    expect(spaced.residents[0]?.codes).toEqual([rosa]);
  });

  test("may have a provisional code, or none: then its person votes at a station", async () => {
    const provisional = await rows(ROSA.replace(rosa, "12345678903"));
    expect(provisional).toMatchObject({ residents: [{ codes: ["12345678903"] }], flags: [] });
    const none = await rows(ROSA.replace(rosa, ""));
    expect(none).toMatchObject({ residents: [{ codes: [] }], flags: [{ line: 2, flag: "stationOnly" }] });
  });

  test("of somebody with one name alone has it for a surname", async () => {
    for (const names of ["SUKARNO;", ";SUKARNO"]) {
      const { residents } = await rows(ROSA.replace("BIANCHI;ROSA", names));
      expect(residents).toMatchObject([{ surname: "SUKARNO", name: "" }]);
    }
  });

  test("is taken without an e-mail or a telephone that is none, which is told", async () => {
    const { residents, flags } = await rows(
      ROSA.replace("rosa@example.org", "rosa(at)example").replace("347 123 4567", "0523 370704"),
    );
    expect(residents).toMatchObject([{ email: null, phone: null }]);
    expect(flags).toEqual([
      { line: 2, flag: "emailLeftOut" },
      { line: 2, flag: "phoneLeftOut" },
    ]);
  });

  test("names the Comune by its name or its id, and the day in figures", async () => {
    for (const [name, id] of [
      ["SAN GIORGIO PIACENTINO", "san-giorgio"],
      ["San Giorgio Piacentino ", "san-giorgio"],
      ["gropparello", "gropparello"],
    ] as const) {
      const [comune] = edition2022.comuni.filter((one) => one.id.startsWith(id));
      expect((await rows(ROSA.replace("Podenzano", name))).residents[0]?.comune).toBe(comune?.id);
    }
    for (const day of ["3/5/1949", "03-05-1949", "3.5.1949", "1949-05-03"]) {
      expect((await rows(ROSA.replace("03/05/1949", day))).residents[0]?.birth).toBe(born);
    }
  });
});

describe("a row that cannot be taken", () => {
  test.each([
    ["a code that is none", rosa, "BNCRSO49E43", [{ kind: "taxCode", problem: "shape" }]],
    [
      "a wrong check letter",
      rosa,
      `${rosa.slice(0, 15)}#`.replace("#", rosa.endsWith("A") ? "B" : "A"),
      [{ kind: "taxCode", problem: "checkLetter" }],
    ],
    ["a code of another day", "03/05/1949", "04/05/1949", [{ kind: "birthDisagrees" }]],
    ["no surname that is one", "BIANCHI", "=CMD()", [{ kind: "malformed", column: "cognome" }]],
    ["no name that is one", "ROSA;", "R0SA;", [{ kind: "malformed", column: "nome" }]],
    ["a day of no calendar", "03/05/1949", "31/02/1949", [{ kind: "malformed", column: "data_nascita" }]],
    ["a day in words", "03/05/1949", "3 maggio 1949", [{ kind: "malformed", column: "data_nascita" }]],
    ["another Comune", "Podenzano", "Piacenza", [{ kind: "unknownComune" }]],
    ["a cell too many", "347 123 4567", "347 123 4567;x", [{ kind: "spoilt" }]],
    ["a stray quotation mark", "ROSA;", 'RO"SA;', [{ kind: "spoilt" }]],
  ])("has %s", async (_, before, after, expected) => {
    expect(await problems(ROSA.replace(before, after))).toEqual(expected);
  });

  test("says everything that is wrong in it", async () => {
    expect(await problems(`x;=1+1;;1949;Roma;;`)).toEqual([
      { kind: "taxCode", problem: "shape" },
      { kind: "malformed", column: "cognome" },
      { kind: "malformed", column: "data_nascita" },
      { kind: "unknownComune" },
    ]);
  });

  test("is of somebody under age by a day, and not of who reaches it on the last day", async () => {
    const person = (day: string) => `${taxCode(day)};Rossi;Mario;${day};Vigolzone;;`;
    expect((await rows(person("2006-10-18"))).bad).toEqual([]);
    expect(await problems(person("2006-10-19"))).toEqual([
      { kind: "tooYoung", bornOnOrBefore: "2006-10-18" },
    ]);
  });

  test("does not spoil those beside it", async () => {
    const other = `${taxCode("1960-01-01")};Rossi;Mario;01/01/1960;Vigolzone;;`;
    const unclosed = ROSA.replace("ROSA;", '"ROSA;');
    const endless = ROSA.replace("ROSA", "A".repeat(5_000_000));
    const { residents, bad } = await rows(unclosed, endless, ";;;", "", "\0\0\0", other);
    expect(bad.map(({ line, problems: [first] }) => [line, first?.kind])).toEqual([
      [2, "spoilt"],
      [3, "spoilt"],
      [6, "taxCode"],
    ]);
    expect(residents).toMatchObject([{ line: 7, surname: "Rossi" }]);
  });
});

describe("rows about one person", () => {
  const cells = (code: string, name = "ROSA", comune = "Podenzano") =>
    `${code};BIANCHI;${name};03/05/1949;${comune};;`;

  test("that say the same are taken once", async () => {
    const file = await rows(cells(rosa), cells(rosa), cells(rosa));
    expect(file).toMatchObject({
      residents: [{ line: 2 }],
      bad: [],
      flags: [
        { line: 3, flag: "repeated" },
        { line: 4, flag: "repeated" },
      ],
    });
  });

  test("that share a code are all refused: nobody can tell whose it is", async () => {
    const { residents, bad } = await rows(cells(rosa), cells(`${rosa}|12345678903`, "ROSETTA"));
    expect(residents).toEqual([]);
    expect(bad).toEqual([
      { line: 2, problems: [{ kind: "sameCode", line: 3 }] },
      { line: 3, problems: [{ kind: "sameCode", line: 2 }] },
    ]);
  });

  test("of people with the same names and day are told apart by their codes, and only so", async () => {
    const homonym = withOmocodia(rosa);
    expect((await rows(cells(rosa), cells(homonym))).residents).toHaveLength(2);
    expect(await rows(cells(rosa), cells("", "Rosa", "Vigolzone"))).toMatchObject({
      residents: [{ line: 2 }],
      bad: [{ line: 3, problems: [{ kind: "samePerson", line: 2 }] }],
      flags: [],
    });
  });
});

describe("the file", () => {
  const accented = ROSA.replace("BIANCHI", "NICOLÒ").replace(rosa, "");

  test("is UTF-8 with or without its mark, or Windows-1252", async () => {
    const text = `${HEADER}\n${accented}\n`;
    const utf8 = new TextEncoder().encode(text);
    const latin = Uint8Array.from(text, (character) => character.charCodeAt(0));
    for (const content of [utf8, Uint8Array.from([0xef, 0xbb, 0xbf, ...utf8]), latin]) {
      expect(await readRollFile(content, edition2022)).toMatchObject({ residents: [{ surname: "NICOLÒ" }] });
    }
  });

  test("has `;` or `,` between its cells, columns in any order, by names much like ours", async () => {
    const content = bytes(
      '"Comune di residenza","Data di nascita","COGNOME","Nome","Codice Fiscale","Sesso","E-mail"',
      `"Podenzano","03/05/1949","D'ANGELO","ROSA","${rosa}","F","rosa@example.org"`,
    );
    expect(await readRollFile(content, edition2022)).toMatchObject({
      ok: true,
      residents: [{ line: 2, surname: "D'ANGELO", comune: "podenzano", email: "rosa@example.org" }],
      ignored: ["Sesso"],
    });
  });

  test("that has no column for it says nothing of a contact", async () => {
    const [columns = "", row = ""] = [HEADER, ROSA].map((line) => line.split(";").slice(0, 5).join(";"));
    const file = await readRollFile(bytes(columns, row), edition2022);
    const [resident] = file.ok ? file.residents : [];
    expect(resident).not.toHaveProperty("email");
    expect(resident).not.toHaveProperty("phone");
    expect((await rows(ROSA.replace("rosa@example.org", ""))).residents[0]?.email).toBeNull();
  });

  test("is refused whole without what is needed, with a column twice, empty, or endless", async () => {
    expect(await refusal(bytes("nome;cognome", "Rosa;Bianchi"))).toEqual({
      kind: "missing",
      columns: ["codice_fiscale", "data_nascita", "comune"],
    });
    expect(await refusal(bytes(`${HEADER};E-Mail`))).toEqual({ kind: "twice", column: "email" });
    expect(await refusal(bytes("", ";;", " "))).toEqual({ kind: "empty" });
    expect(await refusal(new Uint8Array(40_000_000))).toMatchObject({ kind: "tooLarge" });
  });

  test("of any bytes at all is read or refused, and never breaks", () =>
    fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (noise) => {
        const file = await readRollFile(Uint8Array.from([...bytes(HEADER, ""), ...noise]), edition2022);
        expect(file.ok && file.residents).toEqual([]);
      }),
    ));
});
