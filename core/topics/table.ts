import type { Context } from "../context.ts";
import type { Door, Finished } from "../engine/flow.ts";
import type { Text } from "../engine/message.ts";
import type { Topic } from "../topic.ts";
import { phoneOf } from "./contacts.ts";
import { sourced } from "./sources.ts";

/** The negotiation table: what it is, who may ask to join it, and where. */
export const table: Topic = {
  name: "table",
  answer: (context) => aboutTable(context),
};

export function aboutTable(context: Context): Finished {
  const { edition } = context;
  const phone: Text = { key: "contacts.phone", params: { phone: phoneOf(edition) } };
  if (!edition.table) return { say: sourced(edition, [{ key: "table.none" }, phone], []) };
  const { what, join, site, sources } = edition.table;
  const here = takesJoining(context);
  const ask: Text[] = here
    ? [{ key: "table.here" }]
    : [...(site ? [{ key: "table.site", params: { site } }] : []), { key: "table.fields" }, phone];
  return {
    say: sourced(edition, [{ literal: what }, { literal: join }, ...ask], sources),
    ...(!here && site && { link: { url: site, label: { key: "table.option.site" } } }),
    doors: here ? [joinDoor] : [],
  };
}

/** Whether requests to join are taken here, and reach somebody. */
export const takesJoining = ({ edition, mail }: Context): boolean =>
  edition.table?.assistant === true && edition.office !== undefined && mail;

export const tableDoor: Door = { opens: "table", label: { key: "table.option.table" } };

const joinDoor: Door = { opens: "join", label: { key: "table.option.join" } };
