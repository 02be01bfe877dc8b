import { test } from "vitest";
import { install } from "../faults/installation.ts";
import { serverUrl } from "../support/database.ts";
import { workBeside } from "./office-at-work.ts";

test("The office's commands work on a server's database beside the process that runs", async () => {
  const installation = await install({ server: serverUrl });
  try {
    await workBeside(installation);
  } finally {
    await installation.remove();
  }
}, 120_000);
