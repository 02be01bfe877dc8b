import { type ParseArgsConfig, parseArgs } from "node:util";

/** Why something was not done, in words for whoever typed the command; it ends with 1. */
export class Refusal extends Error {
  override readonly name = "Refusal";
}

/** The command was not written as its help says; it ends with 2. */
export class Misuse extends Error {
  override readonly name = "Misuse";
}

export type Options = NonNullable<ParseArgsConfig["options"]>;
export type Parsed<O extends Options> = ReturnType<
  typeof parseArgs<{ args: string[]; options: O; allowPositionals: true }>
>;

export interface Command<O extends Options> {
  readonly usage: string;
  readonly options: O;
  /**
   * @returns what is to be printed, if anything
   * @throws {Misuse}
   * @throws {Refusal}
   */
  run(words: readonly string[], options: Parsed<O>["values"]): Promise<string>;
}

/** Runs what was typed: 0 done, 1 not done and why, 2 not understood. */
export async function runCommand<O extends Options>({ usage, options, run }: Command<O>): Promise<void> {
  const args = process.argv.slice(2);
  if (args.length === 0 || args.includes("--help") || args.includes("-h")) {
    console.log(usage);
    return;
  }
  try {
    const { positionals, values } = parse(args, options);
    const done = await run(positionals, values);
    if (done !== "") console.log(done);
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    if (error instanceof Misuse) console.error(usage);
    process.exitCode = error instanceof Misuse ? 2 : 1;
  }
}

function parse<O extends Options>(args: string[], options: O): Parsed<O> {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw new Misuse(error instanceof Error ? error.message : String(error));
  }
}
