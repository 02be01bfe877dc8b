import type { Edition } from "../edition/schema.ts";
import { phoneOf } from "../topics/contacts.ts";
import type { Words } from "../words.ts";
import type { StationVotes } from "./ports.ts";

/**
 * What those are told whose vote was taken at a station, so that nobody votes there in another's name
 * unnoticed. The roll knows no language: it is the edition's first.
 *
 * @param channels all that there are
 */
export function stationVotes(edition: Edition, words: Words, channels: readonly string[]): StationVotes {
  const language = words.languages[0] ?? "it";
  const text = words.say(language, { key: "urn.told", params: { phone: phoneOf(edition) } });
  return { channels, message: { text, choices: [], language } };
}
