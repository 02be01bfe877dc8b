import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Gate, Send } from "../gate.ts";
import { readMultipart } from "../telegram/multipart.ts";
import { UploadedFile } from "../telegram/types.ts";
import { Deliveries } from "./deliveries.ts";
import { Limits } from "./limits.ts";
import { addressed, outgoing, receipt, shown } from "./messages.ts";
import { Person, type World } from "./person.ts";
import { Recordings } from "./recordings.ts";
import { type CheckMessage, loadSchemas } from "./schemas.ts";
import type { Approved } from "./templates.ts";
import { type Fault, Refusal } from "./types.ts";

export interface FakeWhatsAppOptions {
  /** Milliseconds; pace and windows are measured by it. */
  readonly now?: () => number;
  /** Whether haste is refused. */
  readonly pace?: boolean;
  readonly templates?: Approved;
  /** Numbers and ids of one fake differ from those of another in the same database. */
  readonly series?: number;
  /** How long {@link FakeWhatsApp.until} waits, in real milliseconds. */
  readonly patienceMs?: number;
  /** Whether messages are checked against Meta's schemas, which takes longer than to take them. */
  readonly check?: boolean;
  /** What every send passes before it is looked at. */
  readonly gate?: Gate<Fault>;
}

/** The ids of the person that was made after so many others. */
export function idsOf(nth: number, series = 0): { readonly number: string; readonly userId: string } {
  const own = 1000 * series + 10 + nth;
  return { number: `39333${String(own).padStart(7, "0")}`, userId: `IT.1${own}` };
}

/** Where a call goes; whatever stands before the version tells several callers apart. */
interface Place {
  readonly via: string;
  readonly id: string;
  readonly edge: string;
}

function placeOf(path: string): Place {
  const mid = /^\/whatsapp_business\/attachments\/\?mid=(\d+)$/.exec(path)?.[1];
  if (mid) return { via: "", id: mid, edge: "sound" };
  const [, via = "", id = "", edge = ""] = /^(?:\/([\w-]+))?\/v\d+\.\d+\/([^/?]+)[/?](.+)$/.exec(path) ?? [];
  if (edge === "fields=display_phone_number") return { via, id, edge: "number" };
  if (edge === "fields=whatsapp_business_manager_messaging_limit") return { via, id, edge: "limit" };
  return { via, id, edge: edge.startsWith("phone_number_id=") ? "recording" : edge };
}

/**
 * Meta's Cloud API on loopback: it keeps chats and windows, enforces shapes, limits of length, count and
 * pace, checks every message against Meta's schemas where they lie beside the repository, delivers to
 * the webhook what people do and what becomes of messages, and goes wrong on demand.
 */
export class FakeWhatsApp {
  readonly accessToken = "EAAfake";
  readonly phoneNumberId = "106540352242922";
  readonly appSecret = "an-app-secret";
  readonly deliveries = new Deliveries(this.appSecret, () => this.#now());
  readonly limits = new Limits();
  readonly recordings = new Recordings(() => this.#now());
  /** As the business may ask for it. */
  dailyLimit = "TIER_250";
  /** Bodies of messages that were asked for, as they came. */
  readonly asked: unknown[] = [];
  /** What messages had that Meta's schemas do not take. */
  readonly violations: string[] = [];
  readonly #options: FakeWhatsAppOptions;
  readonly #check: CheckMessage | undefined;
  readonly #people: Person[] = [];
  /** People by an id that they had when they were last written to. */
  readonly #reached = new Map<string, Person>();
  /** Who wrote which message. */
  readonly #writers = new Map<string, Person>();
  readonly #files = new Map<
    string,
    { readonly name: string; readonly type: string; readonly bytes: Uint8Array }
  >();
  readonly #faults: { readonly edge: string; readonly fault: Fault; left: number }[] = [];
  readonly #server = createServer((request, response) => void this.#serve(request, response));
  readonly #world: World;
  #ids = 100;

  constructor(options: FakeWhatsAppOptions = {}) {
    this.#options = options;
    this.#check = (options.check ?? true) ? loadSchemas() : undefined;
    this.#world = {
      now: () => this.#now(),
      nextId: () => this.#nextId(),
      keep: (bytes, type) => this.recordings.keep(bytes, type),
      deliver: (value, field) => this.deliver(value, field),
      came: (person, id) => {
        this.limits.came(this.#now());
        this.#writers.set(id, person);
      },
      until: (what, condition) => this.until(what, condition),
    };
  }

  get apiRoot(): string {
    const address: AddressInfo | string | null = this.#server.address();
    if (address === null || typeof address === "string") throw new Error("The fake does not listen yet.");
    return `http://127.0.0.1:${address.port}`;
  }

  async listen(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    return this;
  }

  async close(): Promise<void> {
    this.deliveries.close();
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  person(name: string): Person {
    const { number, userId } = idsOf(this.#people.length, this.#options.series);
    const person = new Person(this.#world, name, number, userId);
    this.#people.push(person);
    return person;
  }

  /** The next calls of an edge go wrong. */
  fail(
    edge: "messages" | "media" | "number" | "limit" | "recording" | "sound",
    fault: Fault,
    times = 1,
  ): void {
    this.#faults.push({ edge, fault, left: times });
  }

  /** Tells the webhook something of the field `messages`, or of another. */
  deliver(value: object, field = "messages"): void {
    const metadata = { display_phone_number: "390523000000", phone_number_id: this.phoneNumberId };
    this.deliveries.add({ field, value: { messaging_product: "whatsapp", metadata, ...value } });
  }

  /** Tells what became of a message, or of several at once. */
  tell(ids: string | readonly string[], status: string, more: object = {}): void {
    const timestamp = String(Math.floor(this.#now() / 1000));
    this.deliver({ statuses: [ids].flat().map((id) => ({ id, status, timestamp, ...more })) });
  }

  /** @throws Error naming what did not happen in time */
  async until(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
    const ms = this.#options.patienceMs ?? 10_000;
    const end = Date.now() + ms;
    while (!(await condition())) {
      if (Date.now() > end) throw new Error(`WhatsApp waited ${ms} ms in vain for ${what}.`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  #now(): number {
    return (this.#options.now ?? Date.now)();
  }

  #nextId(): string {
    return `wamid.fake${this.#options.series ?? 0}x${++this.#ids}`;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const at = this.#now();
    const chunks: Uint8Array[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const place = placeOf(request.url ?? "");
    const { edge, via } = place;
    const isMessage = edge === "messages" && !body.includes('"status":"read"');
    try {
      const send = isMessage ? sendIn(body, via, at) : undefined;
      const fault = this.#takeFault(edge, isMessage) ?? (send && this.#options.gate?.came(send));
      if (typeof fault === "object" && "code" in fault)
        throw new Refusal(fault.code, "As asked", fault.status);
      if (typeof fault === "object") {
        response.writeHead(fault.page, { "content-type": "text/html" }).end("<html>");
        return;
      }
      if (fault === "reset") request.socket.destroy();
      if (fault === "reset" || fault === "silence") return;
      const answer = this.#answer(request, place, body, at);
      if (fault === "accepted, then reset") request.socket.destroy();
      else if (fault === undefined && answer instanceof Uint8Array) response.writeHead(200).end(answer);
      else if (fault === undefined) reply(response, 200, answer);
    } catch (error) {
      const { code, status, message } =
        error instanceof Refusal ? error : new Refusal(1, `Not foreseen: ${String(error)}`, 500);
      const error_data = { messaging_product: "whatsapp", details: "Words that may name +393330000010." };
      reply(response, status, {
        error: { message, type: "OAuthException", code, error_data, fbtrace_id: "A" },
      });
    }
  }

  /** Only messages go wrong that people see. */
  #takeFault(edge: string, isMessage: boolean): Fault | undefined {
    if (edge === "messages" && !isMessage) return undefined;
    const found = this.#faults.find((one) => one.edge === edge && one.left > 0);
    if (found) found.left--;
    return found?.fault;
  }

  /** @param at when the call came */
  #answer(request: IncomingMessage, { via, id, edge }: Place, body: Buffer, at: number): object {
    if (request.headers.authorization !== `Bearer ${this.accessToken}`)
      throw new Refusal(190, "Access token has expired", 401);
    if (edge === "sound") return this.recordings.read(id);
    if (edge === "recording") return this.#locate(request, id);
    if (id !== this.phoneNumberId) throw new Refusal(100, "Unsupported post request");
    if (edge === "media") return this.#keep(body, request.headers["content-type"] ?? "");
    if (edge === "number") return { display_phone_number: "+39 0523 000000", id };
    if (edge === "limit") return { whatsapp_business_manager_messaging_limit: this.dailyLimit, id };
    if (edge !== "messages") throw new Refusal(100, "Unsupported post request");
    const json: unknown = JSON.parse(body.toString("utf8"));
    const seen = receipt.safeParse(json);
    return seen.success
      ? this.#mark(seen.data.message_id, seen.data.typing_indicator !== undefined)
      : this.#take(json, via, at);
  }

  #isOffer(template: string): boolean {
    return this.#options.templates?.get(template)?.category === "MARKETING";
  }

  #locate({ method, url = "" }: IncomingMessage, id: string): object {
    const number = new URL(url, this.apiRoot).searchParams.get("phone_number_id");
    if (method !== "GET" || number !== this.phoneNumberId) throw new Refusal(100, "Unsupported get request");
    return this.recordings.locate(id, this.apiRoot);
  }

  #keep(body: Buffer, contentType: string): object {
    const form = readMultipart(body, contentType);
    const file = form.get("file");
    if (
      form.get("messaging_product") !== "whatsapp" ||
      !(file instanceof UploadedFile) ||
      file.bytes.length === 0
    )
      throw new Refusal(100, "Invalid parameter");
    const id = String(++this.#ids);
    this.#files.set(id, { name: file.name, type: String(form.get("type")), bytes: file.bytes });
    return { id };
  }

  #mark(messageId: string, typing: boolean): object {
    const writer = this.#writers.get(messageId);
    for (const person of writer ? [writer] : this.#people) {
      person.read.push(messageId);
      if (typing) person.typing.push(messageId);
    }
    return { success: true };
  }

  #personAt(to: string): Person | undefined {
    const isAt = ({ number, userId }: Person) => number === to || userId === to;
    const known = this.#reached.get(to);
    const person = known && isAt(known) ? known : this.#people.find(isAt);
    if (person) this.#reached.set(to, person);
    return person;
  }

  #take(json: unknown, via: string, now: number): object {
    this.asked.push(json);
    const read = outgoing.safeParse(json);
    if (!read.success) throw new Refusal(100, `Invalid parameter: ${read.error.message}`);
    const message = read.data;
    if (message.recipient === undefined) this.violations.push(...(this.#check?.(message) ?? []));
    const person = this.#personAt(message.to?.replace("+", "") ?? message.recipient ?? "");
    if (!person || person.gone) throw new Refusal(131026, "Message undeliverable");
    this.limits.checkWindow(person.wroteAt, now, message.type);
    if (person.noOffers && message.type === "template" && this.#isOffer(message.template.name))
      throw new Refusal(131050, "User has stopped marketing messages");
    if (this.#options.pace ?? true) this.limits.checkPace(person.userId, now);
    const id = this.#nextId();
    const content = shown(message, id, now, this.#files, this.#options.templates ?? new Map());
    person.transcript.push({ ...content, via });
    const text = content.template?.name ?? content.text;
    this.#options.gate?.shown({ at: now, to: person.number, via, text }, id);
    const contact = message.to === undefined ? { user_id: person.userId } : { wa_id: person.number };
    return {
      messaging_product: "whatsapp",
      contacts: [{ input: message.to ?? message.recipient, ...contact }],
      messages: [{ id }],
    };
  }
}

/** What a body sends, and to whom; `undefined` where that cannot be told. */
function sendIn(body: Buffer, via: string, at: number): Send | undefined {
  const read = addressed.safeParse(JSON.parse(body.toString("utf8")));
  if (!read.success) return undefined;
  const { to, recipient, text, interactive, template } = read.data;
  const words = template?.name ?? interactive?.body.text ?? text?.body ?? "";
  return { at, to: to?.replace("+", "") ?? recipient ?? "", via, text: words };
}

function reply(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
