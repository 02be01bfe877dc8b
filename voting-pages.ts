import type { Hono } from "hono";
import type { Assistant, House } from "./assistant.ts";
import type { CodeChannel, IdentityProvider } from "./core/voting/identity.ts";
import { madeUpPeople } from "./editions/people.ts";
import { oidcProvider } from "./identity/oidc.ts";
import type { Settings } from "./settings.ts";
import { votingPages } from "./web/voting/index.ts";
import { RETURN } from "./web/voting/sign-in/spid.ts";

/** The pages of the vote, where the edition holds it here. */
export function votingPagesOf(settings: Settings, house: House, assistant: Assistant): readonly Hono[] {
  const { edition, words, stores, clock, log, realNow } = house;
  const rules = edition.vote?.ballot;
  if (!rules) return [];
  const { ballotBox, ...voting } = stores.voting;
  const provider = providerOf(settings, house);
  return [
    votingPages({
      ...voting,
      box: ballotBox,
      edition,
      words,
      rules,
      provider,
      standIns: edition.demo && !provider ? madeUpPeople() : undefined,
      codeChannels: codeChannels(settings, edition.demo),
      today: clock.today,
      now: realNow,
      secure: settings.baseUrl?.startsWith("https:") ?? false,
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

/** In a demonstration both end in its mailbox. */
const codeChannels = ({ mail, sms }: Settings, demo: boolean): readonly CodeChannel[] => [
  ...(mail || demo ? ["mail" as const] : []),
  ...(sms || demo ? ["sms" as const] : []),
];
