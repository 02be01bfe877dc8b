import { stat } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Installation, install } from "../faults/installation.ts";
import { command, workBeside } from "./office-at-work.ts";

describe("The office's commands on the embedded database", () => {
  let installation: Installation;
  beforeAll(async () => {
    installation = await install({});
  });
  afterAll(() => installation.remove());

  test(
    "work beside the running process, by its socket, and by themselves",
    () => workBeside(installation),
    120_000,
  );

  test("leave a process that died behind, and a socket that only its owner opens", async () => {
    const socket = join(installation.env["DATA_DIR"] ?? "", "office.sock");
    const first = installation.start("polling");
    await first.ready();
    expect((await stat(socket)).mode & 0o777).toBe(0o600);
    await first.kill();
    expect((await stat(socket)).isSocket()).toBe(true);
    expect(await command(installation.env, "tickets", "list")).toMatchObject({ code: 0 });
    const second = installation.start("polling");
    await second.ready();
    expect(await command(installation.env, "tickets", "list")).toMatchObject({ code: 0 });
    await second.stop();
    await expect(stat(socket)).rejects.toThrow("ENOENT");
  }, 120_000);

  test.each([
    ["tickets", ["--help"], 0],
    ["proposals", ["--help"], 0],
    ["station", ["open", "biblioteca", "--staff", "Anna Neri"], 2],
    ["station", ["tally", "biblioteca", "--day", "2026-10-03", "--by", "Anna Neri", "--ballots", "due"], 2],
    ["misses", ["label", "0badcafe", "no_such_intent"], 2],
    ["tickets", ["answer", "12345"], 2],
    ["tickets", ["answer", "uno", "due"], 2],
    ["tickets", ["list", "--everything"], 2],
    ["proposals", ["refuse", "ABCDEF"], 2],
    ["proposals", ["admit"], 2],
    ["roll", ["import"], 2],
    ["city-users", ["refuse", "12345"], 2],
    ["proposals", ["admit", "ABCDEF", "--cost", "12,50"], 2],
    ["proposals", ["describe", "ABCDEF"], 2],
  ])("%s %j tells how it is used", async (name, args, code) => {
    const said = await command(installation.env, name, ...args);
    expect(said.code).toBe(code);
    expect(code === 0 ? said.out : said.errors).toContain(`npm run ${name} -- `);
  });
});
