import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Gate, Send } from "../gate.ts";
import { type Call, readCall } from "./call.ts";
import { Files } from "./files.ts";
import { buttonsOf, captionOf, documentOf, Flood, photoOf, textOf } from "./limits.ts";
import { Person, type World } from "./person.ts";
import { type CheckCall, loadSpec } from "./spec.ts";
import { type ChatMessage, type Fault, type Parameters, Refusal } from "./types.ts";
import { Updates } from "./updates.ts";

export interface FakeTelegramOptions {
  readonly token?: string;
  readonly username?: string;
  /** Milliseconds; the pace is measured by it. */
  readonly now?: () => number;
  /** Whether haste is refused with 429. */
  readonly pace?: boolean;
  /** Where the webhook's https address is reached on this machine. */
  readonly resolve?: (url: string) => string;
  /** How long {@link FakeTelegram.until} waits, in real milliseconds. */
  readonly patienceMs?: number;
  /** Whether calls are checked against Telegram's specification, which takes longer than to answer them. */
  readonly check?: boolean;
  /** What every send passes before it is looked at. */
  readonly gate?: Gate<Fault>;
}

/** The chat with the person that was made after so many others. */
export const chatOf = (nth: number): number => 5_000_000_000 + nth;

/** A group that the bot was added to. */
export interface Group {
  readonly id: number;
  readonly transcript: ChatMessage[];
}

/**
 * Telegram's Bot API on loopback, for any library: it keeps chats and updates, enforces the limits
 * of length, size and pace, checks every call against Telegram's specification where that lies
 * beside the repository, and goes wrong on demand.
 */
export class FakeTelegram {
  readonly token: string;
  readonly username: string;
  readonly flood = new Flood();
  readonly updates: Updates;
  /** What people sent beside words. */
  readonly files = new Files(() => this.#now());
  /** What calls had that Telegram's specification has not. */
  readonly violations: string[] = [];
  /** Menus by language; "" is everybody else's. */
  readonly commands = new Map<string, unknown>();
  /** Presses that were answered. */
  readonly answered: string[] = [];
  /** Calls by method, in lower case. */
  readonly calls = new Map<string, number>();
  readonly #options: FakeTelegramOptions;
  readonly #check: CheckCall | undefined;
  readonly #people = new Map<number, Person>();
  readonly #groups = new Map<number, Group>();
  readonly #open = new Set<string>();
  readonly #faults: { readonly method: string; readonly fault: Fault; left: number }[] = [];
  readonly #waiting: (() => void)[] = [];
  readonly #server = createServer((request, response) => void this.#serve(request, response));
  readonly #world: World;
  #ids = 100;

  constructor(options: FakeTelegramOptions = {}) {
    this.#options = options;
    this.#check = (options.check ?? true) ? loadSpec() : undefined;
    this.token = options.token ?? "1234567:AA-fake";
    this.username = options.username ?? "bene_comune_bot";
    this.updates = new Updates(options.resolve ?? ((url) => url));
    this.#world = {
      updates: this.updates,
      bot: Number(this.token.split(":")[0]),
      now: () => this.#now(),
      nextId: () => ++this.#ids,
      keep: (bytes) => this.files.keep(bytes),
      openQuery: () => {
        const id = `q${++this.#ids}`;
        this.#open.add(id);
        return id;
      },
      until: (what, condition) => this.until(what, condition),
    };
  }

  get apiRoot(): string {
    return `http://127.0.0.1:${this.#port()}`;
  }

  async listen(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    return this;
  }

  async close(): Promise<void> {
    this.updates.close();
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  person(name: string, language?: string): Person {
    const person = new Person(this.#world, chatOf(this.#people.size), name, language);
    this.#people.set(person.id, person);
    return person;
  }

  group(): Group {
    const group = { id: -1_000_000_000_001 - this.#groups.size, transcript: [] };
    this.#groups.set(group.id, group);
    return group;
  }

  /** The next calls of a method go wrong; `file` is no method, but the fetching of one. */
  fail(method: string, fault: Fault, times = 1): void {
    this.#faults.push({ method: method.toLowerCase(), fault, left: times });
  }

  /**
   * Waits for something to become true.
   *
   * @throws Error naming what did not happen in time
   */
  async until(what: string, condition: () => boolean): Promise<void> {
    const ms = this.#options.patienceMs ?? 10_000;
    const end = Date.now() + ms;
    while (!condition()) {
      if (Date.now() > end) throw new Error(`Telegram waited ${ms} ms in vain for ${what}.`);
      // What is waited for may also happen on the bot's side, where no call tells of it.
      await Promise.race([this.#nextCall(), new Promise((resolve) => setTimeout(resolve, 10))]);
    }
  }

  #nextCall(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
    });
  }

  #now(): number {
    return (this.#options.now ?? Date.now)();
  }

  #port(): number {
    const address: AddressInfo | string | null = this.#server.address();
    if (address === null || typeof address === "string")
      throw new Error("The fake Telegram does not listen yet.");
    return address.port;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const at = this.#now();
    try {
      const [, token, path] = /^(?:\/[\w-]+)?\/file\/bot([^/]+)\/(.+)$/.exec(request.url ?? "") ?? [];
      const call = path === undefined ? await readCall(request) : { token, method: "file", path };
      this.calls.set(call.method, (this.calls.get(call.method) ?? 0) + 1);
      const send = "path" in call ? undefined : sendIn(call, at);
      const fault = this.#takeFault(call.method) ?? (send && this.#options.gate?.came(send));
      if (fault === "reset") request.socket.destroy();
      else if (fault === "gateway page")
        response.writeHead(502, { "content-type": "text/html" }).end("<html>");
      else if (typeof fault === "object")
        throw new Refusal(fault.code, fault.description ?? `Error ${fault.code}`, fault.retryAfter);
      else if ("path" in call && fault !== "silence") {
        if (call.token !== this.token) throw new Refusal(401, "Unauthorized");
        response
          .writeHead(200, { "content-type": "application/octet-stream" })
          .end(this.files.read(call.path));
      } else if (fault !== "silence" && !("path" in call)) {
        const result = await this.#answer(call, at);
        if (fault === "accepted, then reset") request.socket.destroy();
        else if (fault === undefined) reply(response, 200, { ok: true, result });
      }
    } catch (error) {
      const refusal = error instanceof Refusal ? error : new Refusal(400, `Bad Request: ${String(error)}`);
      reply(response, refusal.code, {
        ok: false,
        error_code: refusal.code,
        description: refusal.message,
        ...(refusal.retryAfter !== undefined && { parameters: { retry_after: refusal.retryAfter } }),
      });
    }
    for (const wake of this.#waiting.splice(0)) wake();
  }

  #takeFault(method: string): Fault | undefined {
    const found = this.#faults.find((fault) => fault.method === method && fault.left > 0);
    if (found) found.left--;
    return found?.fault;
  }

  /** @param at when the call came */
  async #answer({ token, method, parameters, via }: Call, at: number): Promise<unknown> {
    if (token !== this.token) throw new Refusal(401, "Unauthorized");
    this.violations.push(...(this.#check?.(method, parameters) ?? []));
    switch (method) {
      case "getme":
        return { id: 1234567, is_bot: true, first_name: "Bene Comune", username: this.username };
      case "getfile":
        return this.files.get(parameters);
      case "getupdates":
        return this.updates.get(parameters);
      case "setwebhook":
        this.updates.setWebhook(parameters);
        return true;
      case "deletewebhook":
        this.updates.deleteWebhook();
        return true;
      case "getwebhookinfo":
        return {
          url: this.updates.url,
          has_custom_certificate: false,
          pending_update_count: this.updates.unconfirmed,
        };
      case "setmycommands":
        this.commands.set(String(parameters["language_code"] ?? ""), parameters["commands"]);
        return true;
      case "answercallbackquery":
        return this.#close(parameters);
      case "sendmessage":
        return this.#accept(parameters, at, {
          text: textOf(parameters),
          buttons: buttonsOf(parameters),
          via,
        });
      case "sendphoto":
        return this.#accept(parameters, at, {
          text: captionOf(parameters),
          buttons: buttonsOf(parameters),
          photo: photoOf(parameters),
          via,
        });
      case "senddocument":
        return this.#accept(parameters, at, {
          text: captionOf(parameters),
          buttons: buttonsOf(parameters),
          document: documentOf(parameters),
          via,
        });
      default:
        throw new Refusal(404, "Not Found: method not found");
    }
  }

  #close(parameters: Parameters): true {
    const id = String(parameters["callback_query_id"]);
    if (!this.#open.delete(id))
      throw new Refusal(
        400,
        "Bad Request: query is too old and response timeout expired or query ID is invalid",
      );
    this.answered.push(id);
    return true;
  }

  #accept(
    parameters: Parameters,
    now: number,
    content: Pick<ChatMessage, "text" | "buttons" | "document" | "photo" | "via">,
  ): object {
    const id = Number(parameters["chat_id"]);
    const person = this.#people.get(id);
    const transcript = person?.transcript ?? this.#groups.get(id)?.transcript;
    if (!transcript) throw new Refusal(400, "Bad Request: chat not found");
    if (person?.blocked) throw new Refusal(403, "Forbidden: bot was blocked by the user");
    if (this.#options.pace ?? true) this.flood.check(id, now);
    const message = { id: this.#world.nextId(), from: "bot", at: now, ...content } as const;
    transcript.push(message);
    const { text, via = "" } = content;
    this.#options.gate?.shown({ at: now, to: String(id), via, text }, String(message.id));
    const chat = person
      ? { id, type: "private", first_name: person.name }
      : { id, type: "supergroup", title: "Gruppo" };
    return { message_id: message.id, date: Math.floor(now / 1000), chat, text: content.text };
  }
}

/** What a call sends, and to whom; `undefined` where it sends nothing. */
function sendIn({ method, parameters, via }: Call, at: number): Send | undefined {
  if (!method.startsWith("send")) return undefined;
  const { chat_id: to, text, caption } = parameters;
  return { at, to: String(to), via, text: String(text ?? caption ?? "") };
}

function reply(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
