import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import type { AssistantProcess } from "../support/assistant-process.ts";
import { serverUrl } from "../support/database.ts";
import { type Dice, dice, newSeed } from "../support/dice.ts";
import { expectStored } from "./check.ts";
import { propose, type Repeat, somebody } from "./dialogue.ts";
import { type Installation, install } from "./installation.ts";

const KILLS = Number(process.env["KILLS"] || 5);
/** People who write at the same time. */
const CHAIRS = 4;

type Person = ReturnType<typeof somebody>;

const DATABASES: { readonly name: string; readonly server?: string }[] = [
  { name: "the embedded database" },
  ...(serverUrl === undefined ? [] : [{ name: "a PostgreSQL server", server: serverUrl }]),
];

test.each(DATABASES)(
  `killed ${KILLS} times on $name, nothing is lost, nothing happens twice, and order holds`,
  async ({ name, server }) => {
    const seed = newSeed();
    const begun = Date.now();
    const installation = await install({ server });
    try {
      const { people, repeats, moments, log } = await live(installation, dice(seed));
      // A reply comes again only where a process died after it was taken and before that was noted.
      for (const { first, again } of repeats) expect(lifeOf(again.via)).toBeGreaterThan(lifeOf(first.via));
      const { codesAside } = await expectStored(installation, people);
      const seconds = Math.round((Date.now() - begun) / 1000);
      console.log(
        `${name}: ${KILLS} kills (${tally(moments)}), ${people.length} proposals, ${repeats.length} replies repeated, ` +
          `${codesAside} codes set aside, ${seconds} s, SEED=${seed}`,
      );
      expect(log.filter((line) => /"level":"(error|fatal)"/.test(line))).toEqual([]);
    } catch (error) {
      console.log(`${name}: SEED=${seed}`);
      throw error;
    } finally {
      await installation.remove();
    }
  },
  60_000 + KILLS * 20_000,
);

/** People write proposals, one after the other in each chair, until the process was killed as often as it must be. */
async function live(installation: Installation, chance: Dice) {
  const people: Person[] = [];
  const repeats: Repeat[] = [];
  const moments: string[] = [];
  const log: string[] = [];
  let killed = false;
  let stopped = false;
  let process: AssistantProcess = begin();

  function begin(): AssistantProcess {
    const { updates } = installation.telegram;
    const mode = chance() < 0.5 ? "polling" : "webhook";
    updates.duplicate = chance() < 0.3;
    // What comes together can be put in order again; what a webhook was given is answered already.
    updates.reorder = mode === "polling" && chance() < 0.5;
    if (chance() < 0.3) updates.redeliver();
    return installation.start(mode);
  }

  async function sit(): Promise<void> {
    const { telegram, mails } = installation;
    while (!killed) {
      const person = somebody(people.length);
      people.push(person);
      const talk = await propose(telegram.person(person.name), person, { chance, mails });
      repeats.push(...talk.repeats);
    }
  }

  async function killAll(): Promise<void> {
    for (let kill = 0; kill < KILLS && !stopped; kill++) {
      moments.push(await moment(installation, process, chance));
      await process.kill();
      log.push(...process.output);
      process = begin();
    }
    killed = true;
  }

  const sitting = Promise.all(Array.from({ length: CHAIRS }, sit));
  const killing = killAll();
  try {
    await Promise.all([sitting, killing]);
    await process.stop();
  } finally {
    stopped = true;
    killed = true;
    await killing.catch(() => undefined);
    await process.kill();
    log.push(...process.output);
  }
  return { people, repeats, moments, log };
}

/** Waits for a moment to kill at: any, or one at which much is under way. */
async function moment({ telegram }: Installation, process: AssistantProcess, chance: Dice): Promise<string> {
  const choice = chance();
  if (choice < 0.15) {
    await pause(chance() * 3000);
    return "starting";
  }
  await process.ready();
  const sent = () => (telegram.calls.get("sendmessage") ?? 0) + (telegram.calls.get("senddocument") ?? 0);
  const [before, unconfirmed] = [sent(), telegram.updates.unconfirmed];
  if (choice < 0.5) {
    const more = 1 + Math.floor(chance() * 6);
    await telegram.until("replies", () => sent() >= before + more);
    await pause(chance() * 10);
    return "replying";
  }
  if (choice < 0.7) {
    await telegram.until("a message to come", () => telegram.updates.unconfirmed !== unconfirmed);
    await pause(chance() * 60);
    return "receiving";
  }
  await pause(chance() * 3000);
  return "any";
}

const lifeOf = (via: string | undefined) => Number(via?.replace("life-", ""));

function tally(names: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([name, count]) => `${name} ${count}`).join(", ");
}
