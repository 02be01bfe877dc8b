import type { Service } from "../edition/schema.ts";
import type { Door } from "../engine/flow.ts";
import type { Text } from "../engine/message.ts";
import type { Topic } from "../topic.ts";
import { contacts, phoneOf } from "./contacts.ts";
import { sourced } from "./sources.ts";
import { lacking } from "./unsettled.ts";

/** The Union's online services, one to press for each. */
export const services: Topic = {
  name: "services",
  answer(context, session) {
    const { edition } = context;
    if (!edition.services) {
      const { say, ...rest } = contacts.answer(context, session, "");
      return { ...rest, say: { lines: [{ key: "services.unpublished" }, say], gap: true } };
    }
    const { items, sources } = edition.services;
    return {
      say: sourced(edition, [{ key: "services.which" }], sources),
      doors: [...items.map(serviceDoor), helpersDoor],
    };
  },
};

/** One service: what it is for, its page, whether SPID is needed, who helps. What is not published is named. */
export const service: Topic = {
  name: "service",
  answer(context, session, id) {
    const { edition } = context;
    const found = edition.services?.items.find((one) => one.id === id);
    if (!edition.services || !found) return services.answer(context, session, "");
    const { name, what, link, help, sources = [] } = found;
    return {
      say: sourced(
        edition,
        [
          { lines: [{ literal: name }, { literal: what }] },
          ...signingIn(found),
          ...unpublished(found),
          ...(help ? [{ literal: help }] : []),
          { key: "services.help", params: { phone: phoneOf(edition) } },
        ],
        [...edition.services.sources, ...sources],
      ),
      ...(link && { link: { url: link, label: { key: "services.option.open" } } }),
      doors: [
        ...(found.spid === "needed" ? [spidDoor] : []),
        helpersDoor,
        { opens: "services", label: { key: "services.option.others" } },
      ],
    };
  },
};

const signingIn = ({ spid }: Service): Text[] => (spid ? [{ key: `services.spid.${spid}` }] : []);

/** What a citizen would need and nobody has said. */
function unpublished({ link, spid }: Service): Text[] {
  const matters: Text[] = [
    ...(link === undefined ? [{ key: "services.lacks.link" }] : []),
    ...(spid === undefined ? [{ key: "services.lacks.spid" }] : []),
  ];
  return matters.length > 0 ? [lacking(matters)] : [];
}

export const serviceDoor = ({ id, name }: Pick<Service, "id" | "name">): Door => ({
  opens: `service-${id}`,
  label: { literal: name },
});
const spidDoor: Door = { opens: "spid", label: { key: "services.option.spid" } };
const helpersDoor: Door = { opens: "helpers", label: { key: "contacts.option.helpers" } };
