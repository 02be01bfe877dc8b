import { Hono } from "hono";
import { expect, test } from "vitest";
import { sourceOf } from "../../../web/voting/sign-in/source.ts";

/** Where a request seems to come from, that arrives from an address with what a proxy wrote, if any. */
async function source(remoteAddress: string, forwarded?: string): Promise<string> {
  const app = new Hono().get("/", (c) => c.text(sourceOf(c)));
  const headers = forwarded === undefined ? {} : { "x-forwarded-for": forwarded };
  return (await app.request("/", { headers }, { incoming: { socket: { remoteAddress } } })).text();
}

test("is the address that a request comes from, whatever it says of itself", async () => {
  expect(await source("93.184.216.34")).toBe("93.184.216.34");
  expect(await source("93.184.216.34", "1.2.3.4")).toBe("93.184.216.34");
});

test("is the address that one's own proxy saw, whatever stands before it", async () => {
  for (const proxy of [
    "127.0.0.1",
    "10.0.0.7",
    "172.20.1.1",
    "192.168.1.1",
    "::1",
    "::ffff:127.0.0.1",
    "fd00::1",
  ])
    expect(await source(proxy, "6.6.6.6, 93.184.216.34")).toBe("93.184.216.34");
  expect(await source("172.15.0.1", "6.6.6.6")).toBe("172.15.0.1");
  expect(await source("::1", "::ffff:93.184.216.34")).toBe("93.184.216.34");
  expect(await source("127.0.0.1")).toBe("127.0.0.1");
});

test("is the network of a household, where addresses are many", async () => {
  const network = await source("2001:db8:1:2:aaaa:bbbb:cccc:dddd");
  expect(await source("2001:DB8:1:2::1")).toBe(network);
  expect(await source("2001:0db8:0001:0002::1")).toBe(network);
  expect(await source("2001:db8:1:3::1")).not.toBe(network);
  expect(await source("::1", "2001:db8:1:2::9")).toBe(network);
});

test("is one for all where nobody knows", async () => {
  const app = new Hono().get("/", (c) => c.text(`"${sourceOf(c)}"`));
  expect(await (await app.request("/")).text()).toBe('""');
  expect(await source("127.0.0.1", "")).toBe("127.0.0.1");
});
