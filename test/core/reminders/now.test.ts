import { describe, expect, test } from "vitest";
import type { Session } from "../../../core/engine/session.ts";
import type { Query } from "../../../core/queries.ts";
import { fresh, presses, says, talk, words } from "../../support/talk.ts";

const session: Session = { ...fresh(), welcomed: true };
const PROPOSALS = "2026-09-08";
const PROMOTION = "2026-12-01";
const VOTE = "2027-02-20";
const days = ["2026-08-20", PROPOSALS, "2026-10-25", PROMOTION, VOTE, "2027-06-01"];

const answers = { eligible: "yes", proposer: "person", name: "Ada" };
const touchedAt = "2026-09-07T09:00:00Z";
const draft = { id: "1", flow: "proposal", asking: "surname", question: 4, memo: {}, answers, touchedAt };
const aside: Session = { ...session, parked: [draft], counter: 1 };
const writing: Session = { ...session, active: [draft], counter: 1 };

const now = (before: Session, today: string, find?: (query: Query) => unknown) =>
  talk(before, presses("go.now"), { today, ...(find && { find }) });

describe("What is open today", () => {
  test("is the proposal that one left, at the question that is pending", () => {
    for (const before of [aside, writing]) {
      const { message, session: after } = now(before, PROPOSALS);
      expect(message.text).toContain("E il cognome?");
      expect(after.active.map(({ id }) => id)).toEqual(["1"]);
    }
  });

  test("is the same however often it is pressed, and in the middle of something else", () => {
    const once = now(aside, PROPOSALS);
    const twice = now(once.session, PROPOSALS);
    expect([twice.message.text, twice.session.active]).toEqual([once.message.text, once.session.active]);
    const asking = talk(writing, says("operatore"), { today: PROPOSALS });
    expect(asking.session.active.at(-1)?.flow).toBe("operator");
    const back = now(asking.session, PROPOSALS);
    expect(back.session.active.map(({ flow }) => flow)).toEqual(["proposal"]);
    expect(back.session.active[0]?.answers).toEqual(answers);
  });

  test("is the question that was just begun with, and begins anew where nothing was answered", () => {
    const begun = now(session, PROPOSALS);
    expect(now(begun.session, PROPOSALS).session.active).toEqual(begun.session.active);
    const asking = talk(begun.session, says("operatore"), { today: PROPOSALS });
    const again = now(asking.session, PROPOSALS);
    expect(again.session.active.map(({ flow }) => flow)).toEqual(["proposal"]);
    expect(again.message.text).toBe(begun.message.text);
  });

  test("is a new proposal where there is none, and one's own where it was sent", () => {
    expect(now(session, PROPOSALS).session.active[0]?.flow).toBe("proposal");
    const sent = { code: "QLTVXD", title: "Wifi", state: "submitted", by: { name: "Ada", surname: "Rossi" } };
    const find = ({ kind }: Query) => (kind === "ownProposals" ? [sent] : undefined);
    expect(now(session, PROPOSALS, find).message.text).toContain("Le tue proposte:");
    const withdrawn = ({ kind }: Query) =>
      kind === "ownProposals" ? [{ ...sent, state: "withdrawn" }] : undefined;
    expect(now(session, PROPOSALS, withdrawn).session.active[0]?.flow).toBe("proposal");
  });

  test("is the vote while there is one, whatever was left", () => {
    for (const before of [session, aside]) {
      const { message, effects } = now(before, VOTE);
      expect(message.link?.url).toContain("/voto/l/");
      expect(effects.map(({ kind }) => kind)).toEqual(["openBallot"]);
    }
  });

  test("is what one asks the register for, else the dates", () => {
    const request = { ...draft, flow: "cityuser", asking: "surname", answers: { name: "Ada" } };
    const asked = now({ ...session, parked: [request], counter: 1 }, PROMOTION);
    expect(asked.session.active[0]?.flow).toBe("cityuser");
    expect(now(session, PROMOTION).message.text).toContain("Fino al");
    expect(now(session, "2027-06-01").message.text).toContain("Questa edizione è finita.");
  });

  test("may be opened by a link, and by whoever writes for the first time", () => {
    const { message, effects } = talk(fresh(), { kind: "start", payload: "now" }, { today: PROPOSALS });
    expect(effects).toEqual([]);
    expect(message.text).toContain("assistente automatico");
    expect(message.text).toContain("Scriviamo insieme la tua proposta.");
  });

  test("has an answer on every day, with a draft or without, in every language", () => {
    for (const today of days)
      for (const language of words.languages)
        for (const before of [session, aside, writing]) {
          const { message } = now({ ...before, language }, today);
          expect(message.language).toBe(language);
          expect(message.text).not.toMatch(/undefined|\{/);
          expect(message.text.length).toBeGreaterThan(10);
        }
  });
});

describe("«Ho già votato»", () => {
  const voted = (today: string, payload = "voted", before = session) =>
    talk(before, presses(`go.${payload}`), { today });

  test("is believed, and can be taken back", () => {
    const said = voted(VOTE);
    expect(said.effects).toEqual([{ kind: "noteVoted", voted: true }]);
    expect(said.message.text).toContain("Non ti ricordo più di votare.");
    const not = talk(said.session, says("Non ho votato"), { today: VOTE });
    expect(not.effects).toEqual([{ kind: "noteVoted", voted: false }]);
    expect(not.message.choices.map(({ data }) => data)).toContain("go.vote");
  });

  test("says so before the vote and after it, from however old a message", () => {
    const early = voted(PROMOTION);
    expect(early.effects).toEqual([]);
    expect(early.message.text).toMatch(/^Non si vota ancora\./);
    const late = voted("2027-06-01");
    expect(late.message.text).toContain("Il voto è finito il");
    expect(voted(PROPOSALS, "voted", writing).message.text).toContain("E il cognome?");
  });

  test("asks nothing of the vote: nobody looks whether it is true", () => {
    const asked: string[] = [];
    const find = ({ kind }: Query) => void asked.push(kind);
    talk(session, presses("go.voted"), { today: VOTE, find });
    expect(asked).toEqual([]);
  });
});
