import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

/** Imports by the folder of who makes them, and whether they point the way they may. */
const imports: readonly (readonly [folder: string, from: string, allowed: boolean])[] = [
  ["core/flows", "../../bots/channel.ts", false],
  ["core/flows", "../../prisma/client.ts", false],
  ["core/flows", "../../web/phone/index.ts", false],
  ["core", "../main.ts", false],
  ["core", "../settings.ts", false],
  ["core", "../commands/chat.ts", false],
  ["core", "node:fs", false],
  ["core", "node:fs/promises", false],
  ["core", "hono/tiny", false],
  ["core", "grammy", false],
  ["core", "pg", false],
  ["core", "@prisma/client", false],
  ["core/flows", "../engine/field.ts", true],
  ["core/flows", "./other.ts", true],
  ["core", "zod", true],
  ["core", "node:crypto", true],
  ["bots/telegram", "../../prisma/client.ts", false],
  ["bots/telegram", "../../web/phone/index.ts", false],
  ["bots/telegram", "../../settings.ts", false],
  ["bots/telegram", "../channel.ts", true],
  ["bots/telegram", "../../core/ports.ts", true],
  ["bots/telegram", "grammy", true],
  ["prisma", "../bots/channel.ts", false],
  ["prisma", "../core/ports.ts", true],
  ["prisma", "pg", true],
  ["web/phone", "../../bots/phone/index.ts", false],
  ["web/phone", "../../prisma/client.ts", false],
  ["web/phone", "../../core/words.ts", true],
  ["office", "../prisma/client.ts", false],
  ["office", "../core/desk.ts", true],
  ["identity", "../prisma/client.ts", false],
  ["identity", "../core/voting/identity.ts", true],
  ["web/voting", "../../identity/oidc.ts", false],
  ["guarantors", "../prisma/client.ts", false],
  ["guarantors", "../core/voting/unlock.ts", true],
  ["core/voting", "../../guarantors/make.ts", false],
  ["commands", "../prisma/client.ts", true],
];

/** Every way of importing. */
const ways: readonly ((from: string) => string)[] = [
  (from) => `import { thing } from "${from}";\n\nexport const kept = thing;\n`,
  (from) => `import type { Thing } from "${from}";\n\nexport const kept: Thing[] = [];\n`,
  (from) => `export { thing } from "${from}";\n`,
  (from) => `export const kept = await import("${from}");\n`,
];

describe("Imports point one way: bots to core, prisma to core, web to core, commands to all", () => {
  const house = mkdtempSync(join(tmpdir(), "house-"));
  const fileOf = (folder: string, from: string, way: number) =>
    `${folder}/${from.replace(/\W+/g, "_")}_${way}.ts`;
  let report = "";

  beforeAll(async () => {
    cpSync("biome.jsonc", join(house, "biome.jsonc"));
    for (const [folder, from] of imports) {
      mkdirSync(join(house, folder), { recursive: true });
      for (const [way, write] of ways.entries())
        writeFileSync(join(house, fileOf(folder, from, way)), write(from));
    }
    report = await lint(house);
  });
  afterAll(() => rmSync(house, { recursive: true }));

  test.each(imports)("%s may import %s: %s", (folder, from, allowed) => {
    const refused = ways.map((_, way) => report.includes(`/${fileOf(folder, from, way)},`));
    expect(refused).toEqual(ways.map(() => !allowed));
  });
});

/** What the repository's own rules say of a folder: a line for every import they refuse. */
function lint(folder: string): Promise<string> {
  const biome = resolve("node_modules/@biomejs/biome/bin/biome");
  const args = ["lint", "--vcs-enabled=false", "--only=style/noRestrictedImports", "--reporter=github"];
  return new Promise((done, failed) => {
    const run = execFile(
      process.execPath,
      [biome, ...args, "--max-diagnostics=none", "."],
      { cwd: folder, maxBuffer: 2 ** 24 },
      (_error, stdout, stderr) => (stdout ? done(stdout) : failed(new Error(stderr))),
    );
    run.stdin?.end();
  });
}
