import { Input, Markup, Telegraf } from "telegraf";
import { afterEach, beforeEach, expect, test } from "vitest";
import { FakeTelegram } from "../fakes/telegram.ts";

/**
 * A bot on another library does on the fake Telegram what it does on the real one: the fake is not
 * shaped on the library that the assistant uses.
 */

let fake: FakeTelegram;
let bot: Telegraf;
let launched: boolean;

beforeEach(async () => {
  fake = await new FakeTelegram({ pace: false, resolve: (url) => url }).listen();
  launched = false;
  bot = new Telegraf(fake.token, { telegram: { apiRoot: fake.apiRoot } });
});

afterEach(async () => {
  if (launched) bot.stop();
  await fake.close();
});

async function launch(): Promise<void> {
  launched = true;
  // `launch` resolves when the bot is stopped; a failure shows as the fetch that never comes.
  void bot.launch().catch(() => {});
  await fake.until("a fetch", () => (fake.calls.get("getupdates") ?? 0) > 0);
}

test("it answers commands, draws a keyboard, and answers its presses", async () => {
  bot.start((ctx) =>
    ctx.reply(
      `Ciao ${ctx.from.first_name}, ${ctx.payload}`,
      Markup.inlineKeyboard([Markup.button.callback("Sì", "yes")]),
    ),
  );
  bot.action("yes", async (ctx) => {
    await ctx.answerCbQuery();
    await ctx.reply("Bene");
  });
  const ada = fake.person("Ada", "it");
  await launch();
  ada.says("/start voto");
  const hello = await ada.hears();
  expect(hello.text).toBe("Ciao Ada, voto");
  expect(hello.buttons).toEqual([[{ text: "Sì", callback_data: "yes" }]]);
  ada.presses("Sì");
  expect((await ada.hears()).text).toBe("Bene");
  expect(fake.answered).toHaveLength(1);
  await fake.until("all confirmed", () => fake.updates.unconfirmed === 0);
});

test("it sends a document", async () => {
  bot.command("modulo", (ctx) =>
    ctx.replyWithDocument(Input.fromBuffer(Buffer.from("%PDF modulo"), "modulo.pdf"), {
      caption: "Il modulo",
    }),
  );
  const ada = fake.person("Ada");
  await launch();
  ada.says("/modulo");
  const { text, document } = await ada.hears();
  expect(text).toBe("Il modulo");
  expect(document?.name).toBe("modulo.pdf");
  expect(new TextDecoder().decode(document?.bytes)).toBe("%PDF modulo");
});

test("it is told of haste, of limits and of people who are gone, in Telegram's words", async () => {
  const ada = fake.person("Ada");
  const bice = fake.person("Bice");
  bice.blocked = true;
  fake.fail("sendMessage", { code: 429, description: "Too Many Requests: retry after 3", retryAfter: 3 });
  const { telegram } = bot;
  await expect(telegram.sendMessage(ada.id, "Ciao")).rejects.toMatchObject({
    response: { error_code: 429, parameters: { retry_after: 3 } },
  });
  await expect(telegram.sendMessage(ada.id, "a".repeat(4097))).rejects.toThrow("message is too long");
  await expect(telegram.sendMessage(ada.id, " ")).rejects.toThrow("message text is empty");
  const keyboard = (data: string) => Markup.inlineKeyboard([Markup.button.callback("Sì", data)]);
  await expect(telegram.sendMessage(ada.id, "?", keyboard("è".repeat(33)))).rejects.toThrow(
    "BUTTON_DATA_INVALID",
  );
  await expect(telegram.sendMessage(bice.id, "Ciao")).rejects.toThrow("blocked by the user");
  await expect(telegram.sendMessage(1, "Ciao")).rejects.toThrow("chat not found");
  await expect(telegram.sendMessage(ada.id, "Ciao", keyboard("è".repeat(32)))).resolves.toMatchObject({
    text: "Ciao",
  });
});

test("its second message within a second has to wait", async () => {
  const strict = await new FakeTelegram({ now: () => 1_667_300_000_000 }).listen();
  try {
    const { telegram } = new Telegraf(strict.token, { telegram: { apiRoot: strict.apiRoot } });
    const ada = strict.person("Ada");
    await telegram.sendMessage(ada.id, "uno");
    await expect(telegram.sendMessage(ada.id, "due")).rejects.toMatchObject({
      response: { error_code: 429 },
    });
    expect(strict.flood.tooFast).toBe(1);
  } finally {
    await strict.close();
  }
});
