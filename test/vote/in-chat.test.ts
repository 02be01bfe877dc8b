import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createAssistant } from "../../assistant.ts";
import type { Database } from "../../prisma/client.ts";
import { openTestDatabase } from "../support/database.ts";
import { openTestHouse } from "../support/house.ts";
import { createRecorder } from "../support/recorder.ts";

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

/** A chat in the days of the online vote, and a browser that opens the links it is given. */
async function voting(seed: string) {
  const house = await openTestHouse(database, { day: "2027-02-10", seed });
  const chat = createRecorder("chat");
  const assistant = createAssistant(house, () => [chat]);
  const { links, sessions } = house.stores.voting;
  let order = 0;
  assistant.start();
  return {
    ...house,
    chat,
    stop: assistant.stop,
    async says(address: string, text: string) {
      const id = `${seed} ${order}`;
      await assistant.inbox.receive([
        { channel: "chat", address, id, order: order++, incoming: { kind: "text", text } },
      ]);
      return chat.next(address);
    },
    take: (url: string | undefined) => links.take(new URL(url ?? "none:").pathname.split("/").at(-1) ?? ""),
    /** Follows a link up to the digits beside the receipt. */
    async receipt(url: string | undefined): Promise<string> {
      const opened = await this.take(url);
      const token = await sessions.begin(opened?.contactId);
      const { id } = await database.prisma.voter.create({
        data: { edition: house.edition.id, sealed: randomBytes(8), nameKey: randomBytes(8) },
      });
      return (await sessions.voted(await sessions.signIn(token, id, "code"))) ?? "none";
    },
  };
}

/** Time passes for every page that is open. */
const leavePages = () => database.prisma.ballotSession.updateMany({ data: { until: new Date(0) } });

const other = (digits: string) => String((Number(digits) + 1) % 1_000_000).padStart(6, "0");

describe("voting from the chat", () => {
  it("gives a link that works once, and a later one in its place", async () => {
    const { says, take, stop } = await voting("links");
    const first = (await says("Rosa", "voto")).link?.url;
    const second = (await says("Rosa", "voglio votare")).link?.url;
    expect(await take(first)).toBeUndefined();
    expect(await take(second)).toMatchObject({ language: "it" });
    expect(await take(second)).toBeUndefined();
    await stop();
  });

  it("ties a vote to the chat by its digits, then offers a page to whoever shares the phone", async () => {
    const voter = await voting("tie");
    const { says, stop } = voter;
    const digits = await voter.receipt((await says("Rosa", "voto")).link?.url);
    expect((await says("Rosa", `${digits.slice(0, 3)} ${digits.slice(3)}`)).text).toContain("è arrivato");
    const again = await says("Rosa", "voto");
    expect(again.text).toContain("è arrivato un voto");
    expect(again.link).toBeUndefined();
    const second = await says("Rosa", "Un altro voto");
    await says("Rosa", await voter.receipt(second.link?.url));
    expect((await says("Rosa", "voto")).text).toContain("2 voti");
    await stop();
  });

  it("takes digits in their own chat alone, and three times at most", async () => {
    const voter = await voting("tries");
    const { says, stop } = voter;
    const digits = await voter.receipt((await says("Rosa", "voto")).link?.url);
    expect((await says("Piero", digits)).text).toContain("Non ho capito");
    for (const _ of [1, 2, 3]) expect((await says("Rosa", other(digits))).text).toContain("non è giusto");
    expect((await says("Rosa", digits)).text).toContain("Non ho capito");
    await stop();
  });

  it("keeps six digits for the pending question where no page shows any", async () => {
    const { says, stop } = await voting("no page");
    await says("Rosa", "partecipare");
    const asked = await says("Rosa", "x");
    expect((await says("Rosa", "482913")).choices[0]).toEqual(asked.choices[0]);
    await stop();
  });

  it("offers once to go on to who left the page before voting, and not to who has voted", async () => {
    const voter = await voting("unfinished");
    const { says, chat, stores, stop } = voter;
    const { links: _, sessions, unfinished } = stores.voting;
    for (const address of ["Rosa", "Piero", "Ugo"]) {
      const opened = await voter.take((await says(address, "voto")).link?.url);
      await sessions.begin(opened?.contactId);
    }
    await voter.receipt((await says("Piero", "voto")).link?.url);
    const digits = await voter.receipt((await says("Anna", "voto")).link?.url);
    await says("Anna", digits);
    // Who wants no more messages is not written to, either.
    await says("Ugo", "basta messaggi");
    await leavePages();
    const notice = (language: string) => ({ text: language, choices: [] });
    const told = await Promise.all([unfinished.offer(notice), unfinished.offer(notice)]);
    expect(told.toSorted()).toEqual([0, 1]);
    expect(await unfinished.offer(notice)).toBe(0);
    await stop();
    expect(chat.untaken("Anna") + chat.untaken("Ugo")).toBe(0);
  });
});
