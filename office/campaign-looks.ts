import type { Campaign } from "../core/campaigns/campaign.ts";
import type { CampaignDesk } from "../core/campaigns/desk.ts";
import { messageOf } from "../core/campaigns/message.ts";
import type { PreviewedWay } from "../core/campaigns/preview.ts";
import type { Words } from "../core/words.ts";

/** What people see, and on which channels it is so. */
export interface Look {
  readonly channels: readonly string[];
  readonly language: string;
  readonly simple: boolean;
  /** Sent by a template that the platform has approved. */
  readonly template: boolean;
  readonly text: string;
  readonly buttons: readonly string[];
}

/** How a campaign looks to those who get it; where nobody does, in each of its languages. */
export function looksOf(
  campaign: Campaign,
  ways: readonly PreviewedWay[],
  words: Words,
  { drawTemplate, carried }: Pick<CampaignDesk, "drawTemplate" | "carried">,
): readonly Look[] {
  const anywhere = carried.map(({ channel }) => channel);
  const asked =
    ways.length > 0
      ? ways.map(({ channel, ...way }) => ({ ...way, channels: [channel] }))
      : campaign.languages.map((language) => ({
          ...{ language, simple: false, template: false, channels: anywhere },
        }));
  const looks = new Map<string, Look>();
  for (const { language, simple, template, channels } of asked) {
    const drawn = draw(language, simple, template);
    const key = JSON.stringify([language, template, drawn]);
    const same = looks.get(key);
    looks.set(key, {
      ...{ language, simple, template, ...drawn },
      channels: [...new Set([...(same?.channels ?? []), ...channels])],
    });
  }
  return [...looks.values()];

  function draw(language: string, simple: boolean, template: boolean): Pick<Look, "text" | "buttons"> {
    const message = messageOf(campaign, { language, simple }, words, () => template);
    const approved =
      template && message.template
        ? drawTemplate(message.template.name, message.template.language, message.template.parameters)
        : undefined;
    return approved ?? { text: message.text, buttons: message.choices.map(({ label }) => label) };
  }
}
