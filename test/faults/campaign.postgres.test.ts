import { expect, it } from "vitest";
import { leastMs, type Outcome, runCampaign } from "../campaign/run.ts";
import { sendCampaign } from "../campaign/written-campaign.ts";
import { newSeed } from "../support/dice.ts";

const SERVER = process.env["DATABASE_URL"] || "postgresql://postgres@127.0.0.1:5432/test";
const PEOPLE = 1_000;
/** The bench says how fast the answers are; here several things run on one machine. */
const PATIENCE_MS = 300_000;

/*
 * Two processes send a campaign at the platforms' real limits, which refuse, break down and do not answer;
 * both processes are killed on the way. Somebody gets nothing only where nobody can tell whether they got it.
 */
it(
  "reaches everybody once who has not stopped it, and breaks no platform's rule",
  async () => {
    const seed = newSeed();
    const least = leastMs(PEOPLE);
    const outcome = await runCampaign({
      server: SERVER,
      people: PEOPLE,
      talkers: 3,
      stops: 5,
      kills: [0.15, 0.3, 0.45].map((part) => part * least),
      seed,
      begin: sendCampaign,
    });
    expect(found(outcome), `SEED=${seed}`).toEqual(
      ["telegram", "whatsapp"].map((platform) => ({
        platform,
        violations: { tooMany: 0, tooSoon: 0, impatient: 0, byItself: 0 },
        twice: [],
        late: [],
        stopped: 5,
        unanswered: 0,
        lost: [],
      })),
    );
  },
  PATIENCE_MS,
);

function found({ platforms }: Outcome) {
  return platforms.map(({ platform, violations, twice, late, stopped, unanswered, missed }) => ({
    platform,
    violations,
    twice,
    late,
    stopped: stopped.length,
    unanswered,
    lost: missed.filter(({ state }) => state !== "UNCERTAIN"),
  }));
}
