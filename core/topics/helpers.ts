import { operatorDoor } from "../doors.ts";
import type { Door } from "../engine/flow.ts";
import type { Text } from "../engine/message.ts";
import type { Topic } from "../topic.ts";
import { inPerson, phoneOf } from "./contacts.ts";
import { listed } from "./lists.ts";
import { together } from "./sources.ts";
import { missing } from "./unsettled.ts";
import { isVoteAhead } from "./voting-days.ts";
import { withHelp } from "./where.ts";

/** Who helps in person, where one votes with help, and what is not published. */
export const helpers: Topic = {
  name: "helpers",
  answer({ edition, today }) {
    const doors = [cardDoor, operatorDoor];
    if (!edition.helpers) return { say: inPerson({ edition }), doors };
    const { vote } = edition;
    const assisted = vote && isVoteAhead(vote, today) ? withHelp(vote) : [];
    const people = {
      say: listed("contacts.helpers", edition.helpers.items),
      sources: edition.helpers.sources,
    };
    const phone: Text = { key: "contacts.phone", params: { phone: phoneOf(edition) } };
    return {
      say: together(edition, [people, ...assisted], [...missing(edition, "help"), phone]),
      doors,
    };
  },
};

/** Something to hand to who goes in person. */
const cardDoor: Door = { opens: "card", label: { key: "contacts.option.card" } };
