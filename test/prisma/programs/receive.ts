/** Stores messages one after another until it is killed, and writes a line for each that is stored. */
import { openDatabase } from "../../../prisma/client.ts";
import { savedOrNewSecrets } from "../../../prisma/secrets.ts";
import { openStores } from "../../../prisma/stores.ts";
import { arrival } from "../../support/stores.ts";

const [dataDirectory = "", address = ""] = process.argv.slice(2);
const database = await openDatabase({ dataDirectory });
const stores = await openStores(database, {
  secrets: await savedOrNewSecrets(dataDirectory),
  edition: "test",
  report: console.error,
});
for (let index = 0; ; index += 1) {
  await stores.inbox.receive([arrival(address, String(index))]);
  console.log(index);
}
