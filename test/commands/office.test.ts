import { stat } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Installation, install } from "../faults/installation.ts";
import { workBeside } from "./office-at-work.ts";
import { commands } from "./type.ts";

describe("The office's commands on the embedded database", () => {
  let installation: Installation;
  beforeAll(async () => {
    installation = await install({});
  });
  afterAll(() => installation.remove());

  test("work beside the running process, by its socket, and by themselves", async () => {
    const socket = join(installation.env["DATA_DIR"] ?? "", "office.sock");
    await workBeside(installation, async () => {
      const left = await stat(socket);
      expect([left.isSocket(), left.mode & 0o777]).toEqual([true, 0o600]);
    });
    await expect(stat(socket)).rejects.toThrow("ENOENT");
  }, 120_000);
});

const WRONGLY_TYPED = [
  ["station", "open", "biblioteca", "--staff", "Anna Neri"],
  ["station", "tally", "biblioteca", "--day", "2026-10-03", "--by", "Anna Neri", "--ballots", "due"],
  ["misses", "label", "0badcafe", "no_such_intent"],
  ["questionnaires", "results"],
  ["tickets", "answer", "12345"],
  ["tickets", "answer", "uno", "due"],
  ["tickets", "list", "--everything"],
  ["proposals", "refuse", "ABCDEF"],
  ["proposals", "admit"],
  ["roll", "import"],
  ["city-users", "refuse", "12345"],
  ["proposals", "admit", "ABCDEF", "--cost", "12,50"],
  ["proposals", "describe", "ABCDEF"],
  ["campaign", "send", "serata"],
  ["campaign", "preview"],
  ["campaign", "test", "serata"],
  ["facilitator", "invite"],
  ["facilitator", "stop", "Anna"],
  ["facilitator", "list", "--name", "Anna"],
];
const ASKED = [
  ["tickets", "--help"],
  ["proposals", "--help"],
  ["campaign", "--help"],
];

test("A command that is asked for help, or is not understood, tells how it is used", async () => {
  const typed = [...ASKED, ...WRONGLY_TYPED];
  const told = await commands({}, ...typed);
  expect(
    told.map(({ code, out, errors }) => [code, /npm run \S+ -- /.exec(code === 0 ? out : errors)?.[0]]),
  ).toEqual(typed.map(([name], at) => [at < ASKED.length ? 0 : 2, `npm run ${name} -- `]));
});
