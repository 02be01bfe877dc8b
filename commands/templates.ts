import { languagesOf } from "../bots/whatsapp/template-file.ts";
import { submissionsOf } from "../bots/whatsapp/template-words.ts";
import { ownTemplates } from "../bots/whatsapp/templates.ts";
import { Misuse, type OfficeClient, Refusal, runOfficeCommand } from "./office.ts";
import { lacking, listed, shown, told } from "./template-report.ts";

const usage = `npm run templates -- list
npm run templates -- show NAME [LANGUAGE] [--json]
npm run templates -- approved NAME LANGUAGE
npm run templates -- check

The messages that WhatsApp approves beforehand, which lie in bots/whatsapp/templates. A day after a person
has written nothing else reaches them; in a language that is not approved they get it in the edition's first.

  list      each in the languages that the edition speaks, with what Meta has told of it
  show      what people see of one; with --json what Meta's POST /<account>/message_templates takes
  approved  notes that one was seen approved in WhatsApp Manager, where the webhook does not tell
  check     what is still to be submitted or mended; ends with 1 where there is something

Works beside a running process, or by itself.
Ends with 0 when done, with 1 when not and why, with 2 when the command is not understood.`;

function fileOf(name: string, language?: string) {
  const files = ownTemplates();
  const file = files.get(name);
  if (!file) throw new Refusal(`There is no template ${name}. There are ${[...files.keys()].join(", ")}.`);
  const languages = languagesOf(file).filter((one) => language === undefined || one === language);
  if (languages.length === 0) throw new Refusal(`${name} is not written in ${language}.`);
  return { file, languages };
}

const known = async (office: OfficeClient) =>
  (await office.get("/templates", told)) ?? { languages: [], known: [] };

function show(name: string, language: string | undefined, isJson: boolean): string {
  const { file, languages } = fileOf(name, language);
  if (!isJson) return shown(file, languages);
  const bodies = submissionsOf(file).filter((one) => languages.some((spoken) => spoken === one.language));
  return JSON.stringify(language === undefined ? bodies : bodies[0], null, 2);
}

async function approved(office: OfficeClient, name: string, language: string): Promise<string> {
  fileOf(name, language);
  await office.post(`/templates/${name}/${language}/approved`, {});
  return `${name} is approved in ${language}.`;
}

async function check(office: OfficeClient): Promise<string> {
  const lacks = lacking(ownTemplates(), await known(office));
  if (lacks.length > 0) throw new Refusal(lacks.join("\n"));
  return "All templates are approved in the languages that the edition speaks.";
}

await runOfficeCommand({
  usage,
  options: { json: { type: "boolean" } },
  plan([command, name, language, ...rest], { json: isJson = false }) {
    const isAlone = name === undefined && !isJson;
    if (command === "list" && isAlone) return async (office) => listed(ownTemplates(), await known(office));
    if (command === "check" && isAlone) return check;
    if (command === "show" && name !== undefined && rest.length === 0)
      return async () => show(name, language, isJson);
    if (command === "approved" && name !== undefined && language !== undefined && rest.length === 0)
      return (office) => approved(office, name, language);
    throw new Misuse("That is none of these commands.");
  },
});
