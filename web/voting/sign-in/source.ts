import { isIPv6 } from "node:net";
import { getConnInfo } from "@hono/node-server/conninfo";
import type { Context as Request } from "hono";

/**
 * Where a request comes from, as far as limits are counted: an address, or the 64 bits of an IPv6
 * address that a household or a server has to itself.
 *
 * Behind a proxy of one's own, which is on a private address, it is the address that the proxy saw:
 * the last one it wrote, as whatever stands before it the client may have made up.
 */
export function sourceOf(c: Request): string {
  const peer = unmapped(peerOf(c));
  const seen = c.req.header("x-forwarded-for")?.split(",").at(-1)?.trim();
  return network(isPrivate(peer) && seen ? unmapped(seen) : peer);
}

/** An IPv4 address as it is, where it is written as an IPv6 one. */
const unmapped = (address: string): string => address.replace(/^::ffff:/i, "");

/** Without a socket, as in a test that calls the pages by themselves, everybody comes from one place. */
function peerOf(c: Request): string {
  return c.env === undefined || !("incoming" in c.env) ? "" : (getConnInfo(c).remote.address ?? "");
}

const isPrivate = (address: string): boolean =>
  /^(?:127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|::1$|f[cd])/i.test(address);

/** An IPv6 address is eight groups, of which `::` leaves out those that are zero. */
function network(address: string): string {
  if (!isIPv6(address)) return address;
  const [before = [], after = []] = address.split("::").map((part) => part.split(":").filter(Boolean));
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => "0");
  const groups = [...before, ...zeros, ...after].slice(0, 4);
  return groups.map((group) => Number.parseInt(group, 16).toString(16)).join(":");
}
