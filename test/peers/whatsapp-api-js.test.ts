import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { WhatsAppAPI } from "whatsapp-api-js";
import {
  ActionButtons,
  ActionCTA,
  ActionList,
  Body,
  BodyComponent,
  BodyParameter,
  Button,
  Document,
  Header,
  Interactive,
  Language,
  ListSection,
  PayloadComponent,
  Row,
  Template,
  Text,
} from "whatsapp-api-js/messages";
import type { ClientMessage } from "whatsapp-api-js/types";
import { createWhatsApp } from "../../bots/whatsapp/index.ts";
import type { DocumentRequest, Message } from "../../core/engine/message.ts";
import { FakeWhatsApp } from "../fakes/whatsapp.ts";
import { approvedTemplates } from "../support/templates.ts";
import { forgetting } from "../support/whatsapp-keepers.ts";

/**
 * The same content, drawn by another library's classes: what goes out is the same JSON. And the other
 * way about: the library takes what the fake delivers, with the signature that it checks by itself.
 */

const FORM: DocumentRequest = {
  fileName: "a.pdf",
  language: "it",
  title: "",
  intro: [],
  rows: [],
  notes: [],
};
const choices = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ data: `c.${n}`, label: `Scelta ${n}` }));
const link = { url: "https://partecipa.example.org/voto", label: "Apri" };
const body = new Body("Che fai?");
const rows = choices(4).map(({ data, label }) => new Row(data, label));
const [firstRow = new Row("", ""), ...otherRows] = rows;

let fake: FakeWhatsApp;
beforeAll(async () => {
  fake = await new FakeWhatsApp({
    pace: false,
    templates: approvedTemplates(),
  }).listen();
});
afterAll(() => fake.close());
beforeEach(() => {
  fake.asked.length = 0;
});

const ours = () =>
  createWhatsApp({
    accessToken: fake.accessToken,
    phoneNumberId: fake.phoneNumberId,
    appSecret: fake.appSecret,
    verifyToken: "verify-me",
    apiRoot: fake.apiRoot,
    apiVersion: "v23.0",
    ...forgetting,
    makeDocument: async ({ fileName }) => ({
      name: fileName,
      type: "application/pdf",
      bytes: new Uint8Array([1]),
    }),
    drawPicture: () => Promise.reject(new Error("Nothing is to be drawn.")),
    words: () => ({ choose: "Scegli", more: "Altre scelte" }),
    log: { error: () => {} },
  });

/** The library knows one place for the API; its calls are led to the fake. */
const theirs = () =>
  new WhatsAppAPI({
    token: fake.accessToken,
    appSecret: fake.appSecret,
    v: "v23.0",
    ponyfill: {
      fetch: (input: string | URL | Request, init?: RequestInit) =>
        fetch(String(input).replace("https://graph.facebook.com", fake.apiRoot), init),
    },
  });

const sendTheirs = (address: string, content: ClientMessage) =>
  address.startsWith("IT.")
    ? theirs().sendMessage(fake.phoneNumberId, { bsuid: address }, content)
    : theirs().sendMessage(fake.phoneNumberId, address, content);

const message = (more: Partial<Message>): Message => ({ text: "Che fai?", choices: [], ...more });
const button = (n: number) => new Button(`c.${n}`, `Scelta ${n}`);

describe("the same content is the same JSON", () => {
  test.each<readonly [string, Message, (mediaId: string) => ClientMessage]>([
    ["a text", message({ text: "Ciao" }), () => new Text("Ciao", false)],
    [
      "buttons",
      message({ choices: choices(3) }),
      () => new Interactive(new ActionButtons(button(0), button(1), button(2)), body),
    ],
    [
      "a list",
      message({ choices: choices(4) }),
      () =>
        new Interactive(new ActionList("Scegli", new ListSection(undefined, firstRow, ...otherRows)), body),
    ],
    ["a link", message({ link }), () => new Interactive(new ActionCTA("Apri", link.url), body)],
    ["a document", message({ document: FORM }), (id) => new Document(id, true, "Che fai?", "a.pdf")],
    [
      "a document above buttons",
      message({ document: FORM, choices: choices(1) }),
      (id) =>
        new Interactive(
          new ActionButtons(button(0)),
          body,
          new Header(new Document(id, true, undefined, "a.pdf")),
        ),
    ],
  ])("%s", async (_, drawn, build) => {
    const ada = fake.person("Ada");
    ada.says("ciao");
    for (const address of [ada.number, ada.userId]) {
      fake.asked.length = 0;
      const channel = ours();
      for (const payload of channel.render(drawn))
        expect(await channel.send(address, payload)).toMatchObject({ kind: "sent" });
      await channel.stop();
      const [mine] = fake.asked;
      const mediaId = /"id":"(\d+)","filename"/.exec(JSON.stringify(mine))?.[1] ?? "";
      await sendTheirs(address, build(mediaId));
      expect(withoutNothing(mine)).toEqual(withoutNothing(fake.asked[1]));
    }
    expect(fake.violations).toEqual([]);
  });

  test("a template", async () => {
    const ada = fake.person("Ada");
    const channel = ours();
    const template = { name: "phase_begins", language: "it", parameters: ["Voto", "18 ottobre"] };
    for (const payload of channel.window?.render(message({ template })) ?? [])
      await channel.send(ada.number, payload);
    const parameters = template.parameters.map((text) => new BodyParameter(text));
    const [first = new BodyParameter(""), ...others] = parameters;
    const build = new Template(
      "phase_begins",
      new Language("it"),
      new BodyComponent(first, ...others),
      new PayloadComponent("go.now"),
      new PayloadComponent("go.stop"),
    );
    await sendTheirs(ada.number, build);
    // A button's index is a text in Meta's schema and a number in the library: the platform takes both.
    const written = JSON.stringify(fake.asked[1]).replace(/"index":(\d)/g, '"index":"$1"');
    expect(fake.asked[0]).toEqual(JSON.parse(written));
    expect(ada.transcript).toHaveLength(2);
  });
});

test("the library takes the fake's deliveries and their signature, as it would Meta's", async () => {
  const library = theirs();
  const heard: unknown[] = [];
  library.on.message = ({ message: came }) => {
    heard.push(came);
  };
  const value = {
    messages: [{ from: "39333", id: "wamid.1", timestamp: "1", type: "text", text: { body: "perché" } }],
  };
  const contacts = [{ profile: { name: "Ada" }, wa_id: "39333", user_id: "IT.1" }];
  const metadata = { phone_number_id: fake.phoneNumberId, display_phone_number: "39" };
  const raw = fake.deliveries.write([
    { field: "messages", value: { messaging_product: "whatsapp", metadata, contacts, ...value } },
  ]);
  await library.post(JSON.parse(raw), raw, fake.deliveries.sign(raw));
  await fake.until("it to be heard", () => heard.length === 1);
  await expect(library.post(JSON.parse(raw), raw, "sha256=0")).rejects.toThrow();
});

/** What is absent may be written as `undefined`, or not at all; a link is not shown as a picture by default. */
const withoutNothing = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (key, inner: unknown) =>
      key === "preview_url" && inner === false ? undefined : inner,
    ),
  );
