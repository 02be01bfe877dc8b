import { describe, expect, it } from "vitest";
import { meeting } from "../../../core/assisted/allowed.ts";
import type { Incoming } from "../../../core/engine/message.ts";
import type { Session } from "../../../core/engine/session.ts";
import type { Query } from "../../../core/queries.ts";
import { payloads, repertoireOf } from "../../../core/repertoire.ts";
import type { Intent } from "../../../core/understanding/intents.ts";
import { OPENS } from "../../../core/understanding/meanings.ts";
import { demo, fresh, presses, says, talk, words } from "../../support/talk.ts";

/* A facilitator holds the phone: no road leads from there to a ballot. */

const VOTING_DAY = "2027-02-10";
const realNow = new Date("2027-02-10T10:00:00Z");
const guest: Session = {
  ...fresh(),
  welcomed: true,
  assisted: { until: "2027-02-10T10:30:00Z", language: "it", done: [] },
};

/** As if a page stood open whose digits fit, and whoever wrote meant to vote. */
function tempting(intent: Intent) {
  return (query: Query) => {
    if (query.kind === "ballotTie") return "right";
    if (query.kind !== "meaning") return undefined;
    return { decision: "answer", intent, top3: [intent], confidence: 1 };
  };
}

function told(incoming: Incoming, session = guest, intent: Intent = "vote_now") {
  return talk(session, incoming, { today: VOTING_DAY, realNow, find: tempting(intent) });
}

/** Nothing is opened, tied or offered, and the person hears where one votes. */
function isNoWay({ effects, message }: ReturnType<typeof told>): void {
  expect(effects).toEqual([]);
  expect(message.link).toBeUndefined();
  expect(message.text).not.toContain("/voto/");
  for (const { data } of message.choices) expect(meeting(data.split(/[.-]/)[1] ?? "")).not.toBe("vote");
}

const PAYLOADS = ["vote", "vote-again", "tie-123456", "voted", "language-en-vote", "now", "vote-yes"];

describe("In an assisted session nobody votes:", () => {
  it("the same words give a link to who writes from a phone of their own", () => {
    const { assisted: _, ...own } = guest;
    expect(told(says("voto"), own).message.link?.url).toContain("/voto/");
  });

  it.each([...words.languages].flatMap((language) => words.list(language, "words.word.vote")))(
    "by the word «%s»",
    (word) => {
      isNoWay(told(says(word)));
      expect(told(says(word)).message.text).toMatch(/segreto|secret/);
    },
  );

  it.each(PAYLOADS)("by a link with %s", (payload) => {
    isNoWay(told({ kind: "start", payload }));
    isNoWay(told(says(`/start ${payload}`)));
  });

  it.each(PAYLOADS)("by an old button that opens %s", (payload) => isNoWay(told(presses(`go.${payload}`))));

  it("by a free sentence, whatever it is taken to mean", () => {
    for (const intent of Object.keys(OPENS).filter((one): one is Intent => Object.hasOwn(OPENS, one)))
      isNoWay(told(says("vorrei che mi aiutassi a fare questa cosa adesso"), guest, intent));
  });

  it("by digits that stand beside a receipt", () => isNoWay(told(says("123 456"))));

  it("in the middle of something else", () => {
    const writing = talk(guest, says("spid")).session;
    isNoWay(told(says("voto"), writing));
    expect(told(says("voto"), writing).session.active).toHaveLength(1);
  });

  it("from any menu or answer: what leads there leads to where one votes instead", () => {
    const home = told(says("menu"));
    expect(home.message.choices.map(({ label }) => label)).toContain("Dove si vota");
    for (const word of ["menu", "date", "come si vota", "dove si vota", "quando si vota", "i progetti"])
      isNoWay(told(says(word)));
  });
});

it("Whatever can be opened was thought of: it is for guests, or it is not", () => {
  const { flows, topics, commands } = repertoireOf(demo);
  const all = [...[...flows, ...topics].map(({ name }) => name), ...Object.keys(commands)];
  const notForGuests = all.filter((name) => meeting(name) === "refuse");
  expect(new Set(notForGuests)).toEqual(new Set(REFUSED));
  // Each word of the lists has a meaning for them, be it that it is not for them.
  for (const payload of Object.values(payloads).flat()) expect(all).toContain(payload.split("-")[0]);
});

/** What is for one's own phone alone: what comes later, and what one is as a facilitator or accompanied by one. */
const REFUSED = [
  ...["now", "remind", "reminders", "wish", "unwish", "prefer", "stop", "trial"],
  ...["facilitator", "accompany", "companion", "accompanied", "handover", "helping", "with"],
  ...["whoaccompanies", "accept", "decline", "alone"],
];
