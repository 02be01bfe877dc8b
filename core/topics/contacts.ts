import type { Context } from "../context.ts";
import type { Edition } from "../edition/schema.ts";
import type { Text } from "../engine/message.ts";
import type { Topic } from "../topic.ts";
import { listed } from "./lists.ts";
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

/** The number to call, or that there is none yet: only where nobody is served. */
export const phoneOf = ({ union }: Edition): Text =>
  union.phone === undefined ? { key: "contacts.no_phone" } : { literal: union.phone };

/** Phone, hours, e-mail and site; what is not published is said to be so. */
export function reach(edition: Edition): Text[] {
  const { union } = edition;
  return [
    { key: "contacts.phone", params: { phone: phoneOf(edition) } },
    union.hours
      ? { key: "contacts.hours", params: { hours: { literal: union.hours } } }
      : { key: "contacts.hours_unpublished" },
    union.email
      ? { key: "contacts.email", params: { email: union.email } }
      : { key: "contacts.email_unpublished" },
    ...(union.site ? [{ key: "contacts.site", params: { site: union.site } }] : []),
  ];
}
