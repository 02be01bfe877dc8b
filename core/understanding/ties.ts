import type { Edition } from "../edition/schema.ts";
import { readMentions } from "./mentions.ts";
import { normal } from "./normal.ts";
import { wordSet } from "./word-set.ts";

/** What somebody has to do with the territory. */
interface Ties {
  /** Id of the Comune where they live, or `elsewhere`. */
  readonly residence?: string;
  /** Id of what ties them to a Comune they do not live in. */
  readonly link?: string;
}

/** Words by which one says what one does somewhere; each of the links bears the id that editions give it. */
const verbs: Readonly<Record<string, ReadonlySet<string>>> = {
  home: wordSet("abito vivo risiedo residente residenza abitiamo viviamo live living resident reside"),
  work: wordSet("lavoro lavoriamo lavorando work working"),
  study: wordSet("studio studiamo studente studentessa study studying student"),
  volunteer: wordSet("volontario volontaria volontariato volunteer volunteering"),
  domicile: wordSet("domicilio domiciliato domiciliata domicile"),
};
const places = wordSet("a ad in at nel di");
/** Before it, one that is not done, or not yet. */
const denials = wordSet("non nn not no mai t dove where cerco cercare trovare");
/** Words between what one does and where. */
const REACH = 5;
/** Whoever says more of it is not understood surely. */
const MOST_CLAUSES = 4;

/**
 * Reads what a free sentence says of its writer's home and work: "lavoro a Podenzano ma abito a
 * Piacenza". Somebody lives elsewhere only where they say so beside what ties them to a Comune: a
 * name that is not in the edition may be one of its hamlets.
 */
export function readTies(text: string, edition: Pick<Edition, "comuni">): Ties {
  const clauses = clausesOf(text);
  if (clauses.length > MOST_CLAUSES) return {};
  const home = clauses.filter(({ verb }) => verb === "home");
  const links = clauses.filter(({ verb, where }) => verb !== "home" && comuneIn(where, edition));
  const [lives, ...others] = home;
  const [tie, ...more] = links;
  const link = tie && more.every(({ verb }) => verb === tie.verb) ? tie.verb : undefined;
  const comune = lives && others.length === 0 ? comuneIn(lives.where, edition) : undefined;
  if (comune) return { residence: comune };
  if (!link) return {};
  return { ...(lives && others.length === 0 && { residence: "elsewhere" }), link };
}

interface Clause {
  readonly verb: string;
  readonly where: string;
}

/** What is done and where, as far as it stands together. */
function clausesOf(text: string): readonly Clause[] {
  const words = normal(text).split(" ");
  const verbAt = (at: number) => Object.keys(verbs).find((name) => verbs[name]?.has(words[at] ?? ""));
  return words.flatMap((_, at) => {
    const verb = verbAt(at);
    if (!verb || words.slice(Math.max(0, at - 2), at).some((word) => denials.has(word))) return [];
    const after = words.slice(at + 1, at + 1 + REACH);
    const next = after.findIndex((_word, from) => verbAt(at + 1 + from) !== undefined);
    const reach = next === -1 ? after : after.slice(0, next);
    const from = reach.findIndex((word) => places.has(word));
    return from === -1 || from === reach.length - 1 ? [] : [{ verb, where: reach.slice(from + 1).join(" ") }];
  });
}

const comuneIn = (where: string, edition: Pick<Edition, "comuni">): string | undefined =>
  readMentions(where, edition).comune;
