/**
 * Answers whatever waits in a database that others answer too, until its input ends: each message by
 * one reply that repeats it, and by one more answer in the session's draft.
 */
import { once } from "node:events";
import { setImmediate as breathe } from "node:timers/promises";
import { openDatabase } from "../../../prisma/client.ts";
import { readSecrets } from "../../../prisma/secrets.ts";
import { openStores } from "../../../prisma/stores.ts";
import { answer, newFrame, newSession, reply, textsOf } from "../../support/stores.ts";

const [url = "", secretKeys = "", pepper = ""] = process.argv.slice(2);
const database = await openDatabase({ url, dataDirectory: "" });
const { conversations } = await openStores(database, {
  secrets: readSecrets(secretKeys, pepper),
  edition: "test",
  report: ({ error }) => {
    throw error;
  },
});

let asked = false;
process.stdin.resume();
const ended = once(process.stdin, "end").then(() => {
  asked = true;
});
let [won, lost] = [0, 0];
console.log("ready");
while (!asked) {
  const pending = await conversations.pending(20);
  const answers = pending.map((one) => {
    const heard = one.session?.parked[0]?.answers["heard"];
    const all = [...(Array.isArray(heard) ? heard : []), ...textsOf(one)];
    const session = newSession({ parked: [{ ...newFrame("heard"), answers: { heard: all } }] });
    const sends = one.messages.map(({ address, incoming }) =>
      reply(address, incoming.kind === "text" ? incoming.text : ""),
    );
    return answer(one, { session, sends });
  });
  const saved = await conversations.save(answers);
  won += saved.size;
  lost += answers.length - saved.size;
  await breathe();
}
await ended;
await database.close();
console.log(JSON.stringify({ won, lost }));
