import type { Context } from "../context.ts";
import { menuDoor, operatorDoor } from "../doors.ts";
import { decide, takesRequests, type Verdict } from "../edition/eligibility.ts";
import { answerBy, type Office } from "../edition/office.ts";
import { choice, text } from "../engine/field.ts";
import { type Finished, flow } from "../engine/flow.ts";
import type { Outgoing } from "../ports.ts";
import { registerClosed, registerDoor, requestSent } from "../topics/register.ts";
import type { CityUserRequest } from "../voting/city-users.ts";
import { birthDate, citizenship, email, link, personName, residence } from "./fields.ts";
import { saidOfCityUser } from "./said.ts";
import { about, explain, type Facts, facts, needs } from "./verdict.ts";

const own = { kind: "ownCityUsers" } as const;
/** Requests of one chat that may wait at the same time: a family's phone makes several. */
const MOST_OPEN = 5;
const NUMBER_DIGITS = "123456789";
const NUMBER_LENGTH = 5;

/**
 * Asks to be put on the register of city users: who may is found out by the same questions as ever,
 * then who they are and what ties them to the territory. The codice fiscale is not asked for in a
 * chat: it is typed on a page, which the end gives a link to. `cityuser-work` knows the link already.
 */
export const cityuser = flow<Context>("cityuser")
  .ask("ready", choice("yes"), { unseen: true })
  .ask("birth", birthDate)
  .askWhen(needs("residence"), "residence", residence)
  .askWhen(needs("link"), "link", link, { about: (_answers, context) => about({}, context) })
  .askWhen(needs("citizenship"), "citizenship", citizenship)
  .askWhen((answers, context) => isEntitled(verdictOn(answers, context)), "room", choice("free", "full"), {
    unseen: true,
    lookup: () => own,
    settle: (_answers, context) => roomIn(context),
    holds: (room, _answers, context) => room === roomIn(context),
  })
  .askWhen(hasRoom, "where", text({ min: 3, max: 300 }))
  .askWhen(hasRoom, "name", personName)
  .askWhen(hasRoom, "surname", personName)
  .askWhen(hasRoom, "email", email)
  .askWhen(hasRoom, "truth", choice("yes", "no"), { unseen: true })
  .finish(
    (answers, context): Finished => {
      const verdict = verdictOn(answers, context);
      if (!isEntitled(verdict)) return turnedAway(verdict, context);
      if (answers.room !== "free") return { say: { key: "cityuser.many" }, doors: [registerDoor] };
      const { birth, where = "", name = "", surname = "", email = "" } = answers;
      if (answers.truth !== "yes" || birth.kind !== "date") return { say: { key: "cityuser.untrue" } };
      const request = { name, surname, birth: birth.date, link: verdict.link, where };
      return sent({ ...request, ...(email !== "" && { email }) }, context);
    },
    {
      draft: true,
      closed: (context) =>
        takesRequests(context.edition, context.today) ? undefined : registerClosed(context),
      known: (tie) =>
        tie === "" || tie === "new"
          ? {}
          : { ready: "yes", residence: "elsewhere", link: tie, citizenship: "has" },
      suggest: saidOfCityUser,
      whose: ({ name }) => (typeof name === "string" ? name : undefined),
      unreviewed: ({ truth }) => truth !== "yes",
    },
  );

function hasRoom({ room }: { readonly room?: "free" | "full" }): boolean {
  return room === "free";
}

function roomIn(context: Context): "free" | "full" | undefined {
  const requests = context.found(own);
  if (!requests) return undefined; // not looked up yet
  return requests.filter(({ state }) => state === "requested").length < MOST_OPEN ? "free" : "full";
}

/** The questions are those that decide, so there is always a verdict; else only a person can tell. */
function verdictOn(answers: Facts, { edition, today }: Context): Verdict {
  const decision = decide(edition, facts(answers), today);
  return decision.decided ? decision.verdict : { kind: "office" };
}

type Entitled = Extract<Verdict, { kind: "cityUser" }>;
const isEntitled = (verdict: Verdict): verdict is Entitled => verdict.kind === "cityUser" && !verdict.tooLate;

/** Who lives here need not ask; who may not take part is told by which rule. */
function turnedAway(verdict: Verdict, context: Context): Finished {
  const resident = verdict.kind === "resident";
  return {
    say: resident ? { key: "cityuser.resident" } : explain(verdict, {}, context),
    doors: resident
      ? [{ opens: "vote", label: { key: "home.option.vote" } }, menuDoor]
      : [operatorDoor, menuDoor],
  };
}

function sent(request: CityUserRequest, context: Context): Finished {
  const number = Number(context.draw(NUMBER_DIGITS, NUMBER_LENGTH));
  const { office } = context.edition;
  const said = requestSent(number, context);
  return {
    ...said,
    effects: [{ kind: "requestCityUser", number, request, on: context.today }, ...(said.effects ?? [])],
    ...(office && context.mail && { sends: [toOffice(number, office, context)] }),
  };
}

/** Tells the office that there is a request, in its own language: nothing of it, and of nobody. */
function toOffice(number: number, office: Office, context: Context): Outgoing {
  const { edition, today } = context;
  const by = { date: answerBy(office, today) };
  const text = context.say({ key: "cityuser.mail", params: { number, by } }, edition.languages[0]);
  return { channel: "mail", address: office.address, kind: "notice", message: { text, choices: [] } };
}
