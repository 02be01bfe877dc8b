import { expect, test } from "vitest";
import { renderWhatsApp } from "../../../bots/whatsapp/render.ts";
import type { Message } from "../../../core/engine/message.ts";

const words = (language = "it") =>
  language === "it" ? { choose: "Scegli", more: "Altre scelte" } : { choose: "Choose", more: "More choices" };
const draw = (message: Partial<Message>) =>
  renderWhatsApp({ text: "Che fai?", choices: [], ...message }, words);
const choices = (...labels: string[]) => labels.map((label, index) => ({ data: `c.${index}`, label }));

test("up to three short choices are buttons", () => {
  expect(draw({ choices: choices("Sì", "No", "Non lo so") })).toMatchObject([
    {
      type: "interactive",
      interactive: {
        type: "button",
        body: { text: "Che fai?" },
        action: {
          buttons: [
            { type: "reply", reply: { id: "c.0", title: "Sì" } },
            { type: "reply", reply: { id: "c.1", title: "No" } },
            { type: "reply", reply: { id: "c.2", title: "Non lo so" } },
          ],
        },
      },
    },
  ]);
});

test("a label too long for a button makes a list, where it is shown whole", () => {
  const label = "Rendere i Comuni più verdi e sostenibili";
  expect(draw({ choices: choices(label, "No"), language: "en" })).toMatchObject([
    {
      interactive: {
        type: "list",
        action: {
          button: "Choose",
          sections: [{ rows: [{ title: "Rendere i Comuni più…", description: label }, { title: "No" }] }],
        },
      },
    },
  ]);
});

test("more than ten choices go on pages, and the last leads back to the first", () => {
  const many = choices(...Array.from({ length: 12 }, (_, index) => `Scelta ${index + 1}`));
  const rows = (page: number) => {
    const [payload] = draw({ choices: many, page });
    if (payload?.type !== "interactive" || payload.interactive.type !== "list") throw new Error("No list.");
    return payload.interactive.action.sections.flatMap((section) =>
      section.rows.map(({ id, title }) => [id, title]),
    );
  };
  expect(rows(1)).toHaveLength(10);
  expect(rows(1).at(-1)).toEqual(["page:2", "Altre scelte"]);
  expect(rows(2).slice(-2)).toEqual([
    ["c.11", "Scelta 12"],
    ["page:1", "Altre scelte"],
  ]);
});

test("a link alone is a button that opens it; beside choices it stands in the text", () => {
  const link = { url: "https://partecipa.example.org/voto", label: "Apri la pagina del voto" };
  expect(draw({ link })).toMatchObject([
    {
      interactive: {
        type: "cta_url",
        action: { name: "cta_url", parameters: { display_text: "Apri la pagina del…", url: link.url } },
      },
    },
  ]);
  expect(draw({ link, choices: choices("Fatto") })).toMatchObject([
    { interactive: { type: "button", body: { text: `Che fai?\n\n${link.label}: ${link.url}` } } },
  ]);
});

test("a document stands above its buttons in one message, and by itself above a list", () => {
  const document = {
    fileName: "modulo.pdf",
    language: "it",
    title: "Modulo",
    intro: [],
    rows: [],
    notes: [],
  };
  expect(draw({ document, choices: choices("Sì") })).toMatchObject([
    {
      interactive: {
        type: "button",
        header: { type: "document", document: { document, filename: "modulo.pdf" } },
      },
    },
  ]);
  expect(draw({ document, choices: choices("1", "2", "3", "4") })).toMatchObject([
    { type: "document", document: { document } },
    { interactive: { type: "list" } },
  ]);
  expect(draw({ document })).toMatchObject([
    { type: "document", document: { document, caption: "Che fai?" } },
  ]);
});
