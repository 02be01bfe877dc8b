import { Hono } from "hono";
import { html } from "hono/html";
import type { Edition } from "../../../core/edition/schema.ts";
import type { Text } from "../../../core/engine/message.ts";
import { source } from "../../../core/topics/sources.ts";
import { bring } from "../../../core/topics/ways.ts";
import { atBooths } from "../../../core/topics/where.ts";
import { isVoting } from "../../../core/voting/window.ts";
import { type Html, onTheWay, type SignInOptions, type Step, WAYS } from "./step.ts";

/** The ways of proving who one is: those that the edition opens and that are set up. */
export function waysIn(options: SignInOptions): Hono {
  const { rules, provider, codeChannels } = options;
  const { asks } = onTheWay(options);
  const app = new Hono();
  app.get(
    WAYS,
    asks((step) => {
      const ways = [
        ...(rules.routes.spid && provider ? [withSpid(step, options)] : []),
        ...(rules.routes.code !== "off" && codeChannels.length > 0 ? [withCode(step, options)] : []),
      ];
      return step.page(
        "ways",
        html`<p>${step.t(ways.length > 0 ? "ways.text" : "ways.none")}</p>
      ${privacyNotice(step, options.edition)}
      ${ways}
      ${inPerson(step, options)}`,
      );
    }),
  );
  return app;
}

const withSpid = ({ t }: Step, { edition }: SignInOptions): Html => html`<section>
        <h2>${t("spid.heading")}</h2>
        <p>${t(edition.demo ? "spid.demo" : "spid.text")}</p>
        <p><a class="button" href="${WAYS}/spid">${t("option.spid")}</a></p>
      </section>`;

const withCode = ({ t }: Step, { rules, codeChannels }: SignInOptions): Html => html`<section>
        <h2>${t("code.heading")}</h2>
        <p>${t("code.text", { via: via(codeChannels) })}</p>
        ${rules.routes.code === "self-declared" ? html`<p>${t("code.self_declared")}</p>` : ""}
        <p><a class="button" href="${WAYS}/dati">${t("option.code")}</a></p>
      </section>`;

/** How codes go out, for words to choose by. */
export const via = (channels: SignInOptions["codeChannels"]): string =>
  channels.length > 1 ? "both" : (channels[0] ?? "mail");

/** Where somebody votes with other people's help, or without any of this. */
function inPerson({ t, say }: Step, { edition, rules, today }: SignInOptions): Html {
  const { vote } = edition;
  const told: readonly (readonly [text: Text, sources: readonly string[]])[] = [
    ...(rules.routes.station ? stations(vote) : []),
    ...(vote?.assisted ? [[{ literal: vote.assisted.text }, vote.assisted.sources] as const] : []),
    ...(vote?.paper && isVoting(edition, "paper", today()) ? [onPaperToday(vote, vote.paper)] : []),
  ];
  if (told.length === 0) return html``;
  return html`<section>
        <h2>${t("in_person.heading")}</h2>
        ${told.map(([text]) =>
          say(text)
            .split("\n")
            .map((line) => html`<p>${line}</p>`),
        )}
        <p class="hint">${say(
          source(
            edition,
            told.flatMap(([, sources]) => sources),
          ),
        )}</p>
      </section>`;
}

type Vote = NonNullable<Edition["vote"]>;

function stations(vote: Vote | undefined): (readonly [Text, readonly string[]])[] {
  const all = vote?.stations ?? [];
  const lines = all.map(({ name, where, hours }): Text => {
    const params = { name: { literal: name }, where: { literal: where } };
    return hours
      ? { key: "vote.station_hours", params: { ...params, hours: { literal: hours } } }
      : { key: "vote.station", params };
  });
  const sources = all.flatMap((station) => station.sources);
  return all.length === 0 ? [] : [[{ lines: [{ key: "sign-in.in_person.text" }, ...lines] }, sources]];
}

const onPaperToday = (vote: Vote, paper: NonNullable<Vote["paper"]>): readonly [Text, readonly string[]] => {
  const told = [atBooths(vote, paper), bring(paper)];
  return [{ lines: told.map(({ say }) => say) }, told.flatMap(({ sources }) => sources)];
};

/** What is done with the data, told before any is asked for (art. 13 GDPR). */
export function privacyNotice({ t }: Pick<Step, "t">, { privacy }: Edition): Html {
  const { controller, dpo, notice, retention } = privacy;
  return html`<p>${t("privacy.text")}</p>
      <details>
        <summary>${t("privacy.heading")}</summary>
        <p>${t("privacy.law")}</p>
        ${controller ? html`<p>${t("privacy.controller", { controller: { literal: controller } })}</p>` : ""}
        ${dpo ? html`<p>${t("privacy.dpo", { dpo: { literal: dpo } })}</p>` : ""}
        ${retention ? html`<p>${t("privacy.retention", { retention: { literal: retention } })}</p>` : ""}
        ${notice ? html`<p><a href="${notice}">${t("privacy.notice")}</a></p>` : ""}
      </details>`;
}
