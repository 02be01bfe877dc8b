import type { Text } from "../engine/message.ts";

/** A page of a public body; its title is the message `sources.page.<name>`. */
export interface OfficialPage {
  readonly url: string;
  /** When it was read, `YYYY-MM-DD`: what a page says may change. */
  readonly read: string;
  /** The page's own date, where it has one, `YYYY-MM-DD` or `YYYY-MM`. */
  readonly date?: string;
}

/**
 * What the lessons' national statements rest on. What is local stands in the edition.
 *
 * Where the pages disagree:
 * - An earlier text of `spid` (30 December 2020) says that SPID never costs anything once one has it. Some
 *   providers have asked for a yearly fee since: the lesson says to look first.
 * - `cieCodes` blocks the PIN at the third mistake, and so does `ioScreens`; `ciePuk` says "after more than
 *   three". The Ministry's page is followed.
 */
export const OFFICIAL = {
  /** What is needed; e-mail and telephone may be in another's name, and each person needs their own. */
  spid: { url: "https://www.spid.gov.it/domande-frequenti?lang=it", read: "2026-11-22" },
  /** The three levels, and what SPID opens. */
  spidLevels: {
    url: "https://www.comune.frassinoro.mo.it/leggi-le-faq/servizi-online/cose-lo-spid",
    read: "2026-11-22",
    date: "2025-07-31",
  },
  /** One registers, and is recognised in person or online. */
  spidSteps: { url: "https://www.comune.re.it/registrazione", read: "2026-11-22", date: "2021-09-21" },
  /** Where the two codes come from, what each does, and how the PIN is set anew. */
  cieCodes: {
    url: "https://www.cartaidentita.interno.gov.it/info-utili/codici-di-sicurezza-pin-e-puk/",
    read: "2026-11-22",
  },
  /** The levels 1 and 2, and what turns them on. */
  cieLevels: { url: "https://www.cartaidentita.interno.gov.it/embed/", read: "2026-11-22" },
  /** A card that was lost or stolen. */
  cieLost: {
    url: "https://www.cartaidentita.interno.gov.it/cittadini/furto-e-smarrimento/",
    read: "2026-11-22",
  },
  /** A PUK that was lost: the app, any Comune, and whom to call. */
  ciePuk: {
    url: "https://assistenza.ioapp.it/hc/it/articles/30724124920337-Ho-dimenticato-il-PUK-della-CIE",
    read: "2026-11-22",
  },
  /** What a notice says about where it is paid: the words are the same on each. */
  pagopaNotice: {
    url: "https://docs.pagopa.it/avviso-pagamento/allegato-2/specifiche-tecniche/dove-pagare.md",
    read: "2026-11-22",
  },
  /** The 18 digits, and the codice fiscale of who is paid. */
  pagopaCodes: {
    url: "https://docs.pagopa.it/linee-guida-brand-pagopa/casi-duso/prestatori-di-servizi-di-pagamento-psp/lesperienza-di-pagamento",
    read: "2026-11-22",
  },
  /** The kinds of places where a notice is paid in person. */
  pagopaPlaces: { url: "https://docs.pagopa.it/pagopa-sanp-preview/casi-duso", read: "2026-11-22" },
  /** That one may pay in cash. */
  pagopaCash: {
    url: "https://comune.ferrara.it/it/z/60/view?modelClass=open20%5Cagid%5Cservice%5Cmodels%5CAgidService&view=detailAgidServiceEdufe",
    read: "2026-11-22",
  },
  /** Whom one pays with it; that there may be a charge, and that it is shown. */
  pagopaCosts: { url: "https://docs.pagopa.it/sanp", read: "2026-11-22", date: "2024-12" },
  /** Who may use IO, with what, and where it is found. */
  io: { url: "https://ioapp.it/domande-frequenti", read: "2026-11-22" },
  /** What the app itself says: its buttons, codes and mistakes. */
  ioScreens: {
    url: "https://github.com/pagopa/io-app/blob/00030cc4f5ef9cd098a63a69a2fed0087752c1f6/locales/it/index.json",
    read: "2026-11-22",
  },
  /** How scams in the INPS's name go. */
  inps: {
    url: "https://www.inps.it/it/it/inps-comunica/dossier/vademecum-antitruffe/vademecum.html",
    read: "2026-11-22",
    date: "2025-04-15",
  },
  /** The false lawyer, and to call 112. */
  police: {
    url: "https://questure.poliziadistato.it/it/Aosta/articolo/7845b23b693c6e18415163444",
    read: "2026-11-22",
  },
  /** What 112 is, and that it is free from any telephone. */
  emergency: {
    url: "https://www.europarl.europa.eu/italy/it/succede-al-pe/112-il-numero-unico-europeo-per-le-emergenze",
    read: "2026-11-22",
  },
} as const satisfies Readonly<Record<string, OfficialPage>>;

export type OfficialSource = keyof typeof OFFICIAL;

/** "Fonte: …", with the day on which the oldest of them was read. */
export function official(names: readonly [OfficialSource, ...OfficialSource[]]): Text {
  const [read = ""] = names.map((name) => OFFICIAL[name].read).sort();
  return {
    key: "sources.official",
    params: {
      sources: { list: names.map((name) => ({ key: `sources.page.${name}` })) },
      on: { date: read },
    },
  };
}
