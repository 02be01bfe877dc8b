import type { Span } from "./calendar.ts";
import { isMapping } from "./merge.ts";
import { type Edition, phaseIds } from "./schema.ts";

/** What is wrong in an edition's file, and where: `phases.1.from`; empty for the file as a whole. */
export interface Mistake {
  readonly path: string;
  readonly message: string;
}

/** What holds between the parts of an edition's file, which no part can check by itself. */
export function crossCheck(edition: Edition): Mistake[] {
  return [
    ...checkServing(edition),
    ...checkZone(edition),
    ...checkPhases(edition),
    ...checkVote(edition),
    ...checkCost(edition),
    ...checkCityUser(edition),
    ...checkSources(edition),
    ...checkLanguages(edition),
    ...checkIds(edition),
  ];
}

/**
 * What keeps an edition from serving citizens: they must be told who answers for their data. A
 * demonstration keeps nobody's, so nothing is asked of it.
 */
export function obstaclesToServing(edition: Edition): Mistake[] {
  if (edition.demo) return [];
  const missing = (["controller", "dpo", "notice"] as const)
    .filter((name) => edition.privacy[name] === undefined)
    .map((name) => ({ path: `privacy.${name}`, message: `is missing: ${whatFor[name]}` }));
  const archive = edition.archive
    ? [{ path: "archive", message: "an archive can only be tried: npm run chat -- --at ISO-TIME" }]
    : [];
  return [...missing, ...archive];
}

const whatFor = {
  controller: "name who is responsible for the data (GDPR, art. 13)",
  dpo: "name the data protection officer, and how to reach them (GDPR, art. 13)",
  notice: "give the address of the privacy notice (GDPR, art. 13)",
};

function checkServing(edition: Edition): Mistake[] {
  if (edition.demo && edition.archive) {
    return [{ path: "archive", message: "a demonstration is no archive: keep one of the two" }];
  }
  return edition.archive ? [] : obstaclesToServing(edition);
}

function checkZone({ timeZone }: Edition): Mistake[] {
  try {
    new Intl.DateTimeFormat("en", { timeZone });
    return [];
  } catch {
    return [{ path: "timeZone", message: "is no time zone: write one such as Europe/Rome" }];
  }
}

function checkSpan(path: string, span: Span, within?: Span): Mistake[] {
  const mistakes: Mistake[] = [];
  if (span.to < span.from) {
    mistakes.push({ path: `${path}.to`, message: `comes before its beginning, ${span.from}` });
  }
  if (within && span.from < within.from) {
    mistakes.push({ path: `${path}.from`, message: `comes before the phase begins, ${within.from}` });
  }
  if (within && span.to > within.to) {
    mistakes.push({ path: `${path}.to`, message: `comes after the phase ends, ${within.to}` });
  }
  return mistakes;
}

function checkPhases({ phases }: Edition): Mistake[] {
  const mistakes = phases.flatMap((phase, index) => checkSpan(`phases.${index}`, phase));
  for (const [index, phase] of phases.entries()) {
    const previous = phases[index - 1];
    if (previous && phase.from <= previous.to) {
      mistakes.push({
        path: `phases.${index}.from`,
        message: `must come after the end of ${previous.id}, ${previous.to}`,
      });
    }
  }
  if (phases.map(({ id }) => id).join() !== phaseIds.join()) {
    mistakes.push({ path: "phases", message: `must be ${phaseIds.join(", ")}, each once, in this order` });
  }
  return mistakes;
}

function checkVote({ phases, vote }: Edition): Mistake[] {
  const phase = phases.find(({ id }) => id === "vote");
  return [...checkSpan("vote.paper", vote.paper, phase), ...checkSpan("vote.online", vote.online, phase)];
}

function checkCost({ budget, proposals: { cost } }: Edition): Mistake[] {
  const mistakes: Mistake[] = [];
  if (cost.max <= cost.min) {
    mistakes.push({
      path: "proposals.cost.max",
      message: `must be higher than the lowest cost, ${cost.min}`,
    });
  }
  if (cost.contested && cost.contested.max <= cost.max) {
    mistakes.push({
      path: "proposals.cost.contested.max",
      message: `must be higher than the highest cost, ${cost.max}`,
    });
  }
  if (cost.max > budget.amount) {
    mistakes.push({ path: "proposals.cost.max", message: `is more than the whole budget, ${budget.amount}` });
  }
  return mistakes;
}

function checkCityUser({ eligibility: { cityUser } }: Edition): Mistake[] {
  if (cityUser.adviseDays >= cityUser.waitDays) return [];
  return [
    {
      path: "eligibility.cityUser.adviseDays",
      message: `must not be less than the days to wait, ${cityUser.waitDays}`,
    },
  ];
}

function checkSources(edition: Edition): Mistake[] {
  const { sources: known, ...facts } = edition;
  const mistakes: Mistake[] = [];
  walk(facts, "", (path, { source, sources }) => {
    const named = new Map<string, unknown>([[join(path, "source"), source]]);
    if (Array.isArray(sources)) {
      for (const [index, key] of sources.entries()) named.set(join(path, `sources.${index}`), key);
    }
    for (const [place, key] of named) {
      if (typeof key === "string" && !Object.hasOwn(known, key)) {
        mistakes.push({ path: place, message: `${key} is not among the sources` });
      }
    }
  });
  return mistakes;
}

/** A text that is given by language must have every language of the edition: none is shown half. */
function checkLanguages(edition: Edition): Mistake[] {
  const { sources, ...rest } = edition;
  const titles = Object.fromEntries(Object.entries(sources).map(([key, { title }]) => [key, { title }]));
  const mistakes: Mistake[] = [];
  walk({ ...rest, sources: titles }, "", (path, value) => {
    if (!isByLanguage(value)) return;
    for (const language of edition.languages) {
      if (!Object.hasOwn(value, language))
        mistakes.push({ path: join(path, language), message: "is missing" });
    }
  });
  return mistakes;
}

/** No other part of an edition has names of two letters only, and nothing else but texts. */
function isByLanguage(value: Record<string, unknown>): boolean {
  const entries = Object.entries(value);
  return entries.length > 0 && entries.every(([key, text]) => key.length === 2 && typeof text === "string");
}

function checkIds(edition: Edition): Mistake[] {
  const mistakes: Mistake[] = [];
  const check = (path: string, items: readonly { readonly id: string }[]) => {
    for (const [index, { id }] of items.entries()) {
      if (items.findIndex((item) => item.id === id) < index) {
        mistakes.push({ path: `${path}.${index}.id`, message: `${id} is there already` });
      }
    }
  };
  check("comuni", edition.comuni);
  check("eligibility.links", edition.eligibility.links);
  check("proposals.challenges", edition.proposals.challenges);
  check("proposals.criteria", edition.proposals.criteria);
  check("conflicts", edition.conflicts);
  check("unpublished", edition.unpublished);
  return mistakes;
}

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
