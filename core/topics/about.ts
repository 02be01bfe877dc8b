import type { Text } from "../engine/message.ts";
import type { Topic } from "../topic.ts";
import { phaseDoors, standing } from "./dates.ts";
import { toConfirm } from "./rules.ts";
import { sourced } from "./sources.ts";
import { tableDoor } from "./table.ts";

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
    const sources = [...edition.about.sources, ...(budget?.sources ?? [])];
    const free: Text = { key: "about.free" };
    return {
      brief: sourced(edition, [{ literal: edition.about.text }, money, free], sources),
      say: sourced(edition, [what, ...toConfirm(edition), money, free, standing(context)], sources),
      doors: [
        ...phaseDoors(context),
        { opens: "eligibility", label: { key: "home.option.eligibility" } },
        ...(edition.table ? [tableDoor] : []),
      ],
    };
  },
};
