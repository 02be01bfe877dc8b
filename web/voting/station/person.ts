import { html } from "hono/html";
import type { Day } from "../../../core/edition/calendar.ts";
import type { Voter } from "../../../core/voting/ports.ts";
import { isVoting } from "../../../core/voting/window.ts";
import { type Counter, form, type Html, onward, problemIn, type StationOptions } from "./counter.ts";
import { documentChoice, voterField } from "./fields.ts";

/** What somebody may do that day, as staff read it in one big word. */
export type Word = "may" | "voted" | "later" | "none" | "closed";

/** The word, large, and in a colour that only repeats it. */
export const bigWord = ({ t }: Counter, word: Word, day?: Day): Html =>
  html`<p class="word ${word}">${t(`person.word.${word}`, { day: day ? { date: day } : "" })}</p>
    <p>${t(`person.${word}`)}</p>`;

/** Somebody on the roll: no more of them than it takes to tell them from others. */
export function personPage(
  counter: Counter,
  options: StationOptions,
  voter: Voter,
  /** Messages of `station.yaml`: what was wrong, or was done. */
  { problem, done }: { readonly problem?: string; readonly done?: string } = {},
) {
  const word = wordFor(voter, options.today());
  return counter.page(
    `${voter.name} ${voter.surname}`,
    html`
      ${done === undefined ? "" : html`<p role="status">${counter.t(done)}</p>`}
      ${particulars(counter, options, voter)}
      ${bigWord(counter, word, voter.enabledFrom)}
      ${problemIn(counter, problem)}
      ${word === "may" ? ways(counter, options, voter) : ""}
      ${onward(counter)}`,
    problem === undefined ? 200 : 400,
  );
}

function wordFor({ voted, enabledFrom }: Voter, today: Day): Word {
  if (voted) return "voted";
  return enabledFrom !== undefined && enabledFrom > today ? "later" : "may";
}

function particulars({ t, say }: Counter, { edition }: StationOptions, { birth, comune }: Voter): Html {
  const literal = edition.comuni.find(({ id }) => id === comune)?.name ?? comune ?? "";
  return html`<p>
      ${t("person.born", { year: birth.slice(0, 4) })}<br>
      ${comune === undefined ? t("person.elsewhere") : t("person.comune", { comune: say({ literal }) })}
    </p>`;
}

/** The ways to vote that are open here today. */
function ways(counter: Counter, { edition, today }: StationOptions, voter: Voter): Html {
  const { t } = counter;
  const onPaper = isVoting(edition, "paper", today());
  const onThisDevice = isAssisted(edition, today());
  const who = html`${voterField(voter)}
    ${voter.hasCode ? "" : documentChoice(counter, t("person.no_code"))}`;
  const marking = html`${who}<button>${t("person.mark")}</button>`;
  const assisting = html`${who}<p>${t("person.assist_note")}</p><button>${t("person.assist")}</button>`;
  return html`
    ${onPaper ? form(counter, "segna", marking, "unsure") : ""}
    ${onThisDevice ? form(counter, "assistito", assisting) : ""}
    ${onPaper || onThisDevice ? "" : html`<p>${t("person.no_vote")}</p>`}`;
}

/** Whether people may vote online on a station's device that day. */
export const isAssisted = (edition: StationOptions["edition"], today: Day): boolean =>
  edition.vote?.ballot?.routes.station === true && isVoting(edition, "online", today);

/** People to choose from, each with what tells them apart. */
export const people = (counter: Counter, options: StationOptions, voters: readonly Voter[]): Html =>
  html`<ul class="people">
    ${voters.map((voter) => {
      const choosing = html`${voterField(voter)}<button>${counter.t("find.choose")}</button>`;
      return html`<li>
        <strong>${voter.name} ${voter.surname}</strong>
        ${particulars(counter, options, voter)}
        ${form(counter, "persona", choosing, "unsure_find")}
      </li>`;
    })}
  </ul>`;
