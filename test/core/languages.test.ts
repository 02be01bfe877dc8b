import { describe, expect, test } from "vitest";
import type { Session } from "../../core/engine/session.ts";
import { present } from "../../core/manner/present.ts";
import type { Query } from "../../core/queries.ts";
import { repertoire } from "../../core/repertoire.ts";
import { noticeIn } from "../../core/sayable.ts";
import { makeWords } from "../../core/words.ts";
import { localeFiles } from "../../locales/messages.ts";
import { fresh, type Heard, presses, says, talk, words } from "../support/talk.ts";

/** Languages that lack something: the others have nothing to slip from. */
const partial = words.languages.filter((one) => localeFiles("it").some((file) => !words.covers(one, file)));
const speaking = (language: string): Session => ({ ...fresh(), language, welcomed: true });
const opening = (session: Session, payload: string, today?: string) =>
  talk(session, presses(`go.${payload}`), { find, ...(today && { today }) });
const opens = ({ session }: Heard) => session.screen.map(({ data }) => data);
const label = (language: string) => words.say(language, { key: "engine.language_name" });

/** What there is to be looked up: a project with a reason, of a person who has sent nothing. */
function find({ kind }: Query): unknown {
  const project = {
    code: "QLTVXD",
    challenge: "connessa",
    title: "Wifi",
    summary: "Wifi per tutti.",
    cost: 4000,
  };
  return kind === "projects" ? { fixed: false, projects: [{ ...project, because: "Serve." }] } : undefined;
}

describe.each(partial)("In %s", (language) => {
  const days = ["2026-09-07", "2026-11-01", "2027-01-10", "2027-01-20", "2027-02-10", "2027-06-01"];
  const abouts = [
    ...["courtesy-thanks", "challenge-connessa", "project-QLTVXD", "project-QLTVXD-all", "share-QLTVXD"],
    ...["service-scuola", "learn-spid", "sheet-spid", "remind-vote", "eligibility-someone", "language"],
  ];
  const payloads = [...[...repertoire.topics, ...repertoire.flows].map(({ name }) => name), ...abouts];

  test.each(days)("on %s whatever is opened is said whole, or offered in another language", (today) => {
    const slipped = payloads.filter(
      (payload) => opening(speaking(language), payload, today).message.language !== language,
    );
    expect(slipped).toEqual([]);
  });

  const covered = repertoire.flows.map(({ name }) => name).filter((name) => words.covers(language, name));

  test.each(covered)("%s is said whole to its end, whatever is answered", (flow) => {
    const answers = ["3/5/1949", "15", "?", "mario.rossi@posta.it"].map(says);
    const seen = new Set<string>();
    const slipped: string[] = [];
    const walk = ({ session, message }: Heard) => {
      if (message.language !== language) slipped.push(message.text);
      const [frame] = session.active;
      const state = JSON.stringify([frame?.asking, Object.keys(frame?.answers ?? {}), session.misses > 1]);
      if (seen.has(state)) return;
      seen.add(state);
      if (!frame) return;
      const pressed = session.screen.filter(({ data }) => !data.startsWith("go."));
      const given = [...pressed.map(({ data }) => presses(data)), ...answers];
      for (const answer of given) walk(talk(session, answer, { find }));
    };
    walk(opening(speaking(language), flow, "2026-11-01"));
    expect(slipped).toEqual([]);
    expect(seen.size).toBeGreaterThan(0);
  });
});

describe("Another language, taken up in the middle", () => {
  test("is that of the pictures and the sheets of the very same message", () => {
    let lesson = opening(speaking("it"), "cie");
    while (!lesson.message.picture) lesson = talk(lesson.session, says("avanti"));
    const { picture } = opening(lesson.session, "language-en").message;
    expect(picture?.alt).toBe(words.say("en", { key: "drawing.cie-codes.alt" }));
    const sheet = opening(speaking("it"), "language-en-sheet-spid").message.document;
    expect([sheet?.language, sheet?.fileName]).toEqual(["en", "lesson-spid.pdf"]);
  });
});

describe("What a language does not have", () => {
  test("does not leave half of a notice in another: it is said whole in the first", () => {
    const some = makeWords({
      it: { "a.told": "Comincia il voto.", "b.option": "Vedi" },
      ro: { "a.told": "Începe votul." },
    });
    const told = { notes: [{ key: "a.told" }] };
    const doors = [{ opens: "b", label: { key: "b.option" } }];
    const texts = [told, { ...told, doors }].map((parts) => noticeIn(some, "ro", parts));
    expect(texts).toEqual([
      { text: "Începe votul.", choices: [], language: "ro" },
      { text: "Comincia il voto.", choices: [{ data: "go.b", label: "Vedi" }], language: "it" },
    ]);
  });

  const romanian = opening(speaking("ro"), "proposal-new");

  test("is said to be elsewhere, in that language, and a button opens it where it is", () => {
    expect(words.covers("ro", "proposal")).toBe(false);
    const only = { list: ["it", "en"].map((one) => ({ literal: label(one) })) };
    expect(romanian.message.text).toBe(
      words.say("ro", { key: "engine.only_in", params: { languages: only } }),
    );
    expect(opens(romanian)).toEqual([
      ...["go.language-it-proposal-new", "go.language-en-proposal-new", "go.operator", "go.menu"],
    ]);
    const italian = talk(romanian.session, says("Italiano"));
    expect([italian.session.language, italian.session.active.map(({ flow }) => flow)]).toEqual([
      "it",
      ["proposal"],
    ]);
  });

  test("does not disturb what is being asked", () => {
    const asked = opening(speaking("ro"), "eligibility");
    const interrupted = opening(asked.session, "proposal");
    expect(interrupted.session.active).toEqual(asked.session.active);
    expect(opens(interrupted)).toContain("go.language-it-proposal");
  });

  test("is put aside where it was begun in another language, and gone on with in that one", () => {
    const begun = talk(opening({ ...fresh(), welcomed: true }, "proposal").session, presses("1.2.connessa"));
    const [draft] = talk(begun.session, says("1")).session.active;
    const frame = draft ?? begun.session.active[0];
    const session = { ...begun.session, active: frame ? [{ ...frame, answers: { title: "Wifi" } }] : [] };
    const switched = opening(session, "language-ro");
    expect([switched.session.active, switched.message.language]).toEqual([[], "ro"]);
    const back = talk(switched.session, says("Italiano"));
    expect(back.session.language).toBe("it");
    expect(back.session.active[0]?.answers).toEqual({ title: "Wifi" });
  });

  test("cannot be a way for a link to do what only a button does", () => {
    for (const payload of ["erased", "language-it-erased", "language-ro-language-it-erased"])
      expect(talk(speaking("en"), { kind: "start", payload }).effects).toEqual([]);
  });
});

test("A message with one word that a language lacks is said in the first one, whole", () => {
  const speech = { words, repertoire, room: { text: 4096, textWithChoices: 1024 } };
  const menu = { opens: "menu", label: { key: "engine.option.menu" } };
  const put = (key: string) => present({ notes: [{ key }], doors: [menu] }, speaking("ro"), speech).message;
  expect(put("home.thanks")).toMatchObject({ language: "ro", choices: [{ label: "Meniu" }] });
  expect(words.has("ro", "proposal.another")).toBe(false);
  expect(put("proposal.another")).toMatchObject({ language: "it", choices: [{ label: "Menu" }] });
});

describe("Whoever begins in another language", () => {
  test.each([
    ["bună ziua", "ro"],
    ["Mirëdita!", "sq"],
    ["مرحبا", "ar"],
    ["أريد أن أصوت في الانتخابات", "ar"],
    ["can I take part?", "en"],
  ])("with «%s» is offered it by the first door, and nothing changes by itself", (said, language) => {
    const heard = talk(fresh(), says(said));
    expect(heard.session.language).toBe("it");
    const first = heard.session.screen.find(({ data }) => data.startsWith("go."));
    expect(first).toEqual({ data: `go.language-${language}`, label: label(language) });
    const chosen = talk(heard.session, presses(first?.data ?? ""));
    expect(chosen.message.language).toBe(language);
    expect(talk(chosen.session, says("ciao")).message.language).toBe(language);
  });

  test.each(["ciao", "menu", "stop", "boh", "12", ""])("but not with «%s»", (said) => {
    const heard = talk(fresh(), says(said));
    expect(opens(heard).filter((data) => data.startsWith("go.language-"))).toEqual([]);
  });
});

describe("That a program translated", () => {
  const told = (language: string) => words.say(language, { key: "engine.machine_made" });

  test("is said when its language is first used, and when it is chosen", () => {
    const first = talk(speaking("ro"), says("meniu"));
    expect(first.message.text).not.toContain(told("ro"));
    expect(talk({ ...speaking("ro"), welcomed: false }, says("meniu")).message.text).toContain(told("ro"));
    expect(opening(speaking("it"), "language-sq").message.text).toContain(told("sq"));
  });

  test("is not said of what people wrote", () => {
    for (const language of ["it", "en"]) {
      expect(talk({ ...speaking(language), welcomed: false }, says("menu")).message.text).not.toContain(
        told(language),
      );
      expect(opening(speaking("ro"), `language-${language}`).message.text).not.toContain(told(language));
    }
  });
});
