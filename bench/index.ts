import { campaignBench } from "./campaign.ts";
import { castingBench } from "./casting.ts";
import { countBench } from "./count.ts";
import { loginBench } from "./login.ts";
import { rollBench } from "./roll.ts";
import { turnBench } from "./turn.ts";
import { understandingBench } from "./understanding.ts";
import { whatsappBench } from "./whatsapp.ts";

const benches: Readonly<Record<string, () => Promise<void>>> = {
  campaign: campaignBench,
  casting: castingBench,
  count: countBench,
  login: loginBench,
  turn: turnBench,
  understanding: understandingBench,
  whatsapp: whatsappBench,
  roll: rollBench,
};

const [name] = process.argv.slice(2);
const chosen = name === undefined ? Object.values(benches) : [benches[name]];
for (const bench of chosen) {
  if (bench) await bench();
  else {
    console.error(`npm run bench -- [NAME], where NAME is one of: ${Object.keys(benches).join(", ")}`);
    process.exitCode = 2;
  }
}
