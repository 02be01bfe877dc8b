import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";

/** The real program, in a process of its own. */
export interface AssistantProcess {
  readonly url: string;
  readonly pid: number | undefined;
  /** What it wrote so far: its log, line by line, and what it says to whoever starts it. */
  readonly output: readonly string[];
  /** What it wrote on its standard error so far. */
  errors(): string;
  /** Resolves once it serves; rejects where it ends before. */
  ready(): Promise<void>;
  /** Ends it as a power cut would; resolves when it is gone. */
  kill(): Promise<void>;
  /** Asks it to end; resolves when it has, rejects where it did so with an error. */
  stop(): Promise<void>;
  /** Resolves with its exit code when it ends by itself. */
  readonly ended: Promise<number | null>;
}

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/**
 * Starts `main.ts` with these variables and none of ours. Without the `tsx` command in between: that
 * one would be killed, and its child live on.
 */
export function startAssistant(env: Readonly<Record<string, string>>): AssistantProcess {
  const child = spawn(process.execPath, ["--import", "tsx", "main.ts"], {
    cwd: ROOT,
    env: { PATH: process.env["PATH"], HOME: process.env["HOME"], HOST: "127.0.0.1", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output: string[] = [];
  let rest = "";
  let errors = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    output.push(...lines);
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    errors += text;
  });
  const ended = once(child, "close").then(() => child.exitCode);
  const serving = () => output.some((line) => line.startsWith("Phone simulator:"));
  return {
    url: `http://127.0.0.1:${env["PORT"] ?? 3000}`,
    pid: child.pid,
    output,
    errors: () => errors,
    ended,
    async ready() {
      let over = false;
      void ended.then(() => {
        over = true;
      });
      while (!serving()) {
        if (over) throw new Error(`It ended with ${child.exitCode}: ${errors}${output.join("\n")}`);
        await Promise.race([once(child.stdout, "data"), ended]);
      }
    },
    async kill() {
      child.kill("SIGKILL");
      await ended;
    },
    async stop() {
      child.kill("SIGTERM");
      const code = await ended;
      if (code !== 0) throw new Error(`It ended with ${code}: ${errors}`);
    },
  };
}

/** A port that is free now, to be the same through several lives of a process. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("There is no free port.");
  return address.port;
}
