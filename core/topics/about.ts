import type { Span } from "../edition/calendar.ts";
import type { Edition } from "../edition/schema.ts";
import type { Text } from "../engine/message.ts";
import type { Topic } from "../topic.ts";
import { phoneOf } from "./contacts.ts";
import { phaseDoors, standing } from "./dates.ts";
import { toConfirm } from "./rules.ts";
import { sourced } from "./sources.ts";

/** What the edition is, and with how much money. */
export const about: Topic = {
  name: "about",
  answer(context) {
    const { edition } = context;
    const { name, union, comuni, budget } = edition;
    const what: Text = {
      key: "about.what",
      params: {
        edition: { literal: name },
        union: { literal: union.name },
        about: { literal: edition.about.text },
        comuni: { list: comuni.map((one) => ({ literal: one.name })) },
      },
    };
    const money: Text = budget
      ? { key: "about.budget", params: { budget: { euros: budget.amount } } }
      : { key: "about.budget_unpublished" };
    return {
      say: sourced(
        edition,
        [what, ...toConfirm(edition), money, { key: "about.free" }, standing(context)],
        [...edition.about.sources, ...(budget?.sources ?? [])],
      ),
      doors: [...phaseDoors(context), { opens: "eligibility", label: { key: "home.option.eligibility" } }],
    };
  },
};

/** When, where and with what one votes, as far as it is known. */
export const vote: Topic = {
  name: "vote",
  answer(context) {
    const { edition } = context;
    const ways = edition.vote ? waysToVote(edition.vote) : [];
    const says =
      ways.length > 0
        ? ways.map(({ say }) => say)
        : [{ key: "about.vote.unpublished" }, { key: "contacts.phone", params: { phone: phoneOf(edition) } }];
    return {
      say: sourced(
        edition,
        [standing(context), ...says],
        ways.flatMap(({ sources }) => sources),
      ),
      doors: phaseDoors(context).filter(({ opens }) => opens !== "vote"),
    };
  },
};

interface Sourced {
  readonly say: Text;
  readonly sources: readonly string[];
}

function waysToVote(vote: NonNullable<Edition["vote"]>): Sourced[] {
  const { paper, online, cityUserAtBooth, assisted, winners } = vote;
  const ways: Sourced[] = [];
  if (paper) {
    const { where, documents, sources } = paper;
    const params = { ...days(paper), where: { literal: where }, documents: things(documents) };
    ways.push({ say: { key: "about.vote.paper", params }, sources });
  }
  if (online) {
    const { site, asks, sources } = online;
    ways.push({
      say: { key: "about.vote.online", params: { ...days(online), site, asks: things(asks) } },
      sources,
    });
  }
  for (const statement of [assisted, cityUserAtBooth, winners])
    if (statement) ways.push({ say: { literal: statement.text }, sources: statement.sources });
  return ways;
}

const days = ({ from, to }: Span) => ({ from: { date: from }, to: { date: to } });
const things = (items: readonly Edition["name"][]): Text => ({
  list: items.map((item) => ({ literal: item })),
});
