import { localeOf } from "../../core/shelf.ts";
import type { BallotPage } from "./ballot-page.ts";
import { formToken } from "./shell.ts";

/** What the page's script says by itself. */
const SAID = [
  ...["count", "count_cost", "full", "too_dear", "none", "item", "total"],
  ...["sending", "weak", "offline", "file", "copied", "not_copied", "anew", "enter"],
];

/** Placeholders fill themselves here: it is the page that knows what goes in. */
const KEEP = Object.fromEntries(
  ["count", "most", "spent", "left", "title", "cost", "seconds", "id", "signature"].map((name) => [
    name,
    `{${name}}`,
  ]),
);

/** What the page's script works with, as it stands in the page; `client/types.d.ts` types it there. */
export function clientSettings({ edition, rules, ballot, token, atStation, language, until, t }: BallotPage) {
  const { choices } = rules;
  const params = { ...KEEP, edition: { literal: edition.name }, to: { date: until } };
  return {
    publicKey: ballot.publicKey,
    digest: ballot.digest,
    form: formToken(token),
    atStation,
    blank: rules.blank,
    most: choices.rule === "one" ? 1 : choices.rule === "upTo" ? choices.most : null,
    budget: choices.rule === "withinBudget" ? (edition.budget?.amount ?? 0) : null,
    /** As amounts are written everywhere else. */
    locale: localeOf(language),
    words: Object.fromEntries(SAID.map((name) => [name, t(`said.${name}`, params)])),
  };
}
