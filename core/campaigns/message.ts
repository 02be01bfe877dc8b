import { menuDoor } from "../doors.ts";
import type { Localised, Message, Text } from "../engine/message.ts";
import { simply } from "../manner/simple.ts";
import { canSay, noticeIn } from "../sayable.ts";
import type { Words } from "../words.ts";
import { type Campaign, type CampaignPlan, languageFor } from "./campaign.ts";
import { type Send, type Templates, templateFor } from "./fate.ts";

/* What a campaign says, in somebody's language. */

/** How one gets no more of these: at the end of every message that goes to many. */
const STOP: Text = { key: "campaign.stop" };

const partsOf = ({ say, doors }: CampaignPlan) => ({ notes: [say, STOP], doors: [...doors, menuDoor] });

/** A plan, with the languages that it can be said in: whole, as a message half translated is none. */
export function campaignOf(plan: CampaignPlan, words: Words): Campaign {
  const [main = "it"] = words.languages;
  const quoted = quotedIn(plan.say);
  const languages = words.languages.filter(
    (language) =>
      canSay((key) => words.has(language, key), partsOf(plan)) &&
      quoted.every((text) => (typeof text === "string" ? language === main : Object.hasOwn(text, language))),
  );
  return { plan, languages };
}

/** What is quoted as sentences of their own; names in the middle of ours stay as they are in any language. */
function quotedIn(text: Text): readonly Localised[] {
  if ("literal" in text) return [text.literal];
  return "lines" in text ? text.lines.flatMap(quotedIn) : [];
}

/**
 * The message as it goes out to everybody whose fate is the same.
 *
 * It has the approved template too where there is one: a chat that is open now may have closed by the time it is sent.
 */
export function messageOf(
  campaign: Campaign,
  { language: chosen, simple }: Pick<Send, "language" | "simple">,
  words: Words,
  approved: Templates["approved"],
): Message {
  const { plan } = campaign;
  const language = languageFor(campaign, chosen);
  const acronyms = words.list(language, "manner.acronyms");
  const has = (key: string) => words.has(language, key);
  const put = (text: Text) => (simple ? simply(text, { has, acronyms }) : text);
  const { notes, doors } = partsOf(plan);
  const message = noticeIn(words, language, { notes: notes.map(put), doors });
  const { template } = plan;
  const spoken = template && templateFor(campaign, chosen, approved);
  if (!template || spoken === undefined) return message;
  const parameters = template.parameters.map((text) => words.say(spoken, text));
  return { ...message, template: { name: template.name, language: spoken, parameters } };
}
