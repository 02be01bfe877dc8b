import type { Edition } from "../edition/schema.ts";
import type { Door } from "../engine/flow.ts";
import type { Text } from "../engine/message.ts";
import type { Topic } from "../topic.ts";
import { phoneOf } from "./contacts.ts";
import { bullet } from "./lists.ts";
import { sourced, titles } from "./sources.ts";
import { conflictDoors, conflictsDoor, lacking, unsettled, values } from "./unsettled.ts";

/** What the proposals may be about, one challenge a line, each with a door to what it admits. */
export const challenges: Topic = {
  name: "challenges",
  answer({ edition }) {
    const all = edition.proposals.challenges;
    const rows = all.map(({ name }, at) => ({
      key: "rules.numbered",
      params: { number: at + 1, text: { literal: name } },
    }));
    return {
      say: sourced(
        edition,
        [{ key: "rules.challenges" }, { lines: rows }, ...unsettled(edition, "challenges")],
        all.flatMap((one) => one.sources),
      ),
      doors: [
        ...all.map(({ id, name }) => ({ opens: `challenge-${id}`, label: { literal: name } })),
        ...conflictDoors(edition, "challenges"),
      ],
    };
  },
};

/** What one challenge admits. */
export const challenge: Topic = {
  name: "challenge",
  answer(context, session, id) {
    const found = context.edition.proposals.challenges.find((one) => one.id === id);
    if (!found) return challenges.answer(context, session, "");
    return {
      say: sourced(context.edition, [admits(found)], found.sources),
      doors: [{ opens: "challenges", label: { key: "rules.option.challenges" } }, rulesDoor],
    };
  },
};

/** A challenge's name and what it admits. */
export const admits = ({ name, admits: admitted }: Edition["proposals"]["challenges"][number]): Text => ({
  key: "rules.admits",
  params: { challenge: { literal: name }, admitted: { lines: admitted.map(bullet) } },
});

/** When a proposal is admissible, its cost, and where the documents contradict each other. */
export const rules: Topic = {
  name: "rules",
  answer({ edition }) {
    const { criteria } = edition.proposals;
    const rows = criteria.map(({ text }) => bullet(text));
    return {
      brief: sourced(edition, [cost(edition)], edition.proposals.cost?.sources ?? []),
      say: sourced(
        edition,
        [{ key: "rules.criteria" }, { lines: rows }, cost(edition)],
        criteria.flatMap((one) => one.sources),
      ),
      doors: [
        { opens: "challenges", label: { key: "rules.option.challenges" } },
        ...(isUnsettled(edition) ? [conflictsDoor] : []),
      ],
    };
  },
};

/** The limits of the cost; where sources contradict each other, both. */
export function cost(edition: Edition): Text {
  if (!edition.proposals.cost) return { key: "rules.cost_unpublished" };
  const { min, max, contested, sources } = edition.proposals.cost;
  const limits = { min: { euros: min }, max: { euros: max } };
  if (!contested) return { key: "rules.cost", params: limits };
  return {
    key: "rules.cost_contested",
    params: {
      ...limits,
      higher: { euros: contested.max },
      source: titles(edition, sources),
      other: titles(edition, contested.sources),
    },
  };
}

const isUnsettled = ({ conflicts, unpublished, toConfirm }: Edition): boolean =>
  [conflicts, unpublished, toConfirm].some((list) => list.length > 0);

/** What was inferred and not stated, if anything. */
export const toConfirm = ({ toConfirm: inferred }: Edition): Text[] =>
  inferred.length === 0
    ? []
    : [
        {
          key: "rules.to_confirm",
          params: { matters: { lines: inferred.map(({ matter }) => bullet(matter)) } },
        },
      ];

/** Where the documents contradict each other, and what nobody has published or confirmed yet. */
export const conflicts: Topic = {
  name: "conflicts",
  answer({ edition }) {
    const rows = edition.conflicts.map((conflict) => ({
      key: "rules.conflict",
      params: {
        matter: { literal: conflict.matter },
        values: values(edition, conflict),
        inForce: { literal: conflict.inForce },
      },
    }));
    const unpublished = edition.unpublished.map(({ matter }) => bullet(matter));
    const contact = { key: "contacts.phone", params: { phone: phoneOf(edition) } };
    return {
      say: {
        gap: true,
        lines: [
          ...(isUnsettled(edition) ? [] : [{ key: "rules.settled" }]),
          ...(rows.length > 0 ? [{ key: "rules.conflicts" }, ...rows] : []),
          ...(unpublished.length > 0 ? [lacking(unpublished)] : []),
          ...toConfirm(edition),
          contact,
        ],
      },
      doors: [rulesDoor],
    };
  },
};

const rulesDoor: Door = { opens: "rules", label: { key: "rules.option.rules" } };
