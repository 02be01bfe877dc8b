import type { Consents } from "../core/ports.ts";
import type { Signals } from "../core/reminders/signals.ts";
import type { Context } from "./context.ts";
import { lookupAddress } from "./places.ts";

export function createSignals({ database: { prisma }, sealer }: Context, consents: Consents): Signals {
  return {
    async heed(signals) {
      for (const { kind, channel, addresses } of signals) {
        if (kind !== "unblocked") {
          await consents.withdraw(channel, addresses, kind);
          continue;
        }
        const lookups = addresses.map((address) => lookupAddress(sealer, channel, address));
        await prisma.address.updateMany({
          where: { channel, lookup: { in: lookups } },
          data: { unreachableAt: null },
        });
      }
    },
  };
}
