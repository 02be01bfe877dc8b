import { findPhase } from "../edition/calendar.ts";
import type { Door } from "../engine/flow.ts";
import type { Topic } from "../topic.ts";
import { phaseDoors, standing } from "./dates.ts";

/** What can be done today, by the phase; first what was left unfinished. */
export const home: Topic = {
  name: "home",
  answer(context, session) {
    const { edition, today } = context;
    const proposals = findPhase(edition, "proposals");
    const draft = proposals && today <= proposals.to ? session.parked.at(-1) : undefined;
    const doors: Door[] = [
      ...(draft ? [{ opens: `resume-${draft.id}`, label: { key: "home.option.resume" } }] : []),
      ...phaseDoors(context),
      ...["eligibility", "mine", "dates", "rules", "operator"].map(door),
      ...(edition.languages.length > 1 ? [door("language")] : []),
    ];
    return { say: { lines: [standing(context), { key: "home.ask" }], gap: true }, doors };
  },
};

const door = (name: string): Door => ({ opens: name, label: { key: `home.option.${name}` } });
