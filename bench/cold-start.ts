import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { createServerDatabase } from "../test/support/database.ts";
import { print } from "./print.ts";

/** Milliseconds from starting the process to the first `/healthz`, first and later, on both databases. */
export async function coldStarts(server: string): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), "start-"));
  const { url, drop } = await createServerDatabase(server);
  const key = () => randomBytes(32).toString("base64");
  const onServer = { DATABASE_URL: url, SECRET_KEYS: `bench:${key()}`, LOOKUP_PEPPER: key() };
  for (const [contender, env] of [
    ["first start, embedded", {}],
    ["later start, embedded", {}],
    ["first start, PostgreSQL", onServer],
    ["later start, PostgreSQL", onServer],
  ] as const) {
    print("turn", contender, { ms: await start({ DATA_DIR: directory, DATABASE_URL: "", ...env }) });
  }
  await drop();
  await rm(directory, { recursive: true, force: true });
}

async function start(env: NodeJS.ProcessEnv): Promise<number> {
  const port = 20_000 + Math.floor(Math.random() * 20_000);
  const began = performance.now();
  const child = spawn("npm", ["start", "--silent"], {
    cwd: join(import.meta.dirname, ".."),
    env: { ...process.env, ...env, PORT: String(port), LOG_LEVEL: "error" },
    stdio: ["ignore", "ignore", "inherit"],
    detached: true,
  });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  try {
    for (;;) {
      const answer = await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => undefined);
      if (answer?.ok) return Math.round(performance.now() - began);
      if (child.exitCode !== null) throw new Error("It did not start.");
      await pause(10);
    }
  } finally {
    if (child.pid) process.kill(-child.pid, "SIGTERM");
    await ended;
  }
}
