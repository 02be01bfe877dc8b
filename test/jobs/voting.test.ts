import { afterAll, beforeAll, expect, it } from "vitest";
import { createAssistant } from "../../assistant.ts";
import type { Database } from "../../prisma/client.ts";
import { openTestDatabase } from "../support/database.ts";
import { openTestHouse } from "../support/house.ts";
import { createRecorder } from "../support/recorder.ts";
import { newSecrets } from "../support/stores.ts";
import { until } from "../support/until.ts";
import { castBy, enrol, openBox, tally } from "../support/voting.ts";

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

it("mixes what was cast, publishes the receipts, and tells who voted at a station", async () => {
  const secrets = newSecrets();
  const house = await openTestHouse(database, { seed: "mixing", secrets });
  const edition = house.edition.id;
  await openBox(database, edition);
  const contact = (index: number) => (index === 0 ? { email: "ada@example.org" } : {});
  const [first = "", ...others] = await enrol(database, secrets, 20, (n) => ({ edition, ...contact(n) }));
  await castBy(house.stores, first, undefined, "station");
  await Promise.all(others.map((id) => castBy(house.stores, id)));

  const mail = createRecorder("mail");
  const assistant = createAssistant(house, () => [mail]);
  assistant.start();
  const { text } = await mail.next("ada@example.org");
  const { urns } = house.stores.voting;
  const board = await until(urns.board, ({ pages }) => pages.length > 0);
  await assistant.stop();
  expect(text).toContain("È registrato che hai votato");
  expect(board.receipts).toHaveLength(20);
  expect(board.pages).toMatchObject([{ number: 1, day: house.clock.today(), receipts: 20 }]);
  expect(await tally(database, edition)).toEqual({ online: 20, paper: 0, spool: 0, urn: 20 });
});
