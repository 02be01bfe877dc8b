import type { DemoClock } from "./ports.ts";
import type { Say } from "./words.ts";

/** The demo's calendar as the page shows it. */
export function clockReading(clock: DemoClock, { say }: Say, language: string) {
  const today = clock.today();
  return {
    today,
    todayInWords: say(language, { date: today }),
    phases: clock.phases.map(({ name, title, from, to }) => ({
      name,
      title: say(language, title),
      from,
      fromInWords: say(language, { date: from }),
      toInWords: say(language, { date: to }),
      now: from <= today && today <= to,
    })),
  };
}
