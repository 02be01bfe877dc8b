import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Writable } from "node:stream";
import { z } from "zod";
import type { DocumentRequest, Message } from "../../core/engine/message.ts";
import type { Channel, MakeDocument } from "../channel.ts";
import { plain } from "../read.ts";

export { runConsole } from "./run.ts";

const name = z.string().transform(plain).pipe(z.string().min(1));

const typedLine = z.object({
  person: name,
  /** Unique among all lines ever typed. */
  id: name,
  order: z.int(),
  text: z.string(),
  language: name.optional(),
});
/** A line that somebody typed. */
export type TypedLine = Readonly<z.input<typeof typedLine>>;

/** What is printed. */
export interface Printed {
  readonly text: string;
  readonly document?: DocumentRequest;
}

/**
 * The assistant in a terminal. Choices are numbered, and their number or their words are typed;
 * documents are written to files, whose paths are printed. Of a picture it says what it shows.
 */
export function createConsole(options: {
  readonly output: Writable;
  readonly makeDocument: MakeDocument;
  /** Where documents go; it is made when the first one comes. */
  readonly directory: string;
}): Channel<TypedLine, Printed> {
  const { output, makeDocument, directory } = options;
  let printed = 0;
  return {
    name: "console",
    limits: {
      text: 100_000,
      textWithChoices: 100_000,
      caption: 100_000,
      label: 200,
      data: 64,
      choices: 100,
    },
    pace: { perSecond: Number.POSITIVE_INFINITY, perAddressMs: 0 },
    parse(delivery) {
      const { data } = typedLine.safeParse(delivery);
      if (!data) return [];
      const { person, id, order, text, language } = data;
      const incoming = readLine(text);
      return [{ channel: "console", address: person, id, order, incoming, ...(language && { language }) }];
    },
    render: (message) => [draw(message)],
    async send(_person, { text, document }) {
      try {
        const path = document && (await save(document));
        output.write(`${text}${path ? `\n  [${path}]` : ""}\n\n`);
        printed += 1;
        return { kind: "sent", id: `line-${printed}` };
      } catch (error) {
        return { kind: "refused", reason: error instanceof Error ? error.message : String(error) };
      }
    },
  };

  async function save(request: DocumentRequest): Promise<string> {
    const { name, bytes } = await makeDocument(request);
    const path = join(directory, name.replace(/[/\\]/g, "-"));
    await mkdir(directory, { recursive: true });
    await writeFile(path, bytes);
    return path;
  }
}

function readLine(line: string) {
  const text = plain(line);
  const start = /^\/start(?:\s+(\S+))?\s*$/.exec(text);
  return start ? ({ kind: "start", payload: start[1] ?? "" } as const) : ({ kind: "text", text } as const);
}

function draw({ text, choices, link, document, picture }: Message): Printed {
  const numbered = choices.map(({ label }, index) => `  ${index + 1}. ${label}`);
  const lines = [
    ...(picture ? [`[${picture.alt}]`] : []),
    text,
    ...numbered,
    ...(link ? [`  ${link.label}: ${link.url}`] : []),
  ];
  return { text: lines.join("\n"), ...(document && { document }) };
}
