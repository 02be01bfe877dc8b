import type { Context as Request } from "hono";
import { html } from "hono/html";
import type { Text } from "../../core/engine/message.ts";
import { line, placeOf, reasonOf } from "../../core/topics/results.ts";
import type { Published } from "../../core/voting/published.ts";
import { languageOf, type Surroundings, votingPage } from "../voting/shell.ts";

/** Every file, with what is in it. */
const FILES = {
  projects: ["progetti.json", "progetti.csv"],
  results: ["risultati.json", "risultati.csv", "bilancio.pb"],
  receipts: ["ricevute.json", "ricevute.csv"],
  code: ["pagine.json"],
} as const;

/** Files of words that these pages speak with. */
const SAID = ["data", "results"];

export function contentsPage(c: Request, surroundings: Surroundings) {
  const t = wordsOf(c, surroundings);
  const files = Object.entries(FILES).map(
    ([what, names]) => html`<h2>${t({ key: `data.${what}.title` })}</h2>
      <p>${t({ key: `data.${what}.is` })}</p>
      <ul>${names.map((name) => html`<li><a href="/dati/${name}">${name}</a></li>`)}</ul>`,
  );
  return votingPage(c, surroundings, {
    title: { key: "data.title" },
    also: SAID,
    body: html`<p>${t({ key: "data.lead" })}</p>
      <p><a href="/dati/risultati">${t({ key: "data.see_results" })}</a></p>
      ${files}`,
  });
}

/** What the vote came to, with a bar for each project. */
export function resultsPage(c: Request, surroundings: Surroundings, published: Published | undefined) {
  const t = wordsOf(c, surroundings);
  const title: Text = { key: "results.option.results" };
  if (!published) {
    return votingPage(c, surroundings, {
      title,
      also: SAID,
      body: html`<p>${t({ key: "results.not_yet" })}</p>`,
    });
  }
  const { result, turnout, projects, on } = published;
  const most = Math.max(1, ...result.steps.map(({ votes }) => votes));
  const titles = new Map(projects.map((one) => [one.code, one.title]));
  const steps = result.steps.map(
    (step) => html`<li>
        <h3>${titles.get(step.id) ?? step.id}${step.decision === "funded" ? html` <span class="wins">${t({ key: "results.wins" })}</span>` : ""}</h3>
        <p><progress class="votes" max="${most}" value="${step.votes}" aria-hidden="true"></progress>
        ${t({ key: "results.votes", params: { votes: step.votes } })}, ${t({ euros: step.cost })}</p>
        <p>${t(reasonOf(step))}</p>
      </li>`,
  );
  const ways = (["paper", "spid", "code", "station"] as const).map((way) =>
    t(line({ key: `results.way.${way}` }, turnout.byRoute[way])),
  );
  const places = turnout.byComune.map(({ comune, voted }) =>
    t(line(placeOf(surroundings.edition, comune), voted)),
  );
  return votingPage(c, surroundings, {
    title,
    also: SAID,
    body: html`<p>${t({ key: "results.turnout", params: { voted: turnout.voted, onRoll: turnout.onRoll } })}</p>
      <p>${t({ key: "results.money", params: { spent: { euros: result.spent }, left: { euros: result.left } } })}</p>
      <h2>${t({ key: "results.chart" })}</h2>
      <ol class="results">${steps}</ol>
      <p>${t({ key: "data.blank", params: { blank: result.blank, null: result.null } })}</p>
      <h2>${t({ key: "results.by_way" })}</h2>${ways.map((way) => html`<p>${way}</p>`)}
      <h2>${t({ key: "results.by_place" })}</h2>${places.map((place) => html`<p>${place}</p>`)}
      <p class="hint">${t({ key: "results.hidden" })}</p>
      <p>${t({ key: "results.published", params: { on: { date: on } } })}</p>
      <p><a href="/dati">${t({ key: "data.title" })}</a></p>`,
  });
}

function wordsOf(c: Request, surroundings: Surroundings) {
  const language = languageOf(c, surroundings, undefined, SAID);
  return (text: Text) => surroundings.words.say(language, text);
}
