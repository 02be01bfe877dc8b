import { type AssistantProcess, startAssistant } from "../support/assistant-process.ts";
import { type Vitals, vitalsOf } from "./vitals.ts";

/** One life of a process that shares the work. */
export interface Life {
  readonly seat: number;
  /** Memory soon after it served, and at the last look. */
  readonly beginMb: number;
  readonly endMb: number;
  readonly mostMb: number;
  readonly cpuS: number;
  readonly seconds: number;
}

/** Places in which a process runs, life after life, on the same port. */
export interface Seats {
  /** Begins a life; resolves when it serves. */
  start(seat: number): Promise<void>;
  /** As a power cut would. */
  kill(seat: number): Promise<void>;
  /** Asks all to end. */
  stop(): Promise<void>;
  readonly lives: readonly Life[];
}

/** Memory is looked at so often; a life's first figure is taken once it has warmed up. */
const LOOK_MS = 1_000;
const WARM_MS = 10_000;

interface Running {
  readonly process: AssistantProcess;
  readonly since: number;
  readonly looking: NodeJS.Timeout;
  readonly seen: Vitals[];
}

/** @param envOf what the process in a seat is told, by the number of its life among all */
export function makeSeats(envOf: (seat: number, life: number) => Readonly<Record<string, string>>): Seats {
  const running = new Map<number, Running>();
  const lives: Life[] = [];
  let begun = 0;

  function end(seat: number): AssistantProcess | undefined {
    const one = running.get(seat);
    if (!one) return undefined;
    running.delete(seat);
    clearInterval(one.looking);
    const memory = one.seen.map(({ rssMb }) => rssMb);
    const warm = Math.min(WARM_MS / LOOK_MS, memory.length - 1);
    lives.push({
      seat,
      beginMb: memory[warm] ?? 0,
      endMb: memory.at(-1) ?? 0,
      mostMb: Math.max(0, ...memory),
      cpuS: one.seen.at(-1)?.cpuS ?? 0,
      seconds: Math.round((Date.now() - one.since) / 1000),
    });
    return one.process;
  }

  return {
    lives,
    async start(seat) {
      const process = startAssistant(envOf(seat, begun++));
      await process.ready();
      const seen: Vitals[] = [];
      const looking = setInterval(async () => {
        const vitals = await vitalsOf(process.pid ?? 0);
        if (vitals) seen.push(vitals);
      }, LOOK_MS);
      running.set(seat, { process, since: Date.now(), looking, seen });
    },
    kill: async (seat) => end(seat)?.kill(),
    async stop() {
      await Promise.all([...running.keys()].map((seat) => end(seat)?.stop()));
    },
  };
}
