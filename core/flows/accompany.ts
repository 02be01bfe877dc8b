import { CODE_LETTERS, LONG_CODE_LENGTH, parted } from "../codes.ts";
import type { Context } from "../context.ts";
import { menuDoor } from "../doors.ts";
import { type Answers, choice, choiceFrom, type Option } from "../engine/field.ts";
import { type Finished, flow } from "../engine/flow.ts";
import type { QrCode, Text } from "../engine/message.ts";
import { firstName } from "../facilitators/people.ts";
import type { Facilitator } from "../facilitators/ports.ts";
import { openTasks, taskName } from "../facilitators/tasks.ts";
import { facilitatorDoors } from "./facilitator.ts";

const known = { kind: "facilitator" } as const;
const LINK_MS = 24 * 60 * 60 * 1000;

/**
 * Makes a link, and a picture of it to be shown, by which the assistant opens on somebody else's phone: simply,
 * in their language, at what they want to do. Votes are not among what can be done.
 */
export const accompany = flow<Context>("accompany")
  .ask("may", choice("yes", "no"), {
    lookup: () => known,
    settle: (_answers, context) => (context.found(known) ? "yes" : "no"),
    holds: (may, _answers, context) => may === (context.found(known) ? "yes" : "no"),
  })
  .askWhen(({ may }) => may === "yes", "app", choiceFrom(appsIn), {
    settle: (_answers, context) => only(appsIn(context)),
  })
  .askWhen(({ may }) => may === "yes", "language", choiceFrom(languagesIn), {
    settle: (_answers, context) => only(languagesIn(context)),
  })
  .askWhen(({ may }) => may === "yes", "task", choiceFrom(tasksIn))
  .finish(({ app, language, task }, context): Finished => {
    const facilitator = context.found(known);
    if (!facilitator || language === undefined || task === undefined)
      return {
        say: { key: "accompany.not_invited" },
        doors: [{ opens: "facilitator", label: { key: "facilitator.another" } }, menuDoor],
      };
    return link(facilitator, { app, language, task }, context);
  });

const only = ([one, ...others]: readonly Option[]): string | undefined =>
  others.length === 0 ? one?.id : undefined;

/** The chats in which a link can open the assistant; by its words it can be opened in any. */
function appsIn(context: Context): readonly Option[] {
  const apps = context.openings("menu", "menu").map(({ channel }) => channel);
  return apps.length === 0 ? [{ id: "none" }] : apps.map((id) => ({ id, label: appName(id) }));
}

const kindOf = (channel: string): string =>
  ["telegram", "whatsapp"].find((app) => channel.endsWith(app)) ?? "other";

const appName = (channel: string): Text => {
  const kind = kindOf(channel);
  return kind === "other" ? { literal: channel } : { key: `accompany.app.option.${kind}` };
};

/** Those in which somebody can be asked whether they agree, each by its own name. */
function languagesIn({ languages, covers, say }: Context): readonly Option[] {
  const spoken = languages.filter((language) => covers(language, "companion"));
  return spoken.map((id) => ({ id, label: { literal: say({ key: "engine.language_name" }, id) } }));
}

function tasksIn(context: Context, { language }: Answers): readonly Option[] {
  const spoken = typeof language === "string" ? language : context.language;
  return openTasks(context, spoken).map((id) => ({ id, label: taskName(id) }));
}

interface Wanted {
  readonly app: string | undefined;
  readonly language: string;
  readonly task: string;
}

function link({ name }: Facilitator, { app, language, task }: Wanted, context: Context): Finished {
  const { say, openings, draw, realNow, edition } = context;
  const code = draw(CODE_LETTERS, LONG_CODE_LENGTH);
  const until = new Date(realNow.getTime() + LINK_MS).toISOString();
  const said = say({ key: "companion.said", params: { code: parted(code) } }, language);
  const url = openings(`with-${code}`, said).find(({ channel }) => channel === app)?.url;
  const to = (text: Text) => say(text, language);
  const picture: QrCode | undefined =
    url === undefined
      ? undefined
      : {
          kind: "qr",
          alt: say({ key: "accompany.alt" }),
          title: to({ literal: edition.name }),
          invitation: to({ key: "companion.frame" }),
          by: to({ key: "companion.with", params: { by: firstName(name) } }),
          typed: said,
          link: url,
        };
  return {
    say: {
      gap: true,
      lines: [
        ...(url === undefined
          ? []
          : [{ key: "accompany.show", params: { app: kindOf(app ?? "") } }, { literal: url }]),
        { key: url === undefined ? "accompany.type" : "accompany.or_type", params: { said } },
        { key: "accompany.once" },
      ],
    },
    ...(picture && { picture }),
    effects: [{ kind: "offerAccompaniment", code, task, language, until }],
    doors: facilitatorDoors,
  };
}
