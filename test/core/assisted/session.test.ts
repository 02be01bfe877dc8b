import { describe, expect, it } from "vitest";
import { ASSISTED_MINUTES } from "../../../core/assisted/time.ts";
import type { Incoming } from "../../../core/engine/message.ts";
import type { Session } from "../../../core/engine/session.ts";
import type { Query } from "../../../core/queries.ts";
import { fresh, type Heard, presses, says, talk } from "../../support/talk.ts";

const START = Date.parse("2026-09-07T10:00:00Z");
const MINUTE_MS = 60_000;

/** What the store tells a facilitator whose chat is their own. */
const asFacilitator = (query: Query) =>
  query.kind === "facilitator" ? { id: "f", name: "Biblioteca" } : undefined;

const owner: Session = { ...fresh(), welcomed: true };
const guest: Session = {
  ...fresh(),
  assisted: { until: new Date(START + ASSISTED_MINUTES * MINUTE_MS).toISOString(), language: "it", done: [] },
};
const met: Session = { ...guest, welcomed: true };

/** Several messages, one after the other. */
function saying(session: Session, ...messages: readonly (string | Incoming)[]): Heard {
  let heard: Heard | undefined;
  let now = session;
  for (const message of messages) {
    heard = talk(now, typeof message === "string" ? says(message) : message, { find: asFacilitator });
    now = heard.session;
  }
  if (!heard) throw new Error("Nothing was said.");
  return heard;
}

const labels = ({ message }: Heard) => message.choices.map(({ label }) => label);
const press = (heard: Heard, label: string): Incoming => {
  const choice = heard.message.choices.find((one) => one.label === label);
  if (!choice) throw new Error(`There is no ${label}, but: ${labels(heard).join(", ")}`);
  return presses(choice.data);
};

describe("An assisted session begins", () => {
  it("for a facilitator, once the reason is declared", () => {
    const asked = saying(owner, "sessione assistita");
    expect(asked.message.text).toMatch(/Decide tutto lei.*non si può votare.*30 minuti/s);
    expect(asked.effects).toEqual([]);
    const begun = saying(asked.session, press(asked, "Non ha internet"));
    const until = guest.assisted?.until;
    expect(begun.effects).toEqual([{ kind: "beginAssisted", channel: "chat", reason: "connection", until }]);
    expect(labels(begun)).toEqual(["Comincia"]);
  });

  it("for nobody else", () => {
    const { message, effects } = talk(owner, says("sessione assistita"));
    expect(message.text).toContain("scelto dall'Unione");
    expect(effects).toEqual([]);
  });

  it("once: what comes late from the chat while a guest has it begins no other", () => {
    const find = (query: Query) => (query.kind === "lent" ? true : asFacilitator(query));
    const { message, effects } = talk(owner, says("sessione assistita"), { find });
    expect(message.text).toContain("già cominciata");
    expect(effects).toEqual([]);
  });

  it("with nothing of the facilitator's on the screen: what they were doing is put aside", () => {
    const begun = saying(owner, "proposta", "1", "1", "Renata", "sessione assistita", "1");
    expect(begun.message.text + labels(begun).join()).not.toMatch(/Renata|cognome/i);
    expect(begun.session.active).toEqual([]);
    expect(begun.session.parked.map(({ answers }) => answers["name"])).toEqual(["Renata"]);
  });

  it("by no link that somebody made", () => {
    const { effects, message } = talk(owner, { kind: "start", payload: "assisted" }, { find: asFacilitator });
    expect(effects).toEqual([]);
    expect(message.text).not.toContain("telefono");
  });
});

describe("A guest", () => {
  it("is told who speaks and what is kept, and has the way out with every menu", () => {
    const first = saying(guest, "ciao");
    expect(first.message.text).toMatch(/Decidi tutto tu.*Alla fine tengo solo/s);
    expect(labels(first)).toContain("Fine sessione");
    expect(labels(saying(met, "proposta", "1", "1", "menu"))).toContain("Fine sessione");
  });

  it.each(["operatore", "sessione assistita", "stop", "promemoria"])(
    "is answered otherwise, and nothing is done, by «%s»",
    (word) => {
      const { effects, session } = saying(met, word);
      expect(effects).toEqual([]);
      expect(session.assisted).toBeDefined();
    },
  );

  it("is remembered by nothing that is sent later", () => {
    const dates = saying(met, "date");
    expect(labels(dates).join()).not.toMatch(/Avvisami/);
  });

  it("can have what is kept of them", () => {
    const { message, session } = saying(met, "privacy", "1");
    expect(message.document).toBeDefined();
    expect(session.assisted).toBeDefined();
  });

  it("has its flows counted that were gone through, and no others", () => {
    const { session } = saying(met, "partecipare", "3/4/1940", "1", "proposta", "annulla");
    expect(session.assisted?.done).toEqual(["eligibility"]);
  });
});

describe("The session ends", () => {
  const writing = ["proposta", "1", "1", "Maria", "Canarini"];

  it("by one word where nothing would be lost, with numbers alone", () => {
    const done = {
      ...met,
      assisted: {
        ...met.assisted,
        until: guest.assisted?.until ?? "",
        language: "it",
        done: ["proposal", "proposal", "spid"],
      },
    };
    const { effects, message, session } = saying(done, "fine sessione");
    expect(effects).toEqual([{ kind: "endAssisted", by: "facilitator" }]);
    expect(message.text).toMatch(/Proposte finite: 2\.\nAltre cose finite: 1\./);
    expect(message.choices.map(({ label }) => label)).toEqual(["Un'altra persona", "Menu"]);
    expect(session.profile).toBeUndefined();
  });

  it("after asking, where a draft would be lost: it can be gone on with at home by a code", () => {
    const asked = saying(met, ...writing, "fine sessione");
    expect(asked.effects).toEqual([]);
    expect(labels(asked)).toEqual(["Un codice per dopo", "Finisci lo stesso", "Continua"]);
    const moved = saying(asked.session, press(asked, "Un codice per dopo"));
    expect(moved.effects.map(({ kind }) => kind)).toEqual(["offerDraft"]);
    const over = saying(asked.session, press(asked, "Finisci lo stesso"));
    expect(over.effects).toEqual([{ kind: "endAssisted", by: "facilitator" }]);
    expect(over.message.text).not.toMatch(/Maria|Canarini/);
  });

  it("where everything is to be erased, too", () => {
    const { effects } = saying(met, ...writing, "menu", "privacy", "2", "1");
    expect(effects).toEqual([{ kind: "endAssisted", by: "facilitator" }]);
  });

  const at = (minutes: number) => ({ realNow: new Date(START + minutes * MINUTE_MS) });

  it("is announced once, when five minutes are left", () => {
    expect(talk(met, says("date"), at(24)).message.text).not.toContain("fine della sessione");
    const warned = talk(saying(met, ...writing).session, says("canary@example.org"), at(26));
    expect(warned.message.text).toContain("Mancano 4 minuti");
    expect(labels(warned)).toEqual(expect.arrayContaining(["Un codice per dopo", "Fine sessione"]));
    expect(talk(warned.session, says("date"), at(27)).message.text).not.toContain("Mancano");
  });

  it("by itself when its time is over: what comes then is not read", () => {
    const { session } = saying(met, ...writing);
    const { effects, message } = talk(session, says("canary@example.org"), at(ASSISTED_MINUTES));
    expect(effects).toEqual([{ kind: "endAssisted", by: "time" }]);
    expect(message.text).toMatch(/tempo.*finito/);
    expect(message.text).not.toMatch(/canary|Maria/);
  });

  it("never before somebody in danger was told whom to call", () => {
    const { message } = talk(met, says("voglio morire"), at(ASSISTED_MINUTES));
    expect(message.text).toContain("112");
  });

  it("and the next words in the facilitator's chat are not read, unless they are a word of ours", () => {
    const back = { ...owner, givenBack: true };
    const unread = talk(back, says("canary@example.org"));
    expect(unread.message.text).toContain("non l'ho letto");
    expect(JSON.stringify(unread.session)).not.toContain("canary");
    expect(talk(unread.session, says("date")).message.text).not.toContain("non l'ho letto");
    expect(talk(back, says("menu")).message.text).toContain("Cosa vuoi fare");
    expect(talk(back, { kind: "media", media: "voice" }).message.text).toContain("non l'ho letto");
  });

  it("of which there is none where none is on", () => {
    const { message, effects } = saying(owner, "fine sessione");
    expect(message.text).toContain("nessuna sessione");
    expect(effects).toEqual([]);
  });
});
