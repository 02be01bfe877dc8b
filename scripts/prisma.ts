/**
 * Runs Prisma's command line with no network.
 *
 * `generate`, `validate` and `format` use only what is in the package, and yet the command first wants to
 * download a native engine; naming any existing file as that engine spares it.
 */
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const WITHOUT_ENGINE = ["generate", "validate", "format"];

function findCli(): string | undefined {
  try {
    return join(dirname(createRequire(import.meta.url).resolve("prisma/package.json")), "build", "index.js");
  } catch {
    return undefined;
  }
}

const args = process.argv.slice(2);
const cli = findCli();
if (cli === undefined) {
  // `npm ci --omit=dev`: a production image brings prisma/generated along from where it was built.
  console.warn("Prisma's command is not installed: prisma/generated stays as it is.");
} else {
  const engine = WITHOUT_ENGINE.includes(args[0] ?? "")
    ? { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath }
    : {};
  const run = spawnSync(process.execPath, [cli, ...args], {
    stdio: ["inherit", args[0] === "generate" ? "ignore" : "inherit", "inherit"],
    env: { CHECKPOINT_DISABLE: "1", PRISMA_HIDE_UPDATE_MESSAGE: "1", ...engine, ...process.env },
  });
  process.exitCode = run.status ?? 1;
}
