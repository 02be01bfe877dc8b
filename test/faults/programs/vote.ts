/**
 * Lets people vote, sixteen at a time, from one of them on and round again, and mixes what they cast;
 * until it is killed. Who has no answer asks again, with the same envelope. First it tells what it found,
 * then of each receipt. The last one goes round once, and closes the box.
 */
import { createHash } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { openDatabase } from "../../../prisma/client.ts";
import { readSecrets } from "../../../prisma/secrets.ts";
import { openStores } from "../../../prisma/stores.ts";
import { castBy, TODAY, tally } from "../../support/voting.ts";

const order = z.object({
  url: z.string().optional(),
  dataDirectory: z.string(),
  secretKeys: z.string(),
  pepper: z.string(),
  from: z.number(),
  last: z.boolean(),
});
const { from, last, secretKeys, pepper, ...where } = order.parse(JSON.parse(process.argv[2] ?? ""));

/** Of each person always the same. */
const envelopeOf = (id: string): Uint8Array =>
  Buffer.concat([1, 2, 3, 4, 5, 6].map((part) => createHash("sha512").update(`${id} ${part}`).digest()));

const told = { channels: [], message: { text: "", choices: [] } };
const database = await openDatabase(where);
const stores = await openStores(database, {
  secrets: readSecrets(secretKeys, pepper),
  edition: "test",
  report: ({ error }) => {
    throw error;
  },
});
const { urns } = stores.voting;

/** The server may be away for a while. */
async function persist<T>(ask: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch {
      await pause(20);
    }
  }
}

console.log(JSON.stringify(await tally(database)));
const { rows } = await database.pool.query<{ id: string }>(`SELECT id FROM "Voter" ORDER BY id`);
// Mixing writes the marks of all: it comes as often in a large crowd as in a small one.
const between = Math.ceil(rows.length / 60);
let next = from;
await Promise.all(
  Array.from({ length: 16 }, async () => {
    while (!last || next < rows.length) {
      const nth = next++;
      const { id = "" } = rows[nth % rows.length] ?? {};
      const cast = await persist(() => castBy(stores, id, envelopeOf(id)));
      console.log(`${id} ${cast.kind === "cast" ? cast.receipt.signature : cast.kind}`);
      if (nth % between === 0) await persist(() => urns.mix(told));
      if (nth % (5 * between) === 0)
        await persist(() => urns.publish(`${TODAY.slice(0, 4)}-03-${((nth / between / 5) % 28) + 1}`));
    }
  }),
);
await persist(() => urns.close(TODAY, told));
await database.close();
