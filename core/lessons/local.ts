import type { Edition } from "../edition/schema.ts";
import type { Text } from "../engine/message.ts";
import { sourced } from "../topics/sources.ts";
import type { LessonName } from "./names.ts";

/**
 * What is true here and not everywhere: what the Union's own service of the lesson's name is, such as counters where
 * SPID is given; that taking part costs nothing.
 */
export type Local = "here" | "free";

/** That, with its source where it has one; `undefined` where the edition says nothing of it. */
export function localFact(name: LessonName, what: Local, edition: Edition): Text | undefined {
  if (what === "free") return { key: "lesson.free" };
  const { services } = edition;
  const service = services?.items.find(({ id }) => id === name);
  if (!services || !service) return undefined;
  const says = [service.what, ...(service.help ? [service.help] : [])].map((literal) => ({ literal }));
  return sourced(edition, says, service.sources ?? services.sources);
}
