import type { Context } from "../context.ts";
import type { Held } from "../held.ts";
import type { ConsentGiven } from "./wishes.ts";

type Row = readonly [key: string, value: string];

/** What is kept of somebody's reminders: rows by the names of `privacy.row`. */
export function heldOfReminders(
  { edition, say }: Pick<Context, "edition" | "say">,
  { reminders, notices, hours, comune, votedIn, consents }: Held,
): readonly Row[] {
  const home = edition.comuni.find(({ id }) => id === comune)?.name ?? comune;
  return [
    ...reminders.map((of): Row => ["reminder", of]),
    ...notices.map(({ id, on }): Row => ["notice", `${id}: ${say({ date: on })}`]),
    ...(hours === "any" ? [] : [["hours", say({ key: `remind.option.${hours}` })] satisfies Row]),
    ...(home === undefined ? [] : [["comune", say({ literal: home })] satisfies Row]),
    ...(votedIn === undefined ? [] : [["voted", votedIn] satisfies Row]),
    ...consents.map((one): Row => ["consent", consent(one, say)]),
  ];
}

/** "7 settembre 2026: news, sì, button, telegram, remind.news.yes:it:1f2e3d4c" */
function consent({ of, act, by, channel, words, on }: ConsentGiven, say: Context["say"]): string {
  const what = of ?? say({ key: "privacy.consent.everything" });
  const said = [what, say({ key: `privacy.consent.${act}` }), by, channel, ...(words ? [words] : [])];
  return `${say({ date: on })}: ${said.join(", ")}`;
}
