import type { Edition } from "../edition/schema.ts";
import type { Message, Text } from "../engine/message.ts";
import { phoneOf } from "../topics/contacts.ts";
import type { Words } from "../words.ts";
import type { StationDay } from "./stations.ts";

/** A station as people know it; one that the edition does not list is called as it was opened. */
export const stationName = ({ vote }: Edition, name: string): Text => ({
  literal: vote?.stations.find(({ id }) => id === name)?.name ?? name,
});

/**
 * What somebody is told who was marked as voting on paper, so that nobody votes there in another's
 * name unnoticed. The roll knows no language: it is the edition's first.
 */
export function paperNotice(edition: Edition, words: Words): (marked: StationDay) => Message {
  const language = words.languages[0] ?? "it";
  return ({ name, day }) => {
    const params = { station: stationName(edition, name), day: { date: day }, phone: phoneOf(edition) };
    return { text: words.say(language, { key: "station.told", params }), choices: [], language };
  };
}
