import type { Previewed } from "./campaign-answers.ts";
import { ranked, reasonIn } from "./campaign-words.ts";
import { indented, when } from "./terminal.ts";

/** All that is to be known before a campaign is sent. */
export function drawPreview(told: Previewed): string {
  return [summary(told), reasons(told), whatsapp(told), ...looks(told), closing(told)]
    .filter((part) => part !== "")
    .join("\n\n");
}

function summary({ id, state, preview }: Previewed): string {
  const { people, gets, ways, firstAt, lastAt } = preview;
  const span =
    firstAt && lastAt
      ? [`From ${when(firstAt)} to ${when(lastAt)}, if nobody writes or stops meanwhile.`]
      : [];
  return [
    `${id} (${state === "calendar" ? "made by the calendar" : state})`,
    `${gets} of ${people} people get it.`,
    ...ways.map(({ count, channel, language, template, simple }) =>
      row(
        count,
        [channel, language, ...(template ? ["by template"] : []), ...(simple ? ["simply said"] : [])].join(
          ", ",
        ),
      ),
    ),
    ...span,
  ].join("\n");
}

function reasons({ preview: { excluded, delayed } }: Previewed): string {
  const rows = (numbers: Readonly<Record<string, number>>) =>
    ranked(numbers).map(([because, count]) => row(count, reasonIn(because)));
  return [
    ...titled("Do not get it:", rows(excluded)),
    ...titled("Get it later than the others, as they wait for:", rows(delayed)),
  ].join("\n");
}

function whatsapp({ preview, dailyLimit, template, standing }: Previewed): string {
  const { templates, templateDays, euros } = preview;
  if (template === undefined) return "It has no template: on WhatsApp only who wrote within a day gets it.";
  const known = standing.map(
    ({ language, state, reason }) => `  ${template} (${language}): ${state}${reason ? `, ${reason}` : ""}`,
  );
  const cost =
    euros === undefined
      ? "What WhatsApp bills is not known: the edition sets no price for it under reminders.whatsapp.price."
      : `WhatsApp bills about € ${euros.toFixed(2)} in all.`;
  const days =
    dailyLimit === null
      ? "WhatsApp sets no limit a day."
      : `At ${dailyLimit} people a day that takes ${templateDays} day${templateDays === 1 ? "" : "s"}.`;
  return [
    [
      `${templates} go out by WhatsApp template.`,
      ...(templates > 0 ? [days] : []),
      // What is sent within the window may be billed too.
      ...(templates > 0 || euros ? [cost] : []),
    ].join(" "),
    ...(known.length > 0
      ? known
      : [`  ${template}: nobody has told of it yet. Submit it to Meta, see docs/whatsapp.md.`]),
  ].join("\n");
}

const looks = ({ looks: all }: Previewed): readonly string[] =>
  all.map(({ channels, language, simple, template, text, buttons }) => {
    const how = [
      ...channels,
      language,
      ...(template ? ["template"] : []),
      ...(simple ? ["simply said"] : []),
    ];
    const choices = buttons.map((label, at) => `  ${at + 1}. ${label}`);
    return `── ${how.join(", ")} ──\n${indented([text, ...choices].join("\n"))}`;
  });

const closing = ({ approval, approvalAbove }: Previewed): string =>
  [
    ...(approval ? [`It goes to more than ${approvalAbove} people: somebody else has to approve it.`] : []),
    "Nothing was sent.",
  ].join(" ");

const row = (count: number, what: string): string => `${String(count).padStart(8)}  ${what}`;
const titled = (title: string, rows: readonly string[]) => (rows.length > 0 ? [title, ...rows] : []);
