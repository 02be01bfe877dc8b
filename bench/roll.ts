import { readRollFile } from "../core/voting/roll-file.ts";
import type { Resident } from "../core/voting/roll-keeping.ts";
import { type Database, openDatabase } from "../prisma/client.ts";
import { openStores } from "../prisma/stores.ts";
import { createServerDatabase, openTestDatabase } from "../test/support/database.ts";
import { newSecrets } from "../test/support/stores.ts";
import { demo } from "../test/support/talk.ts";
import { taxCodes } from "../test/support/tax-code.ts";
import { print } from "./print.ts";

const SERVER = process.env["DATABASE_URL"] || "postgresql://postgres@127.0.0.1:5432/test";
const PEOPLE = 25_000;

/**
 * The file of a Union's registry office: read, laid over an empty roll, laid over it again, laid over it
 * with every e-mail changed; then a letter for everybody else. On both databases.
 */
export async function rollBench(): Promise<void> {
  const file = await timed("reading the file", () => residents("example.org"));
  const changed = await residents("example.com");
  const { url, drop } = await createServerDatabase(SERVER);
  const server = await openDatabase({ url, dataDirectory: "" });
  await measure("PostgreSQL", server, file, changed);
  await server.close();
  await drop();
  const embedded = await openTestDatabase();
  await measure("embedded", embedded, file, changed);
  await embedded.close();
}

/** Half of whom have an e-mail address. */
async function residents(domain: string): Promise<readonly Resident[]> {
  const rows = taxCodes(PEOPLE, "1970-01-01").map((code, index) => {
    const email = index % 2 === 0 ? `p${index}@${domain}` : "";
    return `${code};ROSSI;MARIO;01/01/1970;Podenzano;${email};${index % 2 === 0 ? "347 123 4567" : ""}`;
  });
  const header = "codice_fiscale;cognome;nome;data_nascita;comune;email;cellulare";
  const file = await readRollFile(new TextEncoder().encode([header, ...rows].join("\n")), demo);
  if (!file.ok || file.bad.length > 0) throw new Error("The bench's own file has mistakes.");
  return file.residents;
}

async function measure(
  name: string,
  database: Database,
  file: readonly Resident[],
  changed: readonly Resident[],
): Promise<void> {
  const report = ({ error }: { readonly error: Error }) => {
    throw error;
  };
  const { desk } = await openStores(database, { secrets: newSecrets(), edition: "bench", report });
  const lay = (rows: readonly Resident[]) =>
    desk.roll.bringUpToDate(rows, { removeAbsent: false, dry: false });
  const draw = (alphabet: string, length: number) => alphabet.slice(0, length);
  await timed(`first time, ${name}`, () => lay(file));
  await timed(`again, ${name}`, () => lay(file));
  await timed(`half corrected, ${name}`, () => lay(changed));
  await timed(`letters, ${name}`, () => desk.roll.drawLetters({ comune: undefined, again: false }, draw));
}

async function timed<T>(contender: string, run: () => Promise<T>): Promise<T> {
  const from = performance.now();
  const result = await run();
  const seconds = Math.round(performance.now() - from) / 1000;
  const memoryMb = Math.round(process.memoryUsage().rss / 1_000_000);
  print("roll", contender, { people: PEOPLE, seconds, memoryMb });
  return result;
}
