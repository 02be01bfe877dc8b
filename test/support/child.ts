import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** A program of the tests in a process of its own. */
export interface Child {
  readonly process: ChildProcess;
  /** What it wrote on its standard output so far. */
  readonly lines: readonly string[];
  /** Resolves once it has written so many lines; rejects where it ends before. */
  wrote(count: number): Promise<void>;
  /** Kills it as a power cut would, and resolves when it is gone. */
  kill(): Promise<void>;
  /** Closes its input, which asks it to finish, and resolves when it has. */
  finish(): Promise<void>;
}

export function startChild(program: URL, ...args: readonly string[]): Child {
  const child = spawn(process.execPath, ["--import", "tsx", fileURLToPath(program), ...args], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines: string[] = [];
  const output = createInterface(child.stdout);
  output.on("line", (line) => lines.push(line));
  const gone = once(child, "close");
  return {
    process: child,
    lines,
    async wrote(count) {
      const ended = gone.then(() => Promise.reject(new Error(`It ended after ${lines.length} lines.`)));
      ended.catch(() => undefined); // it also ends when all is well
      while (lines.length < count) await Promise.race([once(output, "line"), ended]);
    },
    async kill() {
      child.kill("SIGKILL");
      await gone;
    },
    async finish() {
      child.stdin.end();
      await gone;
      if (child.exitCode !== 0) throw new Error(`It ended with ${child.exitCode}.`);
    },
  };
}
