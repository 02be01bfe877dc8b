/**
 * Types commands one after the other in this process, which loads what they share once, and tells what came of
 * each: a line of JSON.
 */
import { z } from "zod";

const typed = z.array(z.tuple([z.string()], z.string())).parse(JSON.parse(process.argv[2] ?? ""));
const [node = "", program = ""] = process.argv;
const { log } = console;

for (const [at, [name, ...args]] of typed.entries()) {
  const out: unknown[] = [];
  const errors: unknown[] = [];
  console.log = (said) => out.push(said);
  console.error = (said) => errors.push(said);
  process.argv = [node, program, ...args];
  process.exitCode = 0;
  await import(`../../../commands/${name}.ts?typed=${at}`);
  log(JSON.stringify({ code: process.exitCode, out: out.join("\n"), errors: errors.join("\n") }));
}
process.exitCode = 0;
