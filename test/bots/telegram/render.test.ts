import { expect, test } from "vitest";
import { renderTelegram } from "../../../bots/telegram/render.ts";
import type { Message } from "../../../core/engine/message.ts";

const draw = (message: Partial<Message>) =>
  renderTelegram({ text: "Che fai?", choices: [], ...message }, () => ({
    choose: "Scegli",
    more: "Altre scelte",
  }));
const rows = (...labels: string[]) => {
  const [payload] = draw({ choices: labels.map((label, index) => ({ data: `c.${index}`, label })) });
  return payload?.reply_markup?.inline_keyboard.map((row) => row.map(({ text }) => text));
};

test("choices stand one under another, very short ones side by side", () => {
  expect(rows("Scrivo una proposta", "No")).toEqual([["Scrivo una proposta"], ["No"]]);
  expect(rows("Sì", "No")).toEqual([["Sì", "No"]]);
  expect(rows("Avanti", "Indietro", "Annulla")).toEqual([["Avanti", "Indietro"], ["Annulla"]]);
  expect(rows("1", "2", "3", "4", "5", "6")).toEqual([["1", "2", "3", "4", "5"], ["6"]]);
});

test("a link is a button above the choices, but in the text where Telegram would refuse the button", () => {
  const choices = [{ data: "done", label: "Fatto" }];
  const link = { url: "https://partecipa.example.org/voto", label: "Vai al voto" };
  expect(draw({ link, choices })).toEqual([
    {
      method: "sendMessage",
      text: "Che fai?",
      reply_markup: {
        inline_keyboard: [
          [{ text: "Vai al voto", url: link.url }],
          [{ text: "Fatto", callback_data: "done" }],
        ],
      },
    },
  ]);
  expect(draw({ link: { ...link, url: "http://localhost:3000/voto" } })).toEqual([
    { method: "sendMessage", text: "Che fai?\n\nVai al voto: http://localhost:3000/voto" },
  ]);
});

test("words too long for a caption go ahead of the document, whose choices stay under it", () => {
  const document = {
    fileName: "modulo.pdf",
    language: "it",
    title: "Modulo",
    intro: [],
    rows: [],
    notes: [],
  };
  const choices = [{ data: "done", label: "Fatto" }];
  expect(draw({ document, choices, text: "Una frase. ".repeat(100) })).toMatchObject([
    { method: "sendMessage" },
    { method: "sendDocument", document, reply_markup: { inline_keyboard: [[{ text: "Fatto" }]] } },
  ]);
});
