import { expect, test } from "vitest";
import type { Query } from "../../core/queries.ts";
import { demo, fresh, type Heard, presses, says, talk } from "../support/talk.ts";

const english = { ...fresh(), language: "en", welcomed: true };
const choose = (heard: Heard, id: string) =>
  presses(heard.session.screen.find(({ data }) => data.endsWith(id))?.data ?? `no ${id}`);

/** Goes on with one message after the other, each text or the id of an option. */
function go(first: Heard, ...given: readonly string[]): Heard {
  return given.reduce<Heard>((heard, one) => {
    const answer = one.startsWith(".") ? choose(heard, one) : says(one);
    return talk(heard.session, answer);
  }, first);
}

const begun = () => talk(english, presses("go.join"));
const kept = (heard: Heard) =>
  heard.effects.flatMap((effect) => (effect.kind === "openTicket" ? [effect.text] : []));

test("A request reaches the office in its own language, whatever the person's", () => {
  const sent = go(begun(), ".organisation", "Pro Loco", "Rosa Bianchi", "rosa@posta.it", "We care.", ".yes");
  expect(kept(sent)).toEqual([
    "Chiede di entrare nel Tavolo di Negoziazione per «Pro Loco».\nNome: Rosa Bianchi\nRecapito: rosa@posta.it\nPerché: We care.",
  ]);
  expect(sent.sends.map(({ channel, address }) => [channel, address])).toEqual([
    ["mail", demo.office?.address],
  ]);
});

test("Who goes back and asks for themselves no longer asks for an organisation", () => {
  const back = go(
    begun(),
    ".organisation",
    "Pro Loco",
    "back",
    "back",
    ".citizen",
    "Rosa Bianchi",
    "0523 123456",
  );
  const [text] = kept(go(back, "We care.", ".yes"));
  expect(text).toContain(", a nome suo.");
  expect(text).not.toContain("Pro Loco");
});

test.each(["non lo so", "12345", "1234567890123456", "via Roma 1, 29029"])("%s is no contact", (typed) => {
  const asked = go(begun(), ".citizen", "Rosa Bianchi");
  expect(go(asked, typed).session.active.at(-1)?.asking).toBe("contact");
  expect(go(asked, "+39 0523/123456").session.active.at(-1)?.asking).toBe("why");
});

test("Nothing is taken from who has three requests open, or where nobody can be told", () => {
  const open = [1, 2, 3].map((number) => ({ number, state: "open" }));
  const find = ({ kind }: Query) => (kind === "ownTickets" ? open : undefined);
  expect(talk(english, presses("go.join"), { find }).session.active).toEqual([]);
  const { table } = demo;
  if (!table) throw new Error("The demonstration has a table.");
  const closed = talk(english, presses("go.join"), {
    edition: { ...demo, table: { ...table, assistant: false } },
  });
  expect(closed.session.active).toEqual([]);
  expect(closed.message.link?.url).toBe(table.site);
});
