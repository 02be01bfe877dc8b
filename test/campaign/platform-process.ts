import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { told, type Wish } from "./played.ts";
import type { Figures, Order } from "./stage.ts";

const PROGRAM = fileURLToPath(new URL("./programs/platform.ts", import.meta.url));

/** A platform that is played in a process of its own. */
export interface PlatformProcess {
  /** What the assistant is told of it. */
  readonly env: Readonly<Record<string, string>>;
  begin(): void;
  report(): Promise<Figures>;
  close(): Promise<void>;
}

/** Starts one, and resolves when it can be called. */
export async function startPlatform(order: Order): Promise<PlatformProcess> {
  const child = spawn(process.execPath, ["--import", "tsx", PROGRAM, JSON.stringify(order)], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const gone = once(child, "exit");
  const hear = async () => {
    const ended = gone.then(() => Promise.reject(new Error(`The fake ${order.platform} ended.`)));
    ended.catch(() => undefined); // it also ends when all is well
    const [message]: unknown[] = await Promise.race([once(child, "message"), ended]);
    return told.parse(message);
  };
  const ask = (wish: Wish) => child.send(wish);
  const first = await hear();
  if (!("env" in first)) throw new Error("A platform tells first how it is reached.");
  return {
    env: first.env,
    begin: () => ask("begin"),
    async report() {
      const heard = hear();
      ask("report");
      const answer = await heard;
      if (!("figures" in answer)) throw new Error("A platform was asked for its figures.");
      return answer.figures;
    },
    async close() {
      child.disconnect();
      await gone;
    },
  };
}
