import type { Edition } from "./core/edition/schema.ts";
import { clockProblem, type Problem, type Settings } from "./settings.ts";

/** What in the settings keeps this edition from being served; only the edition says what it needs. */
export function servingProblems(settings: Settings, edition: Edition): readonly Problem[] {
  const clock = clockProblem(settings, edition.demo);
  return [...(clock ? [clock] : []), ...(edition.demo ? [] : voteProblems(settings, edition))];
}

/** What a real vote cannot do without. A demonstration stands in for all of it. */
function voteProblems({ databaseUrl, baseUrl, oidc, mail, sms }: Settings, { vote }: Edition): Problem[] {
  const ballot = vote?.ballot;
  if (!ballot) return [];
  const { spid, code, station } = ballot.routes;
  const canSignIn = (spid && oidc) || (code !== "off" && (mail ?? sms)) || station;
  const problems: readonly (readonly [fine: unknown, problem: Problem])[] = [
    [
      databaseUrl ?? ballot.onEmbedded,
      {
        variable: "DATABASE_URL",
        problem: "is missing, and the embedded database can lose the last votes when the power goes",
        remedy: "name a PostgreSQL server, or write vote.ballot.onEmbedded: true in the edition's file",
      },
    ],
    [
      baseUrl?.startsWith("https:"),
      {
        variable: "BASE_URL",
        problem: "is not an https address, without which browsers do not seal ballots",
        remedy: "set the public https address of this installation",
      },
    ],
    [
      canSignIn,
      {
        variable: "SMTP_URL",
        problem: "is missing, and nobody could sign in to vote",
        remedy: "set it with MAIL_FROM, or the SMS gateway, or the SPID/CIE gateway",
      },
    ],
  ];
  return problems.flatMap(([fine, problem]) => (fine ? [] : [problem]));
}
