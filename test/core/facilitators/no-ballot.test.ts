import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Session } from "../../../core/engine/session.ts";
import { isShared } from "../../../core/facilitators/shared.ts";
import { tasks } from "../../../core/facilitators/tasks.ts";
import type { Query } from "../../../core/queries.ts";
import { repertoireOf } from "../../../core/repertoire.ts";
import { demo, fresh, presses, says, talk, words } from "../../support/talk.ts";

/* Who accompanies somebody never comes near a ballot, nor sees what was not handed over. */

const VOTING_DAY = "2027-02-10";
const since = "2026-09-07T09:00:00Z";
const anna = { id: "f1", name: "Anna Bianchi", place: "Biblioteca di Podenzano" };

/** Who is accompanied, in a task. */
const accompanied = (task: string, given: Partial<Session> = {}): Session => ({
  ...fresh(),
  welcomed: true,
  accompanied: { id: "a1", by: anna.name, task },
  ...given,
});
const found =
  (answers: Partial<Record<Query["kind"], unknown>>) =>
  ({ kind }: Query) =>
    answers[kind];
const known = found({
  facilitator: anna,
  ownAccompaniment: { id: "a1", by: anna, task: "proposal", since },
});

describe("The code that facilitators have to do with", () => {
  const root = join(import.meta.dirname, "../../..");
  const folders = ["core/facilitators", "prisma/facilitators"].flatMap((folder) =>
    readdirSync(join(root, folder)).map((file) => join(folder, file)),
  );
  const files = [
    ...folders,
    ...["accompany", "companion", "facilitator", "helping", "long-code"].map(
      (flow) => `core/flows/${flow}.ts`,
    ),
    ...["core/topics/company.ts", "office/facilitators.ts", "commands/facilitator.ts"],
  ];
  const comments = /\/\*[\s\S]*?\*\/|\/\/.*$/gm;

  it.each(files)("%s names no table, page or subject of the vote", (file) => {
    const code = readFileSync(join(root, file), "utf8").replace(comments, "");
    expect(code.match(/\w*(?:ballot|voter|voting|vote|spool|\burn|receipt|\btie)\w*/gi)).toBeNull();
  });

  it("sees no answers in a session: only the names of those that are there leave the store", () => {
    const code = readFileSync(join(root, "prisma/facilitators/queries.ts"), "utf8").replace(comments, "");
    expect(code.match(/.*answers.*/g)).toEqual([
      "  return { answered: Object.keys(frame.answers), asking: frame.asking, isAside };",
    ]);
  });
});

describe("What one can be accompanied in", () => {
  it("is flows of the repertoire, and none of them votes", () => {
    const flows = repertoireOf(demo).flows.map(({ name }) => name);
    expect(flows).toEqual(expect.arrayContaining(tasks.map(({ name }) => name)));
    expect(tasks.map(({ name }) => name)).toEqual([
      ...["proposal", "eligibility", "cityuser"],
      ...["spid", "cie", "pagopa", "appio", "scam"],
    ]);
  });

  it("is offered in the language that was chosen, on its days, and never as a vote", () => {
    const asks = (language: string, today: string) => {
      const begun = talk({ ...fresh(), welcomed: true }, says("accompagna una persona"), {
        today,
        find: known,
      });
      const chosen = begun.message.choices.find(({ label }) => label === language)?.data ?? "";
      return talk(begun.session, presses(chosen), { today, find: known }).message.choices.map(
        ({ label }) => label,
      );
    };
    const always = ["Vedere se partecipa", "Imparare SPID", "Imparare la CIE", "Imparare pagoPA"];
    expect(asks("Italiano", "2026-09-07")).toEqual(
      expect.arrayContaining(["Fare una proposta", "Albo dei city user", ...always]),
    );
    expect(asks("Italiano", VOTING_DAY)).not.toContain("Fare una proposta");
    expect(asks("Română", "2026-09-07")).not.toContain("Fare una proposta");
    expect(asks("Română", "2026-09-07")).toContain("Imparare SPID");
    for (const label of asks("Italiano", VOTING_DAY)) expect(label).not.toMatch(/vot/i);
  });

  it("hands over none but the questions whose answers become public, in the words of the edition", () => {
    const shared = tasks.flatMap(({ name, steps }) =>
      steps.filter((step) => isShared(name, step.name)).map((step) => `${name}.${step.name}`),
    );
    expect(shared).toEqual(
      ["challenge", "title", "need", "solution", "reach", "involved", "place", "cost"].map(
        (step) => `proposal.${step}`,
      ),
    );
  });
});

describe("Who is accompanied", () => {
  it("votes alone: the link to the ballot goes to their own chat, and to nobody else", () => {
    const heard = talk(accompanied("eligibility"), says("voto"), { today: VOTING_DAY, find: known });
    expect(heard.message.link?.url).toContain("/voto/l/");
    expect(heard.sends).toEqual([]);
    expect(heard.effects.map(({ kind }) => kind)).toEqual(["openBallot"]);
    expect(JSON.stringify(heard.message.choices)).not.toContain("handover");
  });

  it.each([
    ["cityuser", "2026-09-07"],
    ["eligibility", "2026-09-07"],
    ["spid", "2026-09-07"],
    ["proposal", "2026-09-07"],
  ])("is not asked to hand over who they are: %s", (task, today) => {
    const begun = talk(accompanied(task), { kind: "start", payload: task }, { today, find: known });
    const pressed = talk(begun.session, presses("go.handover"), { today, find: known });
    for (const { message, effects } of [begun, pressed]) {
      expect(JSON.stringify(message.choices)).not.toContain("handover");
      expect(effects).toEqual([]);
    }
    expect(pressed.message.text).toContain("Questa domanda è solo tua");
  });

  it("hands over a question with nothing of theirs in it", () => {
    const answers = {
      eligible: "yes",
      proposer: "association",
      association: "Circolo Canarino",
      name: "Canarina",
      surname: "Canarini",
      email: "canary@example.org",
      emailCode: "canary@example.org",
      challenge: "connessa",
      title: "Canarini in rete per tutti",
    };
    const frame = {
      id: "1",
      flow: "proposal",
      asking: "need",
      question: 9,
      answers,
      memo: {},
      touchedAt: since,
    };
    const { effects } = talk(
      accompanied("proposal", { active: [frame], counter: 1 }),
      presses("go.handover"),
      {
        find: known,
        realNow: new Date(since),
      },
    );
    const [effect, ...others] = effects;
    if (effect?.kind !== "handOver") return expect.fail("Nothing was handed over.");
    expect(others).toEqual([]);
    const told = words.languages.map((language) => JSON.stringify(effect.notice("id")(language)));
    for (const message of told) expect(message).not.toMatch(/canar/i);
    const { notice: _, ...rest } = effect;
    expect(rest).toEqual({ kind: "handOver", id: "a1", flow: "proposal", step: "need", frame: "1" });
  });
});

describe("A facilitator", () => {
  const facilitator: Session = { ...fresh(), welcomed: true };
  const vote = { by: anna, since, flow: "vote", step: "choice" };

  it.each([
    ["a vote", vote],
    ["a code", { ...vote, flow: "proposal", step: "emailCode" }],
    ["a surname", { ...vote, flow: "proposal", step: "surname" }],
    ["the register", { ...vote, flow: "cityuser", step: "truth" }],
  ])("answers nothing that asks for %s, whatever the store holds", (_, handedOver) => {
    const find = found({ facilitator: anna, handedOver });
    const heard = talk(facilitator, { kind: "start", payload: "helping-1" }, { find });
    expect(heard.message.text).toContain("non aspetta più una risposta");
    expect(heard.session.active).toEqual([]);
    expect(heard.effects).toEqual([]);
  });

  it.each(["accept-1", "decline-1", "handover", "alone"])("makes nobody do %s by a link", (payload) => {
    const heard = talk(accompanied("proposal"), { kind: "start", payload }, { find: known });
    expect(heard.effects).toEqual([]);
    expect(heard.session.accompanied).toBeDefined();
  });

  it("has a link of their own to the ballot, as everybody, and never another's", () => {
    const heard = talk(facilitator, says("voto"), { today: VOTING_DAY, find: known });
    expect(heard.effects.map(({ kind }) => kind)).toEqual(["openBallot"]);
    expect(heard.sends).toEqual([]);
  });
});
