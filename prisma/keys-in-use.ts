import { z } from "zod";
import type { Database } from "./client.ts";
import { StoreRefusal } from "./refusal.ts";
import type { Place, Sealer } from "./seal.ts";
import type { Secrets } from "./secrets.ts";
import { createSettings } from "./settings-store.ts";

const hex = z.string().regex(/^[0-9a-f]+$/);
const samplesOf = z.record(z.string(), hex);
const SAMPLE = "sample";
const place = (keyId: string): Place => ({ table: "Setting", column: "value", row: keyId });

/**
 * Refuses to start with other secrets than those under which this database was written: with
 * another pepper nobody would be recognised, and without an older key what it sealed is lost.
 * Each key that ever sealed here has left a sample, and so has the pepper.
 *
 * @throws {StoreRefusal} naming the variable and the remedy
 */
export async function checkKeysInUse(database: Database, sealer: Sealer, secrets: Secrets): Promise<void> {
  const settings = createSettings(database);
  const digest = Buffer.from(sealer.lookup(SAMPLE)).toString("hex");
  if ((await settings.getOrSet("secrets.pepper", hex, digest)) !== digest) {
    throw new StoreRefusal(
      "LOOKUP_PEPPER is not the one with which this database was begun: put that one back.",
    );
  }
  const sample = Buffer.from(sealer.seal(place(secrets.currentKey), SAMPLE)).toString("hex");
  const samples = await settings.getOrSet("secrets.keys", samplesOf, { [secrets.currentKey]: sample });
  for (const [keyId, sealed] of Object.entries(samples)) {
    if (!secrets.keys.has(keyId)) {
      throw new StoreRefusal(
        `SECRET_KEYS lacks the key "${keyId}", which this database needs: add it after a comma.`,
      );
    }
    try {
      sealer.open(place(keyId), Buffer.from(sealed, "hex"), z.literal(SAMPLE));
    } catch (cause) {
      throw new StoreRefusal(
        `SECRET_KEYS has another key under the id "${keyId}": put the former one back.`,
        {
          cause,
        },
      );
    }
  }
  if (samples[secrets.currentKey] === undefined) {
    await settings.set("secrets.keys", { ...samples, [secrets.currentKey]: sample });
  }
}
