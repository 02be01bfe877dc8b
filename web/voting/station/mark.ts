import { html } from "hono/html";
import type { Voter } from "../../../core/voting/ports.ts";
import type { MarkRefused } from "../../../core/voting/stations.ts";
import { isVoting } from "../../../core/voting/window.ts";
import { knowBrowsers } from "../browser.ts";
import { type Counter, offPage, onward, type StationOptions } from "./counter.ts";
import { documentIn, voterIn } from "./fields.ts";
import { nobody } from "./find.ts";
import { undoMinutes } from "./marks.ts";
import { bigWord, isAssisted, personPage } from "./person.ts";

/** Marks somebody as voting on paper; only what is committed is shown as done. */
export async function mark(counter: Counter, options: StationOptions) {
  const { stationActs, edition, today } = options;
  const { t, page } = counter;
  return forVoter(counter, options, isVoting(edition, "paper", today()), async (voter, act) => {
    const done = await stationActs.mark(act);
    if (done.kind === "off") return offPage(counter);
    if (done.kind === "takenBack") return personPage(counter, options, voter);
    if (done.kind !== "marked") return refused(counter, options, done);
    const minutes = undoMinutes(options);
    return page(
      t("marked.title"),
      html`<p class="word may">${t("marked.who", { name: voter.name, surname: voter.surname })}</p>
        <p>${t("marked.now")}</p>
        ${onward(counter)}
        ${minutes > 0 ? html`<p class="hint">${t("marked.undo", { minutes })}</p>` : ""}`,
    );
  });
}

/** Lets somebody to the ballot on this device, which staff take back afterwards. */
export async function assist(counter: Counter, options: StationOptions) {
  const { stationActs, edition, sessions, today } = options;
  return forVoter(counter, options, isAssisted(edition, today()), async (voter, act) => {
    const done = await stationActs.assist(act);
    if (done.kind === "off") return offPage(counter);
    if (done.kind !== "assisted") return refused(counter, options, done);
    const begun = await sessions.begin(undefined);
    knowBrowsers(options, sessions).hold(counter.c, await sessions.signIn(begun, voter.id, "station"));
    return counter.c.redirect("/voto/scheda", 303);
  });
}

/** Does something for the person that a form is about, where it is complete and of the day. */
async function forVoter(
  counter: Counter,
  options: StationOptions,
  isOpen: boolean,
  does: (voter: Voter, act: Parameters<StationOptions["stationActs"]["mark"]>[0]) => Promise<Response>,
): Promise<Response> {
  const { token: device, request } = counter;
  const voter = await voterIn(counter, options);
  if (!voter) return nobody(counter, options);
  if (!request || !isOpen) return personPage(counter, options, voter);
  const document = voter.hasCode ? undefined : documentIn(counter);
  if (!voter.hasCode && !document)
    return personPage(counter, options, voter, { problem: "person.document_missing" });
  const act = { device, request, today: options.today(), voterId: voter.id };
  return does(voter, { ...act, ...(document && { document }) });
}

function refused(counter: Counter, options: StationOptions, why: MarkRefused) {
  if (why.kind === "unknown") return nobody(counter, options);
  const word = why.kind === "notEnabled" ? bigWord(counter, "later", why.from) : bigWord(counter, why.kind);
  return counter.page(counter.t("refused"), html`${word}${onward(counter)}`, 409);
}
