import type { Recording } from "../../core/engine/message.ts";
import type { Fetched } from "../channel.ts";

/** Sounds of all phones that are kept at once: each is listened to a moment after it came. */
const MOST = 8;

/**
 * The voice notes of the simulated phones, until they are listened to. They are in memory alone, and the
 * latest few: after a restart there are none, as if a platform had lost them.
 */
export function createSounds() {
  const kept = new Map<string, Uint8Array>();
  return {
    keep(file: string, bytes: Uint8Array): void {
      kept.set(file, bytes);
      for (const oldest of kept.keys()) if (kept.size > MOST) kept.delete(oldest);
    },
    async fetch({ file }: Recording): Promise<Fetched> {
      const bytes = kept.get(file);
      return bytes ? { kind: "fetched", bytes } : { kind: "failed", reason: "not kept" };
    },
  };
}
