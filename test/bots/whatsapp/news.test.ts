import { describe, expect, test } from "vitest";
import { readWhatsApp } from "../../../bots/whatsapp/parse.ts";

const read = (value: object, field = "messages") =>
  readWhatsApp({ entry: [{ changes: [{ field, value }] }] });
const AT = new Date("2022-11-01T10:53:20Z");
const status = (more: object) => ({ id: "wamid.9", timestamp: "1667300000", ...more });
const words = { id: "wamid.1", timestamp: "1667300000", type: "text", text: { body: "Ciao" } };

describe("who writes", () => {
  test.each([
    ["a number alone", { from: "39333" }, {}, { address: "39333" }],
    [
      "a number and a user id",
      { from: "39333", from_user_id: "IT.1" },
      {},
      { address: "39333", aliases: ["IT.1"] },
    ],
    ["a user id alone", { from_user_id: "IT.1" }, {}, { address: "IT.1", aliases: ["IT.1"] }],
    [
      "a number whose user id stands in the contacts",
      { from: "39333" },
      {
        contacts: [
          { wa_id: "39444", user_id: "IT.2" },
          { wa_id: "39333", user_id: "IT.1" },
        ],
      },
      { address: "39333", aliases: ["IT.1"] },
    ],
  ])("%s", (_, ids, value, expected) => {
    const [arrival] = read({ ...value, messages: [{ ...words, ...ids }] }).arrivals;
    expect(arrival).toEqual({
      channel: "whatsapp",
      id: "wamid.1",
      order: 1_667_300_000,
      incoming: { kind: "text", text: "Ciao" },
      ...expected,
    });
  });
});

describe("what became of a message", () => {
  const head = { channel: "whatsapp", platformId: "wamid.9", at: AT };

  test.each([
    [{ status: "sent" }, [{ ...head, as: "sent" }]],
    [{ status: "delivered" }, [{ ...head, as: "delivered" }]],
    [{ status: "read" }, [{ ...head, as: "read" }]],
    [{ status: "played" }, [{ ...head, as: "read" }]],
    [
      { status: "failed", errors: [{ code: 131026, title: "Message undeliverable" }] },
      [{ ...head, as: "failed", reason: "131026", unreachable: true }],
    ],
    [{ status: "failed", errors: [{ code: 131047 }] }, [{ ...head, as: "failed", reason: "131047" }]],
    [{ status: "failed", errors: "none" }, [{ ...head, as: "failed", reason: "no code" }]],
    [{ status: "warmed up" }, []],
    [{ status: { toString: "sent" } }, []],
  ])("%j", (more, expected) => {
    expect(read({ statuses: [status(more)] }).reports).toEqual(expected);
  });
});

describe("whose ids have changed", () => {
  const system = (more: object, head: object = { from: "39333" }) =>
    read({ messages: [{ ...head, id: "wamid.1", timestamp: "1", type: "system", system: more }] });

  test.each([
    ["as before user ids", { type: "user_changed_number", wa_id: "39444" }, ["39333"], "39444", undefined],
    [
      "with the old user id by itself",
      { type: "user_changed_user_id", wa_id: "39444", user_id: "IT.2", previous_user_id: "IT.1" },
      ["39333", "IT.1"],
      "39444",
      ["IT.2"],
    ],
    [
      "with the old user id in words alone",
      { type: "user_changed_user_id", user_id: "IT.2", body: "User Ada changed from IT.1 to IT.2" },
      ["39333", "IT.1"],
      "IT.2",
      ["IT.2"],
    ],
  ])("a changed number, %s", (_, more, from, address, aliases) => {
    const { arrivals, moved } = system(more);
    expect(arrivals).toEqual([]);
    expect(moved).toEqual([{ channel: "whatsapp", from, address, ...(aliases && { aliases }) }]);
  });

  test("a user id that was replaced", () => {
    const value = {
      user_id_update: [null, { wa_id: "39333", user_id: { previous: "IT.1", current: "IT.2" } }],
    };
    expect(read(value, "user_id_update").moved).toEqual([
      { channel: "whatsapp", from: ["IT.1"], address: "39333", aliases: ["IT.2"] },
    ]);
  });

  test.each([
    ["without anything new", { type: "user_changed_number" }],
    ["to the same number", { type: "user_changed_number", wa_id: "39333" }],
    ["of another kind", { type: "customer_identity_changed", wa_id: "39444" }],
  ])("nothing moves for a note %s", (_, more) => {
    expect(system(more).moved).toEqual([]);
  });
});

test("whatever stands in a body, reading it does not throw", () => {
  for (const junk of [
    undefined,
    null,
    5,
    "",
    [],
    [[]],
    { entry: {} },
    { entry: [{ changes: [{ field: "messages" }] }] },
  ])
    expect(readWhatsApp(junk)).toEqual({ arrivals: [], reports: [], moved: [], errors: [] });
});
