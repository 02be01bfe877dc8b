import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { gatewayPost } from "../../../bots/sms/gateway.ts";
import { createSms } from "../../../bots/sms/index.ts";
import { mailboxPost } from "../../../bots/sms/mailbox.ts";
import { FakeSmsGateway, type SmsFault } from "../../fakes/sms.ts";

let gateway: FakeSmsGateway;
beforeEach(async () => {
  gateway = await new FakeSmsGateway().listen();
});
afterEach(() => gateway.close());

const sms = ({ token = gateway.token, url = gateway.url } = {}) =>
  createSms(gatewayPost({ url, token, timeoutMs: 300 }));
const HELD = "+393331234567";

describe("By SMS", () => {
  test("a message arrives as it was written, with its link under it", async () => {
    const channel = sms();
    const link = { url: "https://example.org/x", label: "Apri" };
    for (const payload of channel.render({ text: "Il codice è 1234 5678.", choices: [], link }))
      expect(await channel.send(HELD, payload)).toMatchObject({ kind: "sent" });
    expect(gateway.sent).toEqual([{ to: HELD, text: "Il codice è 1234 5678.\nhttps://example.org/x" }]);
  });

  test.each<[string, SmsFault, object]>([
    [
      "too many, with a time",
      { status: 429, headers: { "retry-after": "7" } },
      { kind: "later", afterMs: 7000 },
    ],
    ["too many, without one", { status: 429 }, { kind: "later", everyone: true }],
    ["a gateway in trouble", { status: 503 }, { kind: "later" }],
    ["a gateway that gave up waiting", { status: 408 }, { kind: "later" }],
    ["a refused message", { status: 422 }, { kind: "refused" }],
    [
      "a redirect, which would carry the token away",
      { status: 307, headers: { location: "/" } },
      { kind: "uncertain" },
    ],
    ["silence", "silence", { kind: "uncertain" }],
    ["a line cut after the message", "cut", { kind: "uncertain" }],
  ])("%s: the outcome is right, and nothing was taken", async (_, fault, outcome) => {
    gateway.faults.push(fault);
    expect(await sms().send(HELD, "Ciao")).toMatchObject(outcome);
    expect(gateway.sent).toEqual([]);
  });

  test("a long message goes in parts that the gateway takes", async () => {
    const channel = sms();
    const text = "Una frase che si ripete. ".repeat(200).trim();
    for (const payload of channel.render({ text, choices: [] })) await channel.send(HELD, payload);
    expect(gateway.sent.map((one) => one.text).join(" ")).toBe(text);
  });

  test("a token that is not taken halts the channel, and says what to mend", async () => {
    const outcome = await sms({ token: "old" }).send(HELD, "Ciao");
    expect(outcome).toMatchObject({ kind: "halted", remedy: expect.stringContaining("SMS_GATEWAY_TOKEN") });
  });

  test("a gateway that is away is tried later", async () => {
    const { url } = gateway;
    await gateway.close();
    expect(await sms({ url }).send(HELD, "Ciao")).toMatchObject({ kind: "later" });
    await gateway.listen();
  });

  test("an address that is no number is refused, and the reason does not quote it", async () => {
    const outcome = await sms().send("rosa@example.org", "Ciao");
    expect(outcome).toEqual({ kind: "refused", reason: "400" });
  });
});

test("in the demo an SMS goes to the mailbox", async () => {
  const kept: unknown[] = [];
  const channel = createSms(mailboxPost({ deliver: async (mail) => void kept.push(mail) }));
  expect(await channel.send(HELD, "Ciao")).toMatchObject({ kind: "sent" });
  expect(kept).toEqual([{ to: HELD, subject: "SMS", text: "Ciao" }]);
});
