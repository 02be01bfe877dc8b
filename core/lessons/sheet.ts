import type { Context } from "../context.ts";
import type { DocumentRequest, Text } from "../engine/message.ts";
import { phoneOf } from "../topics/contacts.ts";
import type { Content, Part } from "./content.ts";
import { localFact } from "./local.ts";
import type { LessonName } from "./names.ts";
import { OFFICIAL, type OfficialSource } from "./sources.ts";
import { signOf, words } from "./words.ts";

/**
 * A lesson on a sheet of paper, to be taken to the counter: the steps in short, who helps, what to bring with boxes
 * to tick, and where it all comes from.
 */
export function sheet(name: LessonName, content: Content, context: Context): DocumentRequest {
  const { edition, say, language } = context;
  const told = content.steps.flatMap((part) => inShort(name, part, context));
  const boxes = boxesOf(name, content, context);
  const helpers = edition.helpers?.items.map((literal) => ({ literal }));
  return {
    fileName: `${say({ key: "lesson.sheet.file" })}-${name}.pdf`,
    language,
    title: say(words(`${name}.title`, context)),
    intro: [say({ literal: edition.union.name }), say({ key: "lesson.sheet.intro" })],
    rows: [
      ...told.map(({ label, value }, at) => ({ label: `${at + 1}. ${say(label)}`, value: say(value) })),
      ...(helpers ? [row("helpers", { list: helpers }, context)] : []),
      row("phone", phoneOf(edition), context),
      ...(boxes.items.length > 0
        ? [row(boxes.what, { key: `lesson.sheet.tick.${boxes.what}` }, context)]
        : []),
    ],
    boxes: boxes.items.map((item) => say(item)),
    notes: pagesOf(content).map((page) => {
      const { url, read } = OFFICIAL[page];
      const source = { key: `sources.page.${page}` };
      return say({ key: "lesson.sheet.source", params: { source, url, on: { date: read } } });
    }),
  };
}

const row = (what: string, value: Text, { say }: Context) => ({
  label: say({ key: `lesson.sheet.${what}` }),
  value: say(value),
});

/** A part with its heading; questions stay in the chat, and signs are ticked below. */
function inShort(name: LessonName, part: Part, { edition }: Context): { label: Text; value: Text }[] {
  if (typeof part === "string") {
    const fact = localFact(name, part, edition);
    return fact ? [{ label: { key: `lesson.sheet.${part}` }, value: fact }] : [];
  }
  if (!("step" in part)) return [];
  const at = `${name}.${part.step}`;
  return [{ label: words(`${at}.name`, { edition }), value: words(`${at}.short`, { edition }) }];
}

/** What is ticked with a pen: what to bring or, where nothing is needed, the signs of danger. */
function boxesOf(name: LessonName, { needs, steps }: Content, context: Context) {
  if (needs.length > 0) {
    return { what: "bring", items: needs.map((need) => words(`${name}.needs.where.${need}`, context)) };
  }
  const items = steps.flatMap((part) =>
    typeof part === "object" && "signs" in part
      ? part.options.map((sign) => signOf(`${name}.${part.signs}`, sign, context))
      : [],
  );
  return { what: "signs", items };
}

/** The official pages that the lesson rests on, each once. */
function pagesOf({ start, steps }: Content): readonly OfficialSource[] {
  const named = steps.flatMap((part) =>
    typeof part === "object" && "from" in part ? (part.from ?? []) : [],
  );
  return [...new Set([...(start.from ?? []), ...named])];
}
