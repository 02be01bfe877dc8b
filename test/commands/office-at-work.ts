import { expect } from "vitest";
import type { Installation } from "../faults/installation.ts";
import { command, commands } from "./type.ts";

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

  const done = await commands(
    env,
    ["tickets", "list"],
    ["tickets", "show", number],
    ["tickets", "answer", number, "No, firmi tu."],
    ["tickets", "answer", number, "Un'altra"],
    ["tickets", "show", "11111"],
    ["station", "list"],
    ["misses", "list"],
    ["proposals", "list"],
    ["campaign", "list"],
    ["campaign", "preview", "niente"],
    ["facilitator", "invite", "--name", "Anna Neri", "--place", "Biblioteca"],
    ["facilitator", "list"],
    ["facilitator", "sessions"],
    ["facilitator", "stop", "00000000"],
  );
  expect(done).toEqual([
    { out: expect.stringMatching(new RegExp(`^${number} +open .*Astolfo`)), errors: "", code: 0 },
    { out: expect.stringContaining(SECRET), errors: "", code: 0 },
    { out: `${number} answered.`, errors: "", code: 0 },
    {
      out: "",
      errors: expect.stringContaining(`Question ${number} is answered: nothing was done.`),
      code: 1,
    },
    { out: "", errors: "There is no question 11111.", code: 1 },
    { out: "No station was opened.", errors: "", code: 0 },
    { out: "No sentence is kept.", errors: "", code: 0 },
    { out: "There are no proposals.", errors: "", code: 0 },
    { out: expect.stringMatching(/^auto\.\S+ +\S.* – /m), errors: "", code: 0 },
    {
      out: "",
      errors: "There is no campaign niente: npm run campaign -- list shows those that there are.",
      code: 1,
    },
    {
      out: expect.stringMatching(/^[A-Z0-9]{4}-[A-Z0-9]{4}\nHand it to Anna Neri alone/),
      errors: "",
      code: 0,
    },
    {
      out: expect.stringMatching(/invited until .* 0 +0 +0 +0 +Anna Neri, Biblioteca$/),
      errors: "",
      code: 0,
    },
    { out: "No assisted session was held.", errors: "", code: 0 },
    { out: "", errors: "There is no facilitator 00000000.", code: 1 },
  ]);
  expect((await rosa.hears()).text).toContain("No, firmi tu.");

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
