import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Installation, install } from "../faults/installation.ts";
import { serverUrl } from "../support/database.ts";
import { taxCode } from "../support/tax-code.ts";
import { command } from "./type.ts";

let installation: Installation;
let folder = "";
beforeAll(async () => {
  installation = await install({ server: serverUrl });
  folder = await mkdtemp(join(tmpdir(), "roll-"));
});
afterAll(async () => {
  await installation.remove();
  await rm(folder, { recursive: true });
});

describe("npm run roll", () => {
  test("checks, imports, counts and prints letters that nobody else can read", async () => {
    const env = { ...installation.env, BASE_URL: "https://partecipa.example.org" };
    const roll = (...args: string[]) => command(env, "roll", ...args);
    const csv = join(folder, "residenti.csv");
    const rows = [
      "codice_fiscale;cognome;nome;data_nascita;comune",
      `${taxCode("1949-05-03")};BIANCHI;ROSA;03/05/1949;Podenzano`,
      "x;NERI;UGO;03/05/1949;Podenzano",
    ];
    await writeFile(csv, rows.join("\n"));

    const checked = await roll("check", csv);
    expect(checked).toMatchObject({ code: 1, out: "" });
    expect(checked.errors).toContain("1 rows can be taken, 1 cannot");
    expect(checked.errors).toContain("line 3: the codice fiscale has not the shape of one");
    expect(await roll("import", csv)).toMatchObject({
      code: 1,
      errors: expect.stringContaining("Nothing was written"),
    });
    expect(await roll("import", csv, "--skip-bad")).toMatchObject({
      code: 0,
      out: expect.stringContaining("1 added, 0 corrected"),
    });
    expect((await roll("status")).out).toMatch(/podenzano +1 +0 +0 +1 +0/);

    const pdf = join(folder, "lettere.pdf");
    expect(await roll("letters", "--out", pdf)).toEqual({
      code: 0,
      errors: "",
      out: `Letters: 1, in ${pdf}.\n`,
    });
    expect((await stat(pdf)).mode & 0o777).toBe(0o600);
    expect(await roll("letters", "--out", pdf)).toMatchObject({
      code: 1,
      errors: expect.stringContaining("EEXIST"),
    });
    expect((await stat(pdf)).size).toBeGreaterThan(1000);
    const other = join(folder, "altre.pdf");
    expect((await roll("letters", "--out", other)).out).toContain("Nobody needs a letter.");
    await expect(stat(other)).rejects.toThrow("ENOENT");
  }, 240_000);
});
