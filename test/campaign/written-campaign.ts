import { readFile, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { parse, stringify } from "yaml";
import { z } from "zod";
import { officeOf, openHouse } from "../../assistant.ts";
import { makeLog } from "../../log.ts";
import { readSettings } from "../../settings.ts";
import type { Place } from "./run.ts";

/** The kind of reminders that everybody has wished for. */
export const WISH = "news";
/** By what the campaign's messages are known: its words, and the template that stands for them. */
export const TEXT = "Da lunedì si possono leggere tutti i progetti. Sono nelle biblioteche.";
export const TEMPLATE = "campaign_news";
export const EDITION = "campaign";

const DEMO = join(import.meta.dirname, "../../editions/demo.yaml");
/** People are written to at any hour that is lawful, and any number of them. */
const REMINDERS = {
  hours: { from: "07:00", to: "22:00" },
  quiet: { weekdays: [], holidays: false },
  approvalAbove: 1_000_000,
  automatic: [],
  whatsapp: { dailyLimit: "unlimited" },
};

/** Writes the demonstration's file with these rules into a folder, and gives what processes are told of it. */
export async function editionEnv(folder: string): Promise<Readonly<Record<string, string>>> {
  const demo = z.looseObject({ extends: z.string() }).parse(parse(await readFile(DEMO, "utf8")));
  const base = resolve(dirname(DEMO), demo.extends);
  const file = join(folder, "campaign.yaml");
  await writeFile(file, stringify({ ...demo, extends: base, id: EDITION, reminders: REMINDERS }));
  return { EDITION: file, ...clockEnv(new Date()) };
}

/** At night the day's hours are put in the place of the real ones. */
function clockEnv(now: Date): Readonly<Record<string, string>> {
  const hour = now.getUTCHours();
  if (hour >= 6 && hour < 19) return {};
  return { CLOCK: `${now.toISOString().slice(0, 10)}T09:00:00Z` };
}

/** Writes a campaign and sends it, as the office does by `npm run campaign`. */
export async function sendCampaign({ env }: Pick<Place, "env">): Promise<void> {
  const read = readSettings(env);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  const house = await openHouse(read.settings, makeLog("fatal"));
  try {
    const at = new Date();
    await house.stores.templates.note([{ name: TEMPLATE, language: "it", state: "approved", at }]);
    const office = officeOf(house, () => undefined);
    const post = async (path: string, body: object) => {
      const response = await office.request(path, { method: "POST", body: JSON.stringify(body) });
      const answer = await response.text();
      if (!response.ok) throw new Error(`${path} was answered ${answer}`);
    };
    const lastDay = new Date(house.clock.now().getTime() + 3 * 24 * 3_600_000).toISOString().slice(0, 10);
    await post("/campaigns", {
      id: "bench",
      wishes: [WISH],
      text: { it: TEXT, en: TEXT },
      until: `${lastDay} 20:00`,
    });
    await post("/campaigns/bench/send", { by: "Ada" });
  } finally {
    await house.database.close();
  }
}
