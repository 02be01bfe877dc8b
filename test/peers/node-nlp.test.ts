import { beforeAll, expect, test } from "vitest";
import { makeUnderstanding } from "../../core/understanding/understand.ts";
import { loadModel } from "../../locales/understanding.ts";
import { readUtterances } from "../../scripts/training/corpus.ts";
import { type Peer, trainPeer } from "../support/node-nlp.ts";

/** On sentences that leave no doubt, another classifier that learnt from the same ones says the same. */

const few = ["how_to_vote", "thanks", "talk_to_human", "info_spid", "change_language"];
const understand = makeUnderstanding(loadModel);
let peer: Peer;

beforeAll(async () => {
  peer = await trainPeer(
    "it",
    readUtterances("it").filter(({ label }) => few.includes(label)),
  );
});

test.each([
  ["mi spieghi come si fa a votare?", "how_to_vote"],
  ["tante grazie per l'aiuto", "thanks"],
  ["vorrei parlare con un operatore", "talk_to_human"],
  ["non riesco a entrare con lo SPID", "info_spid"],
  ["si può parlare in inglese?", "change_language"],
])("%s", async (text, intent) => {
  expect(await understand("it", text)).toMatchObject({ intent, decision: "answer" });
  expect(await peer.understand(text)).toMatchObject({ intent, decision: "answer" });
});
