import { once } from "node:events";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { createAdaptorServer } from "@hono/node-server";
import type { Hono } from "hono";

/** Where the process that has the embedded database open listens to the office's commands. */
export const socketIn = (dataDirectory: string): string => join(dataDirectory, "office.sock");

/**
 * Serves the office's work on a socket that only its owner may use. One that a process which died
 * has left is replaced: whoever holds the embedded database is alone in its directory.
 *
 * @returns what stops serving and removes the socket
 * @throws what the system says, as where the path is longer than a socket's may be (107 bytes on Linux)
 */
export async function serveOffice(app: Hono, dataDirectory: string): Promise<() => Promise<void>> {
  const path = socketIn(dataDirectory);
  await rm(path, { force: true });
  const server = createAdaptorServer({ fetch: app.fetch });
  // The socket is made by `listen` itself, so that nobody else may ever have opened it.
  const before = process.umask(0o177);
  server.listen(path);
  process.umask(before);
  await once(server, "listening");
  return async () => {
    const closed = once(server, "close");
    server.close();
    if ("closeIdleConnections" in server) server.closeIdleConnections();
    await closed;
  };
}
