import { z } from "zod";
import { Misuse, type OfficeClient, type Outcome, Refusal, runOfficeCommand } from "./office.ts";
import { table } from "./terminal.ts";

const usage = `npm run city-users -- list [--all]
npm run city-users -- show NUMBER
npm run city-users -- enable NUMBER [--code CODE] [--homonym]
npm run city-users -- refuse NUMBER --because "TEXT"

Requests of people who live elsewhere to be put on the register of city users.

  list     those that wait for an answer, the oldest first; with --all every one
  show     who asks, what ties them to the territory, and whoever may be the same person
  enable   puts them on the roll; they are told in the chat from which day they may vote, and how.
           --code gives a codice fiscale that you know; who has given none votes at a station.
           --homonym where somebody with the same names and day of birth is on the roll, and is
           another person
  refuse   refuses it; they are told why

Works beside a running process, or by itself: then what is told is sent at the next start.
Ends with 0 when done, with 1 when not and why, with 2 when the command is not understood.`;

const standing = {
  number: z.number(),
  state: z.string(),
  requestedOn: z.string(),
  hasCode: z.boolean(),
};
const summary = z.object({ ...standing, name: z.string().optional() });
const likeness = z.object({
  by: z.enum(["code", "name"]),
  name: z.string(),
  surname: z.string(),
  birth: z.string(),
  comune: z.string().optional(),
});
const file = z.object({
  ...standing,
  name: z.string(),
  surname: z.string(),
  birth: z.string(),
  email: z.string().optional(),
  link: z.string(),
  where: z.string(),
  because: z.string().optional(),
  onRoll: z.array(likeness),
  alike: z.array(likeness.extend({ number: z.number(), state: z.string() })),
});
const enabled = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("done"), told: z.boolean(), from: z.string(), hasCode: z.boolean() }),
  z.object({ kind: z.literal("conflict"), state: z.string() }),
  z.object({ kind: z.literal("birthDisagrees") }),
  z.object({ kind: z.literal("badCode") }),
  z.object({ kind: z.literal("noRegister") }),
  z.object({ kind: z.literal("onRoll"), who: likeness }),
]);

async function list(office: OfficeClient, all: boolean): Promise<string> {
  const requests = (await office.get(`/city-users${all ? "?all=1" : ""}`, z.array(summary))) ?? [];
  if (requests.length === 0) return all ? "There are no requests." : "No request waits for an answer.";
  return table(
    requests.map(({ number, state, requestedOn, hasCode, name }) => [
      String(number),
      state,
      requestedOn,
      hasCode ? "with code" : "no code",
      name ?? "(cannot be read)",
    ]),
  );
}

async function show(office: OfficeClient, number: number): Promise<string> {
  const found = await office.get(`/city-users/${number}`, file);
  if (!found) throw unknown(number);
  return [
    `${number} ${found.state}, asked on ${found.requestedOn}`,
    `${found.surname} ${found.name}, born on ${found.birth}, ${found.email ?? "no e-mail"}`,
    `${found.link}: ${found.where}`,
    `codice fiscale: ${found.hasCode ? "given" : "not given"}`,
    ...(found.because ? [`refused because: ${found.because}`] : []),
    ...found.onRoll.map((who) => `on the roll already, with the same ${same(who)}: ${described(who)}`),
    ...found.alike.map((who) => `request ${who.number} (${who.state}) has the same ${same(who)}`),
  ].join("\n");
}

type Likeness = z.infer<typeof likeness>;
const same = ({ by }: Likeness): string => (by === "code" ? "codice fiscale" : "names and day of birth");
const described = ({ surname, name, birth, comune }: Likeness): string =>
  `${surname} ${name}, ${birth}, ${comune ?? "city user"}`;

async function enable(office: OfficeClient, number: number, body: object): Promise<string> {
  const done = await office.call(`/city-users/${number}/enable`, body, enabled);
  if (done === undefined) throw unknown(number);
  switch (done.kind) {
    case "done": {
      const how = done.hasCode ? "" : " At a station, by document: there is no codice fiscale.";
      return `${number} enabled from ${done.from}.${how}${done.told ? "" : noChat}`;
    }
    case "conflict":
      throw new Refusal(`Request ${number} is ${done.state}: nothing was done.`);
    case "birthDisagrees":
      throw new Refusal("The codice fiscale is of somebody born another day than the request says.");
    case "badCode":
      throw new Refusal("That is no codice fiscale.");
    case "noRegister":
      throw new Refusal("This edition has no register of city users.");
    case "onRoll": {
      const more = done.who.by === "name" ? " If it is another person: --homonym" : "";
      const who = `${described(done.who)}: the same ${same(done.who)}`;
      throw new Refusal(`On the roll already: ${who}. Nothing was done.${more}`);
    }
  }
}

function refused(number: number, done: Outcome): string {
  if (done.kind === "unknown") throw unknown(number);
  if (done.kind === "conflict") throw new Refusal(`Request ${number} is ${done.state}: nothing was done.`);
  return `${number} refused.${done.told ? "" : noChat}`;
}

const noChat = " There is no chat left to tell the person in.";
const unknown = (number: number) => new Refusal(`There is no request ${number}.`);

await runOfficeCommand({
  usage,
  options: {
    all: { type: "boolean", default: false },
    code: { type: "string" },
    homonym: { type: "boolean", default: false },
    because: { type: "string" },
  },
  plan([command, numeral, ...rest], { all, code, homonym, because }) {
    if (command === "list" && numeral === undefined) return (office) => list(office, all);
    const number = numeral !== undefined && /^\d{1,9}$/.test(numeral) ? Number(numeral) : undefined;
    if (number === undefined || rest.length > 0) throw new Misuse("Which request? Give its number.");
    switch (command) {
      case "show":
        return (office) => show(office, number);
      case "enable":
        return (office) => enable(office, number, { homonym, ...(code !== undefined && { taxCode: code }) });
      case "refuse":
        if (because === undefined) throw new Misuse('Say why, to the person: --because "TEXT".');
        return async (office) =>
          refused(number, await office.post(`/city-users/${number}/refuse`, { because }));
      default:
        throw new Misuse("That is none of these commands.");
    }
  },
});
