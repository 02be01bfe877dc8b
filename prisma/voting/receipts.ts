import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import { z } from "zod";
import type { Receipt } from "../../core/voting/ports.ts";
import { signReceipt } from "../../core/voting/receipt.ts";
import type { Context } from "../context.ts";
import type { Place } from "../seal.ts";
import { createSettings } from "../settings-store.ts";

const KEY = "voting.receiptKey";
const PLACE: Place = { table: "Setting", column: "value", row: KEY };
const PRIVATE = { format: "der", type: "pkcs8" } as const;
const PUBLIC = { format: "der", type: "spki" } as const;

export interface Receipts {
  sign(id: string): Promise<Receipt>;
  /** SPKI in base64. */
  publicKey(): Promise<string>;
}

/** Signs receipts with a key that is made once, when the first is needed, and kept sealed. */
export function createReceipts({ database, sealer, edition }: Context): Receipts {
  const settings = createSettings(database);
  let opened: Promise<KeyObject> | undefined;

  async function open(): Promise<KeyObject> {
    const made = generateKeyPairSync("ed25519").privateKey.export(PRIVATE).toString("base64");
    const sealed = Buffer.from(sealer.seal(PLACE, made)).toString("base64");
    const kept = await settings.getOrSet(KEY, z.base64(), sealed);
    const key = sealer.open(PLACE, Buffer.from(kept, "base64"), z.base64());
    return createPrivateKey({ key: Buffer.from(key, "base64"), ...PRIVATE });
  }

  /** Opened once; where the database was away, again. */
  function privateKey(): Promise<KeyObject> {
    opened ??= open().catch((error: unknown) => {
      opened = undefined;
      throw error;
    });
    return opened;
  }

  return {
    sign: async (id) => signReceipt(await privateKey(), edition, id),
    publicKey: async () =>
      createPublicKey(await privateKey())
        .export(PUBLIC)
        .toString("base64"),
  };
}
