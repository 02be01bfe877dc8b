import { spawn } from "node:child_process";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { z } from "zod";

const outcome = z.object({ code: z.number(), out: z.string(), errors: z.string() });
/** What came of a command that was typed. */
export type Typed = z.infer<typeof outcome>;

/** Types a command, with these variables and none of ours. */
export async function command(
  env: Readonly<Record<string, string>>,
  name: string,
  ...args: string[]
): Promise<Typed> {
  const { out, errors, code } = await run(env, `commands/${name}.ts`, args);
  return { out, errors, code: code ?? -1 };
}

/** Types several, one after the other, in one process: most of what each takes is to load what all share. */
export async function commands(
  env: Readonly<Record<string, string>>,
  ...typed: readonly (readonly string[])[]
): Promise<readonly Typed[]> {
  const { out, errors, code } = await run(env, "test/commands/programs/typed.ts", [JSON.stringify(typed)]);
  if (code !== 0) throw new Error(`It ended with ${code}: ${errors}`);
  return out
    .trim()
    .split("\n")
    .map((line) => outcome.parse(JSON.parse(line)));
}

async function run(env: Readonly<Record<string, string>>, program: string, args: readonly string[]) {
  const child = spawn(process.execPath, ["--import", "tsx", program, ...args], {
    cwd: join(import.meta.dirname, "../.."),
    env: { PATH: process.env["PATH"], HOME: process.env["HOME"], ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  const [out, errors, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { out, errors, code };
}
