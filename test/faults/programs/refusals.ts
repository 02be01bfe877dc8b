/**
 * Starts the assistant again and again in this process, which loads it once, each time with other variables
 * that it must refuse; and tells what it said, a line of JSON each. It ends by itself: nothing is left open.
 */
import { z } from "zod";

const variables = z.array(z.record(z.string(), z.string())).parse(JSON.parse(process.argv[2] ?? ""));
const { PATH, HOME } = process.env;
const { write } = process.stderr;

for (const [at, some] of variables.entries()) {
  let said = "";
  process.env = { PATH, HOME, ...some };
  process.exitCode = 0;
  process.stderr.write = (text) => {
    said += text;
    return true;
  };
  await import(`../../../main.ts?start=${at}`);
  process.stderr.write = write;
  console.log(JSON.stringify({ code: process.exitCode, said }));
}
process.exitCode = 0;
