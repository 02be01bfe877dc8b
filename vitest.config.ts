import { defineConfig } from "vitest/config";
import { ClosingLine } from "./test/support/closing-line.ts";

const server = process.env["DATABASE_URL"] || "postgresql://postgres@127.0.0.1:5432/test";
const inBrowser = "test/browser/**/*.test.ts";
const onServerAlone = "test/**/*.postgres.test.ts";
const onNoServer = ["test/prisma/embedded.test.ts", "test/prisma/seal.test.ts"];

export default defineConfig({
  test: {
    reporters: ["default", new ClosingLine()],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Each worker may hold an embedded database, at some 350 MB; one of them often waits for a process that it killed.
    maxWorkers: 3,
    // People in a chat wait most of the time.
    maxConcurrency: 20,
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["test/**/*.test.ts"],
          exclude: [inBrowser, onServerAlone],
          // Loading every library again for every file took a third of the time.
          isolate: false,
          // On the embedded database, whatever the machine offers.
          env: { DATABASE_URL: "" },
        },
      },
      {
        extends: true,
        test: {
          name: "postgres",
          include: ["test/prisma/**/*.test.ts", onServerAlone],
          exclude: onNoServer,
          env: { DATABASE_URL: server },
        },
      },
      {
        extends: true,
        test: {
          name: "faults",
          include: ["test/faults/**/*.test.ts"],
          env: { DATABASE_URL: server, KILLS: "50", PEOPLE: "200" },
          testTimeout: 900_000,
        },
      },
      { extends: true, test: { name: "browser", include: [inBrowser], env: { DATABASE_URL: "" } } },
    ],
  },
});
