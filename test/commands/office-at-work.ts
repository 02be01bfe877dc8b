import { spawn } from "node:child_process";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { expect } from "vitest";
import type { Installation } from "../faults/installation.ts";

/** Types a command of the office, with these variables and none of ours. */
export async function command(env: Readonly<Record<string, string>>, name: string, ...args: string[]) {
  const child = spawn(process.execPath, ["--import", "tsx", `commands/${name}.ts`, ...args], {
    cwd: join(import.meta.dirname, "../.."),
    env: { PATH: process.env["PATH"], HOME: process.env["HOME"], ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  const [out, errors, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { out, errors, code };
}

const SECRET = "Mio cugino Astolfo può firmare per me?";

/**
 * Somebody asks in the chat; the office lists, reads and answers by command beside the process that
 * runs; the answer arrives once, and is there for the next process to send where none runs.
 *
 * @param died called between the two processes, the first of which was killed
 */
export async function workBeside(installation: Installation, died = async () => {}): Promise<void> {
  const { env, telegram } = installation;
  const office = (...args: string[]) => command(env, "tickets", ...args);
  const assistant = installation.start("polling", { LOG_LEVEL: "trace" });
  await assistant.ready();
  const rosa = telegram.person("Rosa");
  const asks = async (question: string) => {
    rosa.says("operatore");
    await rosa.hears();
    rosa.says(question);
    const number = /richiesta numero (\d+)/.exec((await rosa.hears()).text)?.[1];
    return number ?? expect.fail("There is no number.");
  };
  const number = await asks(SECRET);

  const list = await office("list");
  expect(list).toEqual({
    out: expect.stringMatching(new RegExp(`^${number} +open .*Astolfo`)),
    errors: "",
    code: 0,
  });
  expect((await office("show", number)).out).toContain(SECRET);
  const answered = await office("answer", number, "No, firmi tu.");
  expect(answered).toEqual({ out: `${number} answered.\n`, errors: "", code: 0 });
  expect((await rosa.hears()).text).toContain("No, firmi tu.");
  expect(await office("answer", number, "Un'altra")).toMatchObject({
    code: 1,
    errors: expect.stringContaining(`Question ${number} is answered: nothing was done.`),
  });
  expect(await office("show", "11111")).toEqual({
    out: "",
    errors: "There is no question 11111.\n",
    code: 1,
  });
  expect(await command(env, "station", "list")).toMatchObject({ out: "No station was opened.\n", code: 0 });
  expect(await command(env, "misses", "list")).toMatchObject({ out: "No sentence is kept.\n", code: 0 });
  expect(await command(env, "proposals", "list")).toMatchObject({
    out: "There are no proposals.\n",
    code: 0,
  });

  const second = await asks("E domani?");
  await assistant.kill();
  await died();
  expect(await office("answer", second, "Domani sì.")).toMatchObject({ code: 0, errors: "" });
  const next = installation.start("polling", { LOG_LEVEL: "trace" });
  await next.ready();
  let heard = await rosa.hears();
  // What the first one had sent, and died before noting, comes again.
  if (heard.text.includes("richiesta numero")) heard = await rosa.hears();
  expect(heard.text).toContain("Domani sì.");
  expect((await office("list", "--all")).out).toContain(number);
  await next.stop();

  const fromBot = rosa.transcript.filter(({ from }) => from === "bot");
  expect(fromBot.filter(({ text: said }) => said.includes("firmi tu"))).toHaveLength(1);
  const log = [...assistant.output, ...next.output].join("\n");
  for (const word of ["Astolfo", "firmi tu", "Domani"]) expect(log).not.toContain(word);
}
