import type { Context } from "../context.ts";
import type { Edition } from "../edition/schema.ts";
import type { Text } from "../engine/message.ts";
import type { Topic } from "../topic.ts";
import { sourced } from "./sources.ts";

/** How to reach the Union: phone and site, hours and address where they are published. */
export const contacts: Topic = {
  name: "contacts",
  answer: ({ edition }) => ({ say: sourced(edition, reach(edition), edition.union.sources) }),
};

/** Somebody wants a person: the phone, and who helps face to face. */
export function inPerson({ edition }: Pick<Context, "edition">): Text {
  const helpers = edition.helpers ? [listed("contacts.helpers", edition.helpers.items)] : [];
  return sourced(
    edition,
    [{ key: "contacts.operator" }, ...reach(edition), ...helpers],
    [...edition.union.sources, ...(edition.helpers?.sources ?? [])],
  );
}

/** Who helps in person. */
export const helpers: Topic = {
  name: "helpers",
  answer({ edition }) {
    if (!edition.helpers) return { say: inPerson({ edition }) };
    return {
      say: sourced(edition, [listed("contacts.helpers", edition.helpers.items)], edition.helpers.sources),
      doors: [{ opens: "operator", label: { key: "engine.option.operator" } }],
    };
  },
};

/** The Union's online services, SPID counters among them. */
export const services: Topic = {
  name: "services",
  answer(context, session) {
    const { edition } = context;
    if (!edition.services) return contacts.answer(context, session, "");
    return {
      say: sourced(
        edition,
        [
          listed("contacts.services", edition.services.items),
          { key: "contacts.services_more" },
          ...reach(edition),
        ],
        edition.services.sources,
      ),
      doors: [{ opens: "helpers", label: { key: "contacts.option.helpers" } }],
    };
  },
};

/** The number to call, or that there is none yet: only where nobody is served. */
export const phoneOf = ({ union }: Edition): Text =>
  union.phone === undefined ? { key: "contacts.no_phone" } : { literal: union.phone };

function reach(edition: Edition): Text[] {
  const { union } = edition;
  return [
    { key: "contacts.phone", params: { phone: phoneOf(edition) } },
    union.hours
      ? { key: "contacts.hours", params: { hours: { literal: union.hours } } }
      : { key: "contacts.hours_unpublished" },
    ...(union.email ? [{ key: "contacts.email", params: { email: union.email } }] : []),
    ...(union.site ? [{ key: "contacts.site", params: { site: union.site } }] : []),
  ];
}

const listed = (key: string, items: readonly Edition["name"][]): Text => ({
  key,
  params: {
    items: { lines: items.map((item) => ({ key: "rules.bullet", params: { text: { literal: item } } })) },
  },
});
