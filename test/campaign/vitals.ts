import { readFile } from "node:fs/promises";

/** What a process uses. */
export interface Vitals {
  /** Of memory, in megabytes. */
  readonly rssMb: number;
  /** Of all processors since it started, in seconds. */
  readonly cpuS: number;
}

/** The kernel counts a process's time in hundredths of a second. */
const TICKS = 100;

/** @returns `undefined` where the process is gone, or the system is not Linux */
export async function vitalsOf(pid: number): Promise<Vitals | undefined> {
  try {
    const [status, stat] = await Promise.all([
      readFile(`/proc/${pid}/status`, "utf8"),
      readFile(`/proc/${pid}/stat`, "utf8"),
    ]);
    const kb = Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0);
    // Behind the name, which may hold anything: the state, ten numbers, then user and system time.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return { rssMb: Math.round(kb / 1024), cpuS: (Number(fields[11]) + Number(fields[12])) / TICKS };
  } catch {
    return undefined;
  }
}
