import { z } from "zod";
import { isMapping } from "./merge.ts";
import { misplacedConditions } from "./questionnaires.ts";
import { automatic, misplacedReminders } from "./reminders.ts";
import { type Edition, edition } from "./schema.ts";
import { phaseIds } from "./values.ts";

/**
 * What is wrong in an edition's file, and where: `phases.1.from`, or `line 12` where it cannot be
 * read so far; empty for the file as a whole.
 */
export interface Mistake {
  readonly path: string;
  readonly message: string;
}

/**
 * What holds between the parts of an edition's file, which no part can check by itself. Parts that
 * have mistakes of their own are passed over, so that one round lists as much as possible.
 */
export function crossCheck(content: unknown): Mistake[] {
  return [
    ...check(z.object({ demo, archive, privacy, union: reachable }), content, serving),
    ...check(z.object({ phases }), content, sequence),
    ...check(z.object({ phases, vote }), content, votesWithinPhase),
    ...check(z.object({ vote, channels, eligibility }), content, whatVotingNeeds),
    ...check(z.object({ demo, vote, channels, budget }), content, whatTheBallotNeeds),
    ...check(z.object({ budget, proposals }), content, costWithinBudget),
    ...check(z.object({ questionnaires }), content, ({ questionnaires }) =>
      misplacedConditions(questionnaires),
    ),
    // What the file leaves out is adapted to its phases, so that only what it says can be wrong.
    ...check(z.object({ phases, reminders: z.looseObject({ automatic }) }), content, (parts) =>
      misplacedReminders(parts.reminders.automatic, parts.phases),
    ),
    ...check(z.object({ sources: z.looseObject({}) }), content, ({ sources }) =>
      unknownSources(content, Object.keys(sources)),
    ),
    ...check(z.object({ languages }), content, ({ languages }) => missingLanguages(content, languages)),
    ...check(z.object({ languages, alsoIn }), content, spokenTwice),
    ...repeatedIds(content),
  ];
}

const { demo, archive, languages, alsoIn, privacy, phases, vote, channels, eligibility, budget, proposals } =
  edition.shape;
const { questionnaires } = edition.shape;

/** Whether there is a way to reach the Union, right or wrong: a wrong one is told of by its own part. */
const reachable = z.object({ site: z.unknown().optional(), phone: z.unknown().optional() });

function check<T>(parts: z.ZodType<T>, content: unknown, find: (parts: T) => Mistake[]): Mistake[] {
  const parsed = parts.safeParse(content);
  return parsed.success ? find(parsed.data) : [];
}

/** The parts of an edition that decide whether it may serve citizens. */
type Serving = Pick<Edition, "demo" | "archive" | "privacy"> & {
  readonly union: { readonly site?: unknown; readonly phone?: unknown };
};

/**
 * What keeps an edition from serving citizens: they must be told who answers for their data, and
 * have somebody to call. A demonstration has no citizens, so nothing is asked of it.
 */
export function obstaclesToServing({ demo, archive, privacy, union }: Serving): Mistake[] {
  if (demo) return [];
  const told = {
    "union.site": [union.site, "give the address of the Union's site"],
    "union.phone": [union.phone, "give the number that citizens call to talk to a person"],
    "privacy.controller": [privacy.controller, "name who is responsible for the data (GDPR, art. 13)"],
    "privacy.dpo": [privacy.dpo, "name the data protection officer, and how to reach them (GDPR, art. 13)"],
    "privacy.notice": [privacy.notice, "give the address of the privacy notice (GDPR, art. 13)"],
  } as const;
  const missing = Object.entries(told).flatMap(([path, [value, whatFor]]) =>
    value === undefined ? [{ path, message: `is missing: ${whatFor}` }] : [],
  );
  return archive
    ? [
        ...missing,
        { path: "archive", message: "an archive can only be tried: npm run chat -- --at ISO-TIME" },
      ]
    : missing;
}

function serving(parts: Serving): Mistake[] {
  if (parts.demo && parts.archive) {
    return [{ path: "archive", message: "a demonstration is no archive: keep one of the two" }];
  }
  return parts.archive ? [] : obstaclesToServing(parts);
}

function sequence({ phases }: Pick<Edition, "phases">): Mistake[] {
  const overlaps = phases.flatMap((phase, index) => {
    const previous = phases[index - 1];
    if (previous === undefined || previous.to < phase.from) return [];
    const message = `must come after the end of ${previous.id}, ${previous.to}`;
    return [{ path: `phases.${index}.from`, message }];
  });
  // One that is there twice is told of as a repeated id.
  const places = [...new Set(phases.map(({ id }) => phaseIds.indexOf(id)))];
  const inOrder = places.every((place, index) => index === 0 || (places[index - 1] ?? 0) < place);
  if (inOrder) return overlaps;
  return [...overlaps, { path: "phases", message: `must be in this order: ${phaseIds.join(", ")}` }];
}

function votesWithinPhase({ phases, vote }: Pick<Edition, "phases" | "vote">): Mistake[] {
  if (vote === undefined) return [];
  const phase = phases.find(({ id }) => id === "vote");
  if (phase === undefined) {
    return [{ path: "vote", message: "has no phase: add one with id vote to phases, or leave vote out" }];
  }
  return (["paper", "online"] as const).flatMap((way) => {
    const span = vote[way];
    const mistakes: Mistake[] = [];
    if (span && span.from < phase.from) {
      mistakes.push({ path: `vote.${way}.from`, message: `comes before the phase begins, ${phase.from}` });
    }
    if (span && span.to > phase.to) {
      mistakes.push({ path: `vote.${way}.to`, message: `comes after the phase ends, ${phase.to}` });
    }
    return mistakes;
  });
}

/** What is said of the vote in one part and needs another. */
function whatVotingNeeds(parts: Pick<Edition, "vote" | "channels" | "eligibility">): Mistake[] {
  const { vote, channels, eligibility } = parts;
  const mistakes: Mistake[] = [];
  if (vote && !channels.vote)
    mistakes.push({ path: "channels.vote", message: "is missing: say where a vote counts" });
  if (!vote && channels.vote) mistakes.push({ path: "channels.vote", message: "needs the part vote" });
  if (vote?.cityUserAtBooth && !vote.paper)
    mistakes.push({ path: "vote.cityUserAtBooth", message: "needs vote.paper" });
  if (eligibility.elsewhere?.register && !vote?.online)
    mistakes.push({
      path: "eligibility.elsewhere.register",
      message: "needs vote.online: its days are counted from there",
    });
  return mistakes;
}

/** What a vote that the assistant itself holds cannot do without. */
function whatTheBallotNeeds(parts: Pick<Edition, "demo" | "vote" | "channels" | "budget">): Mistake[] {
  const { demo, vote, channels, budget } = parts;
  const ballot = vote?.ballot;
  const counts = channels.vote?.assistant ?? false;
  if (!ballot) {
    const message = "is true, and there is no vote.ballot to say how one votes through the assistant";
    return counts ? [{ path: "channels.vote.assistant", message }] : [];
  }
  const needed = {
    "channels.vote.assistant": [counts, "must be true: vote.ballot says how one votes through the assistant"],
    "vote.online": [vote.online !== undefined, "is missing: vote.ballot needs its days"],
    budget: [budget !== undefined, "is missing: vote.ballot says how it is given out"],
    "vote.ballot.publicKey": [
      demo || ballot.publicKey !== undefined,
      "is missing: make it with npm run keys, before the guarantors",
    ],
  } as const;
  return Object.entries(needed).flatMap(([path, [isThere, message]]) => (isThere ? [] : [{ path, message }]));
}

function costWithinBudget({ budget, proposals }: Pick<Edition, "budget" | "proposals">): Mistake[] {
  if (!budget || !proposals.cost || proposals.cost.max <= budget.amount) return [];
  return [{ path: "proposals.cost.max", message: `is more than the whole budget, ${budget.amount}` }];
}

function unknownSources(content: unknown, known: readonly string[]): Mistake[] {
  const mistakes: Mistake[] = [];
  walk(content, "", (path, { source, sources }) => {
    const named = new Map([[join(path, "source"), source]]);
    if (Array.isArray(sources)) {
      for (const [index, key] of sources.entries()) named.set(join(path, `sources.${index}`), key);
    }
    for (const [place, key] of named) {
      if (typeof key !== "string" || known.includes(key)) continue;
      mistakes.push({ path: place, message: `${key} is not among the sources` });
    }
  });
  return mistakes;
}

/** A text that is given by language must have every language of the edition: none is shown half. */
function missingLanguages(content: unknown, languages: readonly string[]): Mistake[] {
  const mistakes: Mistake[] = [];
  walk(content, "", (path, value) => {
    if (!isByLanguage(value)) return;
    for (const language of languages) {
      if (!Object.hasOwn(value, language))
        mistakes.push({ path: join(path, language), message: "is missing" });
    }
  });
  return mistakes;
}

function spokenTwice({ languages, alsoIn }: Pick<Edition, "languages" | "alsoIn">): Mistake[] {
  const all = [...languages, ...alsoIn];
  return alsoIn.flatMap((language, index) =>
    all.indexOf(language) === languages.length + index
      ? []
      : [{ path: `alsoIn.${index}`, message: `${language} is there already` }],
  );
}

/** How many of an edition's texts each language of `alsoIn` has not got: these are quoted in the main one. */
export function untranslated(edition: Edition): readonly { language: string; lacks: number; of: number }[] {
  const texts: Record<string, unknown>[] = [];
  walk(edition, "", (_path, value) => {
    const isText = Object.values(value).every((words) => typeof words === "string");
    if (isText && isByLanguage(value)) texts.push(value);
  });
  return edition.alsoIn.map((language) => ({
    language,
    lacks: texts.filter((text) => !Object.hasOwn(text, language)).length,
    of: texts.length,
  }));
}

/** No other part of an edition has names of two letters only, save an item of which just the `id` is there. */
function isByLanguage(value: Record<string, unknown>): boolean {
  const keys = Object.keys(value);
  return keys.length > 0 && keys.every((key) => key.length === 2) && keys.join() !== "id";
}

function repeatedIds(content: unknown): Mistake[] {
  const mistakes: Mistake[] = [];
  walk(content, "", (path, value) => {
    for (const [key, list] of Object.entries(value)) {
      if (!Array.isArray(list)) continue;
      const ids = list.map(idOf);
      for (const [index, id] of ids.entries()) {
        if (id === undefined || ids.indexOf(id) === index) continue;
        mistakes.push({ path: join(path, `${key}.${index}.id`), message: `${String(id)} is there already` });
      }
    }
  });
  return mistakes;
}

function idOf(item: unknown): unknown {
  if (!isMapping(item)) return undefined;
  const { id } = item;
  return id;
}

/** Visits every mapping, with the path that leads to it. */
function walk(
  value: unknown,
  path: string,
  visit: (path: string, value: Record<string, unknown>) => void,
): void {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) walk(item, join(path, String(index)), visit);
  } else if (isMapping(value)) {
    visit(path, value);
    for (const [key, item] of Object.entries(value)) walk(item, join(path, key), visit);
  }
}

function join(path: string, key: string): string {
  return path === "" ? key : `${path}.${key}`;
}
