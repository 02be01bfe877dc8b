import type { ProjectCard } from "../../core/engine/message.ts";

/** A picture to be carried, drawn, kept and shown. */
export const CARD: ProjectCard = {
  kind: "card",
  alt: "La scheda di «Un forno di comunità».",
  heading: ["Digitale Bene Comune"],
  title: "Un forno di comunità",
  summary: "Un forno a legna per tutto il paese.",
  cost: "Costo: 9.000 €",
  invitation: "Scrivi all'assistente.",
};
