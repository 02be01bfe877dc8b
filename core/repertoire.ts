import { commands } from "./commands.ts";
import type { Edition } from "./edition/schema.ts";
import { arrive } from "./facilitators/arrive.ts";
import { accept, decline, handOver } from "./facilitators/handing.ts";
import { accompany } from "./flows/accompany.ts";
import { assisted } from "./flows/assisted.ts";
import { cityuser } from "./flows/cityuser.ts";
import { companion } from "./flows/companion.ts";
import { eligibility } from "./flows/eligibility.ts";
import { facilitator } from "./flows/facilitator.ts";
import { helping } from "./flows/helping.ts";
import { join } from "./flows/join.ts";
import { operator } from "./flows/operator.ts";
import { proposal } from "./flows/proposal.ts";
import { takeup } from "./flows/takeup.ts";
import { lessons } from "./lessons/index.ts";
import { lessonNames } from "./lessons/names.ts";
import { questionnaireFlow } from "./questionnaires/flow.ts";
import { about } from "./topics/about.ts";
import { card } from "./topics/card.ts";
import { accompanied, alone, whoAccompanies } from "./topics/company.ts";
import { contacts } from "./topics/contacts.ts";
import { courtesy } from "./topics/courtesy.ts";
import { dates } from "./topics/dates.ts";
import { event, events } from "./topics/events.ts";
import { helpers } from "./topics/helpers.ts";
import { home } from "./topics/home.ts";
import { learn } from "./topics/learn.ts";
import { lessons as lessonList, sheet } from "./topics/lessons.ts";
import { mine, move, withdraw, withdrawn } from "./topics/mine.ts";
import { erase, erased, myData, privacy } from "./topics/privacy.ts";
import { project, projects, share } from "./topics/projects.ts";
import { register } from "./topics/register.ts";
import { remind, stop } from "./topics/remind.ts";
import { reminders } from "./topics/reminders.ts";
import { results } from "./topics/results.ts";
import { challenge, challenges, conflicts, rules } from "./topics/rules.ts";
import { service, services } from "./topics/services.ts";
import { table } from "./topics/table.ts";
import { trial } from "./topics/trial.ts";
import { tie, vote } from "./topics/vote.ts";
import { voted } from "./topics/voted.ts";
import { ways } from "./topics/ways.ts";
import { when } from "./topics/when.ts";
import { where } from "./topics/where.ts";
import { prefer, unwish, wish } from "./topics/wish.ts";
import type { Repertoire } from "./turn.ts";
import type { Payloads } from "./understanding/vocabulary.ts";

/** Everything the assistant can talk about, whatever the edition. */
export const repertoire: Repertoire = {
  flows: [
    eligibility,
    proposal,
    cityuser,
    takeup,
    join,
    operator,
    facilitator,
    accompany,
    companion,
    helping,
    assisted,
    ...Object.values(lessons).map(({ flow }) => flow),
  ],
  topics: [
    home,
    about,
    courtesy,
    dates,
    events,
    event,
    table,
    challenges,
    challenge,
    rules,
    conflicts,
    contacts,
    helpers,
    card,
    lessonList,
    sheet,
    learn,
    services,
    service,
    privacy,
    myData,
    erase,
    erased,
    vote,
    tie,
    ways,
    where,
    when,
    results,
    projects,
    project,
    share,
    mine,
    withdraw,
    withdrawn,
    move,
    register,
    whoAccompanies,
    alone,
    accompanied,
    remind,
    reminders,
    wish,
    unwish,
    prefer,
    voted,
    stop,
    trial,
  ],
  commands: { ...commands, with: arrive, handover: handOver, accept, decline },
  pressedOnly: [
    "erased",
    "withdrawn",
    "discard",
    "tie",
    "wish",
    "unwish",
    "prefer",
    "voted",
    "assisted",
    "alone",
    "handover",
    "accept",
    "decline",
  ],
  home: "home",
};

/** With what an edition brings of its own: the questions of its questionnaires. */
export const repertoireOf = (edition: Edition): Repertoire => ({
  ...repertoire,
  flows: [...repertoire.flows, questionnaireFlow(edition)],
});

/** What the lists of `locales/<language>/words.yaml` open. */
export const payloads: Payloads = {
  word: [
    "menu",
    "help",
    "back",
    "cancel",
    "repeat",
    "simpler",
    "normal",
    "numbers",
    "buttons",
    "skip",
    "operator",
    "stop",
    "language",
    "privacy",
    "eligibility",
    "proposal",
    "mine",
    "takeup",
    "cityuser",
    "register",
    "vote",
    "projects",
    "project",
    "reminders",
    "trial",
    "services",
    "helpers",
    "facilitator",
    "accompany",
    "accompanied",
    "whoaccompanies",
    "alone",
    "with",
    "lessons",
    "questionnaire",
    "assisted",
    "assisted-end",
    ...lessonNames,
  ],
  question: [
    "about",
    "dates",
    "events",
    "table",
    "card",
    "rules",
    "challenges",
    "contacts",
    "conflicts",
    "ways",
    "where",
    "when",
    "projects",
    "results",
    "services",
    ...lessonNames.map((name) => `learn-${name}`),
    "helpers",
    "privacy",
  ],
  subject: [
    "home",
    "courtesy-thanks",
    "courtesy-goodbye",
    "dates",
    "events",
    "table",
    "card",
    "rules",
    "challenges",
    "contacts",
    "about",
    "projects",
    "project",
    "language",
  ],
};
