import { describe, expect, test } from "vitest";
import { readWhatsApp } from "../../../bots/whatsapp/news.ts";

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

describe("what platforms' own signals say", () => {
  const unsubscribed = { kind: "unsubscribed", channel: "whatsapp" };

  test.each([
    ["131050", 131050, [{ ...unsubscribed, addresses: ["39333", "IT.1"] }]],
    ["131026", 131026, []],
    ["131047", 131047, []],
  ])("a message that failed with %s", (_, code, expected) => {
    const ids = { recipient_id: "39333", recipient_user_id: "IT.1" };
    const failed = status({ ...ids, status: "failed", errors: [{ code }] });
    expect(read({ statuses: [failed] }).signals).toEqual(expected);
    expect(read({ statuses: [status({ ...ids, status: "read", errors: [{ code }] })] }).signals).toEqual([]);
    expect(read({ statuses: [status({ status: "failed", errors: [{ code }] })] }).signals).toEqual([]);
  });

  const stopping = (more: object, contacts: readonly object[] = []) =>
    read({ contacts, user_preferences: [{ category: "marketing_messages", ...more }] }, "user_preferences");

  test.each([
    ["a number", { wa_id: "39333", value: "stop" }, [], ["39333"]],
    ["a user id", { user_id: "IT.1", value: "stop" }, [], ["IT.1"]],
    [
      "a number whose user id stands in the contacts",
      { wa_id: "39333", value: "stop" },
      [{ wa_id: "39333", user_id: "IT.1" }],
      ["39333", "IT.1"],
    ],
  ])("who stops offers by %s wants no more", (_, more, contacts, addresses) => {
    expect(stopping(more, contacts).signals).toEqual([{ ...unsubscribed, addresses }]);
  });

  test.each([
    ["who takes them up again", { wa_id: "39333", value: "resume" }],
    ["another category", { wa_id: "39333", value: "stop", category: "utility_messages" }],
    ["nobody", { value: "stop" }],
  ])("nothing follows from %s", (_, more) => {
    expect(stopping(more).signals).toEqual([]);
  });
});

describe("what becomes of templates", () => {
  const told = (field: string, value: object, time?: number) =>
    readWhatsApp({ entry: [{ ...(time && { time }), changes: [{ field, value }] }] }).templates;
  const named = { message_template_name: "phase_begins", message_template_language: "it" };
  const news = { name: "phase_begins", language: "it", at: AT };

  test.each([
    [
      "APPROVED",
      { reason: "NONE", message_template_category: "UTILITY" },
      "approved",
      { category: "UTILITY" },
    ],
    ["REINSTATED", {}, "approved", {}],
    ["PENDING", {}, "pending", {}],
    ["IN_APPEAL", {}, "pending", {}],
    ["REJECTED", { reason: "INVALID_FORMAT" }, "rejected", { reason: "INVALID_FORMAT" }],
    [
      "PAUSED",
      { reason: "NONE", other_info: { title: "FIRST_PAUSE", description: "Words of Meta's." } },
      "paused",
      { reason: "FIRST_PAUSE" },
    ],
    ["DISABLED", { reason: null }, "disabled", { reason: "DISABLED" }],
    ["PENDING_DELETION", { reason: null }, "disabled", { reason: "PENDING_DELETION" }],
  ])("%s", (event, more, state, rest) => {
    const value = { ...named, event, ...more };
    expect(told("message_template_status_update", value, 1_667_300_000)).toEqual([
      { ...news, state, ...rest },
    ]);
  });

  test.each([
    ["whose event says nothing of sending", { ...named, event: "FLAGGED" }, 1_667_300_000],
    ["without its language", { message_template_name: "phase_begins", event: "APPROVED" }, 1_667_300_000],
    ["whose event is an object's own name", { ...named, event: "constructor" }, 1_667_300_000],
    ["at no time", { ...named, event: "APPROVED" }, undefined],
  ])("nothing is known of a template %s", (_, value, time) => {
    expect(told("message_template_status_update", value, time)).toEqual([]);
  });

  test("a category that has changed, not one that will", () => {
    const changed = { ...named, previous_category: "UTILITY", new_category: "MARKETING" };
    expect(told("template_category_update", changed, 1_667_300_000)).toEqual([
      { ...news, category: "MARKETING" },
    ]);
    const announced = { ...named, correct_category: "MARKETING", new_category: "UTILITY" };
    expect(told("template_category_update", announced, 1_667_300_000)).toEqual([]);
  });
});

test.each([
  [2000, [2000]],
  [-1, ["unlimited"]],
  ["TIER_250", [250]],
  ["TIER_2K", [2000]],
  ["TIER_100K", [100_000]],
  ["TIER_UNLIMITED", ["unlimited"]],
  ["TIER_NOT_SET", []],
  [0, []],
  [null, []],
])("the limit %j", (given, expected) => {
  const value = { max_daily_conversations_per_business: given, max_phone_numbers_per_waba: 25 };
  const changes = [{ field: "business_capability_update", value }];
  const { limits } = readWhatsApp({ entry: [{ time: 1_667_300_000, changes }] });
  expect(limits).toEqual(expected.map((limit) => ({ limit, at: AT })));
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
    expect(Object.values(readWhatsApp(junk)).flat()).toEqual([]);
});
