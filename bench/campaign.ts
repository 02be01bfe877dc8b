import { leastMs, type Outcome, runCampaign } from "../test/campaign/run.ts";
import { queueForAll } from "../test/campaign/settle-people.ts";
import { sendCampaign } from "../test/campaign/written-campaign.ts";
import { newSeed } from "../test/support/dice.ts";
import { percentiles, print } from "./print.ts";

const SERVER = process.env["DATABASE_URL"] || "postgresql://postgres@127.0.0.1:5432/test";
const PEOPLE = Number(process.env["PEOPLE"] || 25_000);

/**
 * A message to 25,000 people (`PEOPLE`), half of them on Telegram and half on WhatsApp, by two processes that
 * share the work, at the platforms' real limits: with bursts of refusals, faults, time-outs and people who are
 * gone; with processes that are killed on the way, people who write "stop", and others in dialogue. With
 * `QUEUED=1` all of it is put into the outbox at once: how fast that is sent, without what feeds it.
 */
export async function campaignBench(): Promise<void> {
  const least = leastMs(PEOPLE);
  const began = Date.now();
  const outcome = await runCampaign({
    server: SERVER,
    people: PEOPLE,
    talkers: 20,
    stops: Math.max(2, Math.min(60, Math.floor(PEOPLE / 100))),
    kills: [0.1, 0.22, 0.6].map((part) => part * least),
    seed: newSeed(),
    begin: process.env["QUEUED"] ? queueForAll : sendCampaign,
  });
  tell(outcome, Math.round((Date.now() - began) / 1000));
}

function tell({ platforms, lives, outbox }: Outcome, seconds: number): void {
  const round = (ms: number) => Math.round(ms / 100) / 10;
  for (const one of platforms) {
    const { wallMs, allowedMs } = one;
    print("campaign", one.platform, {
      people: PEOPLE / 2,
      wallS: round(wallMs),
      allowedS: round(allowedMs),
      ratio: Math.round((allowedMs / wallMs) * 1000) / 1000,
      closedS: round(one.closedMs),
      sends: one.came,
      inVain: one.inVain,
      reached: one.reached.length,
      violations: one.violations,
      twice: one.twice.length,
    });
    const uncertain = one.missed.filter(({ state }) => state === "UNCERTAIN").length;
    print("campaign", `${one.platform}, missed`, {
      uncertain,
      lost: one.missed.filter(({ state }) => state !== "UNCERTAIN"),
    });
    print("campaign", `${one.platform}, opt-outs`, {
      stopped: one.stopped.length,
      within1s: one.inTime,
      late: one.late.length,
    });
    print("campaign", `${one.platform}, citizens in dialogue`, {
      answers: one.answers.length,
      unanswered: one.unanswered,
      ...percentiles(one.answers),
    });
  }
  for (const life of lives) print("campaign", `process, seat ${life.seat}`, { ...life });
  for (const { channel, end, count } of outbox) print("campaign", `outbox, ${channel}`, { end, count });
  print("campaign", "whole run", { seconds });
}
