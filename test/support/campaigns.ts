import type { Campaign } from "../../core/campaigns/campaign.ts";
import type { Candidate, Wish } from "../../core/campaigns/fate.ts";
import type { Stores } from "../../prisma/stores.ts";

/** A campaign about some wishes, which may go out at any time. */
export const campaignAbout = (
  wishes: readonly string[],
  given: Partial<Campaign["plan"]> = {},
): Campaign => ({
  plan: {
    ...{ wishes: [...wishes], audience: {}, say: { literal: "Una notizia." }, doors: [] },
    ...{ from: "2000-01-01T00:00:00Z", until: "2100-01-01T00:00:00Z" },
    ...given,
  },
  languages: ["it", "en"],
});

/** Somebody as a campaign about some wishes finds them. */
export async function candidateOf(
  { campaigns }: Stores,
  contactId: string,
  wishes: readonly string[],
): Promise<Candidate | undefined> {
  for await (const some of campaigns.everybody("trial", campaignAbout(wishes), new Date())) {
    const found = some.find((one) => one.contactId === contactId);
    if (found) return found.candidate;
  }
  return undefined;
}

export const wishesOf = async (
  stores: Stores,
  contactId: string,
  wishes: readonly string[],
): Promise<readonly Wish[]> => (await candidateOf(stores, contactId, wishes))?.wishes ?? [];
