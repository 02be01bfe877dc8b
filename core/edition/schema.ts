import { z } from "zod";
import { event, table } from "./around.ts";
import { questionnaires } from "./questionnaires.ts";
import { reminders } from "./reminders.ts";
import {
  amount,
  day,
  dayOfYear,
  id,
  language,
  listing,
  localised,
  otherwise,
  phaseId,
  sources,
  statement,
  timeOfDay,
  url,
  weekday,
  wholeNumber,
  words,
} from "./values.ts";

/**
 * What an edition's file may say. Objects are strict: a key that is not known is a mistake, most
 * often a misspelling. Whatever is stated as a fact carries the keys of its `sources`.
 */

function isTimeZone(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone }) !== undefined;
  } catch {
    return false;
  }
}

const union = z.strictObject({
  name: localised,
  /** Site and telephone may be missing in a demonstration alone: see `obstaclesToServing`. */
  site: url.optional(),
  phone: words.optional(),
  email: z.email("write an e-mail address").optional(),
  hours: localised.optional(),
  sources,
});

const comune = z.strictObject({
  id,
  name: localised,
  /** Hamlets, as people call them: a sentence that names one is about this Comune. */
  places: z.array(words).optional(),
});

/** A document that facts come from. */
const source = z.strictObject({
  /** As a citizen reads it after "fonte:". */
  title: localised,
  date: day.optional(),
  url: url.optional(),
});

const privacy = z.strictObject({
  controller: localised.optional(),
  dpo: localised.optional(),
  /** Where the full privacy notice stands. */
  notice: url.optional(),
  /** Months of silence after which whoever wrote is forgotten. */
  keepMonths: z.int().positive().default(12),
  /** How long what a citizen writes is kept, in a sentence. */
  retention: localised.optional(),
  /**
   * Sentences that were not understood are kept, for so many days and without anything of a person, to learn from
   * them. Absent: none is. To be set only where the privacy notice says so.
   */
  misses: z.strictObject({ keepDays: z.int().positive().max(365) }).optional(),
});

const inOrder = ({ from, to }: { readonly from: string; readonly to: string }) => from <= to;
const notInOrder = { path: ["to"], error: "comes before the beginning" };

const phase = z
  .strictObject({
    id: phaseId,
    name: localised,
    from: day,
    to: day,
    note: localised.optional(),
    sources,
  })
  .refine(inOrder, notInOrder);

/** A booth or an assisted station. */
const station = z.strictObject({
  id,
  name: localised,
  where: localised,
  hours: localised.optional(),
  sources,
});

/** A key as `npm run keys` prints it: SPKI in base64. */
const publicKey = z
  .string(otherwise("write the public key that npm run keys printed"))
  .regex(/^[A-Za-z0-9+/]{200,}={0,2}$/, "write the public key that npm run keys printed");

/** How the vote that the assistant itself holds is cast and counted. Without it nobody votes through it. */
const ballot = z.strictObject({
  /** How many projects a person may choose. */
  choices: z.discriminatedUnion(
    "rule",
    [
      z.strictObject({ rule: z.literal("one") }),
      z.strictObject({ rule: z.literal("upTo"), most: wholeNumber.min(2).max(50) }),
      /** As many as the budget pays for together. */
      z.strictObject({ rule: z.literal("withinBudget") }),
    ],
    otherwise("use the rule one, upTo with most, or withinBudget"),
  ),
  /** Whether an empty ballot may be cast. */
  blank: z.boolean(),
  /** How people prove who they are. SPID is never the only way. */
  routes: z
    .strictObject({
      /** SPID and CIE, through a gateway. */
      spid: z.boolean(),
      /**
       * The data that the pact asks for and a one-time code: sent to a contact that the roll holds, or
       * to whatever contact is given, which proves knowledge and not identity.
       */
      code: z.enum(["roll", "self-declared", "off"], otherwise("use roll, self-declared or off")),
      /** At a station, where staff look at a document. */
      station: z.boolean(),
    })
    .refine(({ code, station }) => code !== "off" || station, "SPID must not be the only way to vote"),
  /** How long a station may take a mark back, in minutes. */
  undoMinutes: wholeNumber.min(0).max(120).default(15),
  /** What is done when the next project costs more than what is left of the budget. */
  atTheEdge: z.enum(["skip", "stop"], otherwise("use skip or stop")),
  /** Which of two projects with as many votes comes first; a lot is drawn with a seed given at the count. */
  ties: z.enum(["cheaper", "dearer", "lot"], otherwise("use cheaper, dearer or lot")),
  /** Whether every ballot is published without its voter: a count anybody can redo, and a vote that can be shown to a buyer. */
  publishBallots: z.boolean().default(false),
  /** Numbers of people under this one are not published by Comune. */
  smallNumbers: wholeNumber.min(2).max(20).default(5),
  /** The guarantors' key; a demonstration makes its own. */
  publicKey: publicKey.optional(),
  /** Allows a real vote on the embedded database, which can lose the last moments when the power goes. */
  onEmbedded: z.boolean().default(false),
  sources,
});

/** How one votes: on paper, online, or both. */
const vote = z
  .strictObject({
    paper: z
      .strictObject({
        from: day,
        to: day,
        /** Where it takes place, as far as it is known. */
        where: localised,
        /** What to bring. */
        documents: z.array(localised).min(1),
        sources,
      })
      .refine(inOrder, notInOrder)
      .optional(),
    online: z
      .strictObject({
        from: day,
        to: day,
        site: url,
        /** What the site asks for. */
        asks: z.array(localised).min(1),
        sources,
      })
      .refine(inOrder, notInOrder)
      .optional(),
    /** What somebody who is not a resident does at the booth. */
    cityUserAtBooth: statement.optional(),
    /** Where somebody without Internet, or who needs help, votes. */
    assisted: statement.optional(),
    /** Which proposals win. */
    winners: statement.optional(),
    stations: z.array(station).default([]),
    ballot: ballot.optional(),
  })
  .refine(({ paper, online }) => paper || online, "give paper, online or both");

/** How something may be done so that it counts. */
const officialChannels = z
  .strictObject({
    /** Whether what is sent through the assistant counts. */
    assistant: z.boolean(),
    site: url.optional(),
    paper: z.strictObject({ where: z.array(localised).min(1) }).optional(),
    sources,
  })
  .refine(({ assistant, site, paper }) => assistant || site || paper, "name at least one way that counts");

/** People who live elsewhere and may take part, because something ties them to the territory. */
const elsewhere = z.strictObject({
  /** Who they are, as after "also": `chi ci lavora o ci studia`, `people who work or study there`. */
  who: localised,
  /** What ties them to it, as they would say it. */
  links: z.array(z.strictObject({ id, name: localised })).min(1),
  /** Whether those of them who are stateless take part as everybody does, or the office decides. */
  stateless: z.enum(["office", "entitled"], otherwise("use office or entitled")),
  /** A register that they must be on to vote online. */
  register: z
    .strictObject({
      /** Days from the request to being enabled to vote. */
      waitDays: wholeNumber.nonnegative(),
      /** Days to advise, so that nobody comes too late. */
      adviseDays: wholeNumber.nonnegative(),
      how: localised,
      sources,
    })
    .refine(({ waitDays, adviseDays }) => waitDays <= adviseDays, {
      path: ["adviseDays"],
      error: "must not be less than waitDays",
    })
    .optional(),
  sources,
});

const eligibility = z.strictObject({
  minimumAge: wholeNumber.min(0).max(99),
  /** The day by which the minimum age must be reached. */
  reachedBy: day,
  /** Where it is left out, only residents take part. */
  elsewhere: elsewhere.optional(),
  /** What somebody entitled may do. */
  entitledTo: localised,
  sources,
});

const challenge = z.strictObject({
  id,
  name: localised,
  /** What it admits. */
  admits: z.array(localised).min(1),
  sources,
});

/** Criteria that a proposal has a question about: it is asked where the edition has the criterion. */
export const criteriaAsked = ["public-interest", "reach", "involvement", "no-conflict"] as const;
export type CriterionAsked = (typeof criteriaAsked)[number];

const proposals = z.strictObject({
  perPerson: z.union(
    [z.literal("several"), wholeNumber.positive()],
    otherwise("write several, or a whole number"),
  ),
  challenges: z.array(challenge).min(1),
  /** All of them must hold for a proposal to be admissible; some ids bring a question: {@link criteriaAsked}. */
  criteria: z.array(z.strictObject({ id, text: localised, sources })).min(1),
  /** Estimated cost in whole euros. */
  cost: z
    .strictObject({
      min: amount,
      max: amount,
      sources,
      /** A higher limit that another source states: accepted up to it, as to be confirmed. */
      contested: z.strictObject({ max: amount, sources }).optional(),
    })
    .refine(({ min, max }) => min < max, { path: ["max"], error: "must be higher than min" })
    .refine(({ max, contested }) => contested === undefined || max < contested.max, {
      path: ["contested", "max"],
      error: "must be higher than the max that it contests",
    })
    .optional(),
  /** What is asked of somebody who proposes online. */
  asks: listing.optional(),
  paperForm: z
    .strictObject({
      /** Where it can be downloaded; the Union's site where the exact page is not known. */
      site: url,
      /** Where it can be picked up and handed in. */
      where: z.array(localised).min(1),
      sources,
    })
    .optional(),
  /** What happens once a proposal is in. */
  after: statement,
});

/** What citizens ask about. An answer to it says which sources contradict each other there, and what is not published. */
export const concerns = ["challenges", "dates", "how", "where", "when", "register", "count", "help"] as const;
export type Concern = (typeof concerns)[number];

/** Which answers speak of it; the list of what is to be settled does in any case. */
const concerning = z.array(z.enum(concerns, otherwise(`use ${concerns.join(", ")}`))).default([]);

/** Sources that contradict each other: both are kept, and the Union settles which one holds. */
const conflict = z.strictObject({
  id,
  matter: localised,
  concerns: concerning,
  values: z
    .array(z.strictObject({ text: localised, source: id }))
    .min(2, "a conflict has two values or more"),
  /** What the assistant goes by until the Union settles it. */
  inForce: localised,
});

/** The people who answer what the assistant cannot. Without them it gives the telephone alone. */
const office = z.strictObject({
  /** E-mail address that is told of new requests; only of their numbers. */
  address: z.email(otherwise("write an e-mail address")),
  /** Opening hours of a week, in the time zone of the edition; on Italian holidays it is closed. */
  hours: z
    .array(
      z
        .strictObject({
          days: z.array(weekday).min(1, "name at least one day"),
          from: timeOfDay,
          to: timeOfDay,
        })
        .refine(({ from, to }) => from < to, { path: ["to"], error: "comes before the opening" }),
    )
    .min(1, "say when it is open"),
  /** Days on which it is closed beside Italy's holidays: `11-13` every year, `2027-11-02` once. */
  closedOn: z.array(dayOfYear).default([]),
  /** Days of opening within which it answers. */
  answersWithinDays: wholeNumber.min(1).max(60),
  sources,
});

/** One of the Union's online services. What is left out is said to be unpublished. */
const service = z.strictObject({
  id,
  /** Also a button: 24 characters are seen everywhere. */
  name: localised,
  /** What it is for, in a sentence. */
  what: localised,
  /** Its page. */
  link: url.optional(),
  /** Whether one signs in with SPID, or with another digital identity. */
  spid: z.enum(["needed", "notNeeded"], otherwise("use needed or notNeeded")).optional(),
  /** Who helps with it, in a sentence. */
  help: localised.optional(),
  /** Words that people ask for it with, by language; of several words, all have to be there. */
  asked: z.record(language, z.array(words).min(1)),
  /** Sources of this one alone, beside those of the list. */
  sources: sources.optional(),
});

/** The Union's online services. */
const services = z.strictObject({ items: z.array(service).min(1), sources });

export const edition = z.strictObject({
  id,
  /** A demonstration: its clock may be moved, and nothing in it reaches the Union. */
  demo: z.boolean().default(false),
  /** Kept for the record: it can be tried in a terminal, and is refused where citizens write. */
  archive: z.boolean().default(false),
  /** What a citizen must be told before anything else, such as that this is not the real thing. */
  disclaimer: localised.optional(),
  name: localised,
  /** What it is, and what people do in it. */
  about: statement,
  year: wholeNumber.optional(),
  /** The languages it speaks, the main one first; a text given by language has all of them. */
  languages: z
    .array(language)
    .min(1, "name at least one language")
    .refine((all) => new Set(all).size === all.length, "names a language twice"),
  /** Languages that it speaks as far as its texts are translated: the others are quoted in the main one. */
  alsoIn: z.array(language).default([]),
  /** IANA name of the zone its days are counted in. */
  timeZone: words.refine(isTimeZone, "write a time zone such as Europe/Rome"),
  union,
  comuni: z.array(comune).min(1),
  /** What can be spent in all, in whole euros. */
  budget: z.strictObject({ amount, sources }).optional(),
  sources: z.record(id, source),
  privacy: privacy.prefault({}),
  /** Those that the Union has fixed: some, all or none. */
  phases: z.array(phase),
  vote: vote.optional(),
  channels: z.strictObject({ proposals: officialChannels, vote: officialChannels.optional() }),
  eligibility,
  proposals,
  conflicts: z.array(conflict).default([]),
  /** What no source states: the assistant says so and gives the contact. */
  unpublished: z.array(z.strictObject({ id, matter: localised, concerns: concerning })).default([]),
  /** What was inferred from a source that does not state it. */
  toConfirm: z.array(z.strictObject({ id, matter: localised, sources })).default([]),
  services: services.optional(),
  /** Who helps in person. */
  helpers: listing.optional(),
  /** What is known of assemblies and public meetings in general, with or without days. */
  meetings: statement.optional(),
  events: z.array(event).default([]),
  /** The negotiation table. */
  table: table.optional(),
  questionnaires,
  office: office.optional(),
  /** When, how often and of what people are reminded; what is left out is as people bear it best. */
  reminders: reminders.prefault({}),
});

export type Edition = z.infer<typeof edition>;
export type Phase = Edition["phases"][number];
export type PhaseId = Phase["id"];
export type Service = z.infer<typeof service>;
/** The rules of the vote that the assistant holds. */
export type BallotRules = z.infer<typeof ballot>;
