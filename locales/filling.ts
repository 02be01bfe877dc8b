import type { Edition } from "../core/edition/schema.ts";
import type { Params, Text } from "../core/engine/message.ts";

const quoted = (literal: string): Text => ({ literal });
const list = (items: readonly Edition["name"][]): Text => ({
  list: items.map((literal) => ({ literal })),
});
const bullets = (items: readonly Edition["name"][]): Text => ({
  lines: items.map((literal) => ({ key: "rules.bullet", params: { text: { literal } } })),
});

/**
 * What fills the placeholders of messages, by name: an edition's own words, and answers as people give them.
 *
 * @throws Error where the edition lacks something that messages speak of
 */
export function fillingOf(edition: Edition): Params {
  const { union, proposals, eligibility, channels, comuni, budget } = edition;
  const { paper, online } = edition.vote ?? {};
  const { cost } = proposals;
  const { elsewhere } = eligibility;
  const [challenge] = proposals.challenges;
  const [conflict] = edition.conflicts;
  const pact = edition.sources["patto"];
  if (!challenge || !conflict || !pact || !paper || !online || !budget || !cost || !elsewhere?.register)
    throw new Error("The edition has nothing to fill messages with.");

  return {
    about: { literal: edition.about.text },
    address: "maria.rossi@posta.it",
    admitted: bullets(challenge.admits),
    age: eligibility.minimumAge,
    askBy: { date: "2026-10-11" },
    asks: list(online.asks),
    assistant: { literal: edition.name },
    at: "9:00",
    because: quoted("Il legame non risulta."),
    born: { date: "2010-10-18" },
    budget: { euros: budget.amount },
    by: { date: eligibility.reachedBy },
    challenge: { literal: challenge.name },
    code: "QLTVXD",
    comune: "Vigolzone",
    comuni: list(comuni.map(({ name }) => name)),
    cost: { euros: 5000 },
    contact: "maria.rossi@posta.it",
    controller: { literal: edition.privacy.controller ?? edition.union.name },
    count: 3,
    date: { date: "2026-09-07" },
    day: { date: "2026-10-03" },
    days: 90,
    documents: list(paper.documents),
    drafts: 1,
    dpo: { literal: edition.union.name },
    edition: { literal: edition.name },
    elsewhere: { literal: elsewhere.who },
    email: "maria.rossi@posta.it",
    euros: { euros: 4000 },
    first: { date: online.from },
    flow: "cityuser",
    from: { date: paper.from },
    helpers: list(edition.helpers?.items ?? []),
    high: quoted("molto"),
    higher: { euros: 12_500 },
    hours: "dal lunedì al venerdì, dalle 9 alle 13",
    how: { literal: elsewhere.register.how },
    id: "3f9a01c2",
    inForce: { literal: conflict.inForce },
    items: bullets(edition.helpers?.items ?? []),
    item: quoted("un documento d'identità"),
    joined: 1,
    languages: list(["Italiano", "English"]),
    last: { date: "2027-03-04" },
    left: 2,
    lesson: "SPID",
    length: 2000,
    limits: "some",
    low: quoted("per niente"),
    manner: { key: "manner.how.simple" },
    matter: { literal: conflict.matter },
    matters: bullets(edition.unpublished.map(({ matter }) => matter)),
    max: { euros: cost.max },
    may: { literal: eligibility.entitledTo },
    min: { euros: cost.min },
    minutes: 15,
    most: 3,
    name: "Rosa",
    next: { literal: proposals.after.text },
    number: 1,
    on: { date: "2027-03-15" },
    onRoll: 22_000,
    organisation: "Pro Loco di Gropparello",
    other: { literal: pact.title },
    phase: "raccolta delle proposte",
    phone: union.phone ?? "",
    proposals: 2,
    questionnaires: 1,
    reminders: 1,
    requests: 1,
    retention: { literal: edition.privacy.retention ?? "" },
    rule: quoted("Il costo deve stare fra 3.000 € e 10.000 €."),
    said: "Apri il progetto QLTVXD",
    seconds: 8,
    sign: quoted("Ti mette fretta."),
    signature: "k3Jx0a",
    site: union.site ?? "",
    source: { literal: pact.title },
    sources: { literal: pact.title },
    spent: { euros: 12_000 },
    state: { key: "mine.state.submitted" },
    station: "Biblioteca di Podenzano",
    step: 2,
    steps: 7,
    surname: "Rossi",
    text: quoted("Nonni in rete per tutti"),
    tickets: 1,
    time: "10:40",
    ties: 1,
    title: "Nonni in rete per tutti",
    titles: bullets(["Nonni in rete per tutti"]),
    to: { date: paper.to },
    today: { date: "2026-09-07" },
    union: { literal: union.name },
    until: "12:30",
    url: union.site ?? "",
    values: bullets(conflict.values.map(({ text }) => text)),
    via: "both",
    wait: elsewhere.register.waitDays,
    when: { key: "remind.kind.unfinished_proposal.when" },
    where: list(channels.proposals.paper?.where ?? []),
    why: quoted("Curiamo le frazioni di collina."),
    year: "1949",
    voted: 1800,
    votes: 640,
    blank: 12,
    null: 3,
  };
}
