import type { Text } from "../engine/message.ts";
import type { Topic } from "../topic.ts";
import { phaseDoors, standing } from "./dates.ts";
import { sourced } from "./sources.ts";

/** What the participatory budget is. */
export const about: Topic = {
  name: "about",
  answer(context) {
    const { edition } = context;
    const params = {
      edition: { literal: edition.name },
      union: { literal: edition.union.name },
      comuni: { list: edition.comuni.map(({ name }) => ({ literal: name })) },
      budget: { euros: edition.budget.amount },
    };
    return {
      say: sourced(edition, [{ key: "about.what", params }, standing(context)], edition.budget.sources),
      doors: [...phaseDoors(context), { opens: "eligibility", label: { key: "home.option.eligibility" } }],
    };
  },
};

/** Who holds what is written here, and where the whole notice stands. */
export const privacy: Topic = {
  name: "privacy",
  answer({ edition }) {
    const { controller, dpo, notice, retention } = edition.privacy;
    const line = (key: string, text: typeof controller): Text[] =>
      text ? [{ key: `about.privacy.${key}`, params: { text: { literal: text } } }] : [];
    return {
      say: {
        gap: true,
        lines: [
          { key: "about.privacy.what" },
          ...line("controller", controller),
          ...line("dpo", dpo),
          ...line("retention", retention),
          ...(notice ? [{ key: "about.privacy.notice", params: { url: notice } }] : []),
        ],
      },
    };
  },
};

/** When, where and with what one votes. */
export const vote: Topic = {
  name: "vote",
  answer(context) {
    const { edition } = context;
    const { paper, online, cityUserAtBooth, assisted, winners } = edition.vote;
    const things = (items: readonly (typeof edition.name)[]): Text => ({
      list: items.map((item) => ({ literal: item })),
    });
    return {
      say: sourced(
        edition,
        [
          standing(context),
          {
            key: "about.vote.paper",
            params: {
              from: { date: paper.from },
              to: { date: paper.to },
              where: { literal: paper.where },
              documents: things(paper.documents),
            },
          },
          {
            key: "about.vote.online",
            params: {
              from: { date: online.from },
              to: { date: online.to },
              site: online.site,
              asks: things(online.asks),
            },
          },
          { literal: assisted.text },
          { literal: cityUserAtBooth.text },
          { literal: winners.text },
        ],
        paper.sources,
      ),
      doors: phaseDoors(context).filter(({ opens }) => opens !== "vote"),
    };
  },
};
