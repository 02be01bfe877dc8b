import { serve } from "@hono/node-server";
import type { Hono } from "hono";
import { type Assistant, createAssistant, type House, officeOf, openHouse } from "./assistant.ts";
import type { Channel } from "./bots/channel.ts";
import type { WordsFor } from "./bots/choices.ts";
import { makeDocument } from "./bots/documents/index.ts";
import { createMail } from "./bots/mail/index.ts";
import { mailboxPost } from "./bots/mail/mailbox.ts";
import { smtpPost } from "./bots/mail/smtp.ts";
import { createPhones, type Phones } from "./bots/phone/index.ts";
import { drawPicture } from "./bots/pictures/index.ts";
import { gatewayPost } from "./bots/sms/gateway.ts";
import { createSms } from "./bots/sms/index.ts";
import { mailboxPost as mailboxSmsPost } from "./bots/sms/mailbox.ts";
import { createTelegram, createTelegramCodec, type Telegram } from "./bots/telegram/index.ts";
import { createWhatsApp, createWhatsAppCodec, type WhatsApp } from "./bots/whatsapp/index.ts";
import { obstaclesToServing } from "./core/edition/checks.ts";
import type { Inbox } from "./core/ports.ts";
import type { Words } from "./core/words.ts";
import { madeUpVoters } from "./editions/people.ts";
import { createHttp } from "./http.ts";
import { makeLog } from "./log.ts";
import { serveOffice } from "./office/socket.ts";
import { servingProblems } from "./serving.ts";
import { capabilitiesOff, readSettings, type Settings } from "./settings.ts";
import { votingPagesOf } from "./voting-pages.ts";
import { eventPages } from "./web/events/index.ts";
import { homePage } from "./web/home/index.ts";
import { mailboxPages } from "./web/mailbox/index.ts";
import { phonePages } from "./web/phone/index.ts";

/** The commands of Telegram's menu; each is one of the words that always work. */
const COMMANDS = ["menu", "partecipare", "proposta", "aiuto", "operatore", "privacy"] as const;

async function main(): Promise<void> {
  const read = readSettings(process.env);
  if (!read.ok) {
    return refuse(read.problems.map(({ variable, problem, remedy }) => `${variable} ${problem}: ${remedy}.`));
  }
  const { settings } = read;
  const log = makeLog(settings.logLevel);
  // Where no port was asked for, which one it is is only known once it listens.
  let port = settings.port;
  const base = () => settings.baseUrl ?? `http://${settings.host}:${port}`;
  const house: House = { ...(await openHouse(settings, log)), pages: (path) => base() + path };
  const obstacles = [
    ...obstaclesToServing(house.edition).map(
      ({ path, message }) => `EDITION cannot be served: ${path} ${message}`,
    ),
    ...servingProblems(settings, house.edition).map(
      ({ variable, problem, remedy }) => `${variable} ${problem}: ${remedy}.`,
    ),
  ];
  if (obstacles.length > 0) {
    await house.database.close();
    return refuse(obstacles);
  }
  if (house.edition.demo) await house.stores.demoRoll.fill(madeUpVoters(house.edition));
  const { assistant, app, telegram, whatsapp } = assemble(settings, house);
  assistant.start();
  const closeOffice = await openOffice(settings, house, assistant);
  const server = serve({ fetch: app.fetch, hostname: settings.host, port: settings.port }, (at) => {
    port = at.port;
    telegram?.start();
    whatsapp?.start();
    announce(settings, house, base());
  });
  server.on("error", (error: NodeJS.ErrnoException) => {
    const taken = error.code === "EADDRINUSE";
    refuse([taken ? `PORT ${settings.port} is taken: set PORT to another one.` : `PORT: ${error.message}`]);
    void stop();
  });

  let stopping = false;
  async function stop(): Promise<void> {
    if (stopping) return;
    stopping = true;
    // Open event streams of browsers would keep the server for ever.
    server.close();
    if ("closeAllConnections" in server) server.closeAllConnections();
    await closeOffice();
    await telegram?.stop();
    await whatsapp?.stop();
    await assistant.stop();
    await house.database.close();
  }
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void stop());
}

/** On the embedded database, which no other process can open, lets the office's commands do their work here. */
async function openOffice(
  { dataDir }: Settings,
  house: House,
  { dispatcher }: Assistant,
): Promise<() => Promise<void>> {
  const none = async () => {};
  if (house.database.kind !== "embedded") return none;
  const app = officeOf(house, () => dispatcher.notify());
  return serveOffice(app, dataDir).catch((error: unknown) => {
    house.log.warn(
      { err: error },
      "The office's commands have to wait until this process ends: no socket in DATA_DIR",
    );
    return none;
  });
}

/** Everything that the settings ask for, put together. */
function assemble(
  settings: Settings,
  house: House,
): {
  readonly assistant: Assistant;
  readonly app: Hono;
  readonly telegram: Telegram | undefined;
  readonly whatsapp: WhatsApp | undefined;
} {
  const { edition, words, stores, clock, log, database } = house;
  const channelWords: WordsFor = (language) => ({
    choose: words.say(language ?? "it", { key: "channel.choose" }),
    more: words.say(language ?? "it", { key: "channel.more" }),
  });
  let telegram: Telegram | undefined;
  let whatsapp: WhatsApp | undefined;
  let phones: Phones | undefined;
  const assistant = createAssistant(house, (inbox) => {
    telegram = settings.telegram && telegramOf(settings.telegram, inbox, words, channelWords, house);
    whatsapp =
      settings.whatsapp &&
      createWhatsApp({
        ...settings.whatsapp,
        receive: inbox.receive,
        move: stores.contacts.move,
        report: stores.deliveries.report,
        heed: stores.signals.heed,
        noteTemplates: stores.templates.note,
        noteLimit: stores.dailyLimits.note,
        makeDocument,
        drawPicture,
        words: channelWords,
        log,
      });
    phones = edition.demo
      ? createPhones({
          codecs: {
            telegram: createTelegramCodec(channelWords),
            whatsapp: createWhatsAppCodec(channelWords),
          },
          history: stores.phoneHistory,
          inbox,
          makeDocument,
          drawPicture,
          page: () => house.pages("/"),
        })
      : undefined;
    return [
      ...(telegram ? [telegram] : []),
      ...(whatsapp ? [whatsapp] : []),
      ...(phones?.channels ?? []),
      ...mailOf(settings, house),
      ...smsOf(settings, house),
    ];
  });
  const pages = phones
    ? [
        phonePages({
          phones,
          clock: {
            today: clock.today,
            async moveTo(day) {
              await clock.moveTo(day);
              await assistant.jobs.remind();
            },
            phases: edition.phases.map(({ id, name, from, to }) => ({
              name: id,
              title: { literal: name },
              from,
              to,
            })),
          },
          words,
          listens: house.transcribe !== undefined,
          assistant: words.say(words.languages[0] ?? "it", { literal: edition.name }),
        }),
        mailboxPages({ mailbox: stores.mailbox, words }),
      ]
    : [homePage({ edition, words, today: clock.today })];
  const parts = [
    ...(telegram?.app ? [telegram.app] : []),
    ...(whatsapp ? [whatsapp.app] : []),
    ...votingPagesOf(settings, house, assistant),
    eventPages({ edition, words, pages: house.pages, now: house.realNow }),
    ...pages,
  ];
  return {
    assistant,
    app: createHttp({ log, ping: database.ping, metrics: assistant.metrics.text, parts }),
    telegram,
    whatsapp,
  };
}

/** Languages that Telegram's own menu of commands is given in. */
const MENUS = ["it", "en", "ro", "sq", "ar"] as const;

function telegramOf(
  { token, apiRoot, webhookUrl, webhookSecret }: NonNullable<Settings["telegram"]>,
  inbox: Inbox,
  words: Words,
  channelWords: WordsFor,
  { log, stores }: House,
): Telegram {
  const menu = (language: string) =>
    COMMANDS.map((command) => ({
      command,
      description: words.say(language, { key: `channel.command.${command}` }),
    }));
  return createTelegram({
    token,
    apiRoot,
    receive: inbox.receive,
    heed: stores.signals.heed,
    makeDocument,
    drawPicture,
    words: channelWords,
    menus: [
      { commands: menu(words.languages[0] ?? "it") },
      ...MENUS.filter((language) => words.languages.includes(language)).map((language) => ({
        language,
        commands: menu(language),
      })),
    ],
    log,
    ...(webhookUrl &&
      webhookSecret && { webhook: { baseUrl: new URL(webhookUrl).origin, secret: webhookSecret } }),
  });
}

/** E-mail leaves by SMTP, or stays in the demo's mailbox; without either there is none. */
function mailOf({ mail }: Settings, { edition, stores }: House): Channel[] {
  if (mail) return [createMail({ post: smtpPost(mail.smtpUrl, mail.from), makeDocument })];
  return edition.demo ? [createMail({ post: mailboxPost(stores.mailbox), makeDocument })] : [];
}

/** SMS leave by the gateway, or stay in the demo's mailbox; without either there are none. */
function smsOf({ sms }: Settings, { edition, stores }: House): Channel[] {
  if (sms) return [createSms(gatewayPost(sms))];
  return edition.demo ? [createSms(mailboxSmsPost(stores.mailbox))] : [];
}

/** Capabilities that the demo has something in the place of. */
const STANDS_IN = new Set(["SPID and CIE", "e-mail", "SMS"]);

/** Says where it is, and once what is off. */
function announce(settings: Settings, { edition, log }: House, base: string): void {
  for (const { capability, set, meanwhile } of capabilitiesOff(settings)) {
    if (edition.demo && STANDS_IN.has(capability)) continue;
    log.info({ capability, set }, `Off: ${capability}; ${meanwhile}`);
  }
  const lines = edition.demo
    ? [`Phone simulator: ${base}/`, `Demo mailbox:    ${base}/posta`]
    : [`Public page: ${base}/`];
  process.stdout.write(`${lines.join("\n")}\n`);
}

function refuse(reasons: readonly string[]): void {
  process.stderr.write(`It cannot start:\n${reasons.map((reason) => `  ${reason}`).join("\n")}\n`);
  process.exitCode = 1;
}

await main().catch((error: unknown) => refuse([error instanceof Error ? error.message : String(error)]));
