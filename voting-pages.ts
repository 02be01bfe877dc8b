import type { Hono } from "hono";
import type { Assistant, House } from "./assistant.ts";
import type { IdentityProvider } from "./core/voting/identity.ts";
import { madeUpPeople } from "./editions/people.ts";
import { oidcProvider } from "./identity/oidc.ts";
import type { Settings } from "./settings.ts";
import { openData } from "./web/open-data/index.ts";
import { votingCode } from "./web/voting/code.ts";
import { votingPages } from "./web/voting/index.ts";
import { RETURN } from "./web/voting/sign-in/spid.ts";

/** The pages of the vote, where the edition holds it here. */
export function votingPagesOf(settings: Settings, house: House, assistant: Assistant): readonly Hono[] {
  const { edition, words, stores, clock, posts, log, realNow } = house;
  const rules = edition.vote?.ballot;
  if (!rules) return [];
  const { ballotBox, ...voting } = stores.voting;
  const provider = providerOf(settings, house);
  const secure = settings.baseUrl?.startsWith("https:") ?? false;
  const surroundings = { edition, words, today: clock.today, secure };
  return [
    openData({
      ...surroundings,
      projects: async () => (await ballotBox.ballot(clock.today()))?.projects ?? [],
      board: voting.urns.board,
      receiptKey: voting.casting.receiptKey,
      results: voting.results,
      code: votingCode,
    }),
    votingPages({
      ...voting,
      ...surroundings,
      box: ballotBox,
      rules,
      provider,
      standIns: edition.demo && !provider ? madeUpPeople() : undefined,
      codeChannels: posts,
      now: realNow,
      wrote: () => assistant.dispatcher.notify(),
      log,
    }),
  ];
}

/** That of SPID and CIE, where it is set up. */
function providerOf({ oidc }: Settings, { pages, log }: House): IdentityProvider | undefined {
  if (!oidc) return undefined;
  return oidcProvider({
    ...oidc,
    redirectUri: () => pages(RETURN) ?? RETURN,
    failed: (reason) => log.warn({ reason }, "The SPID/CIE gateway let nobody in"),
  });
}
