import type { ChatMessage, DrawnButton } from "./types.ts";
import type { Updates } from "./updates.ts";

/** What a person needs of the world around. */
export interface World {
  readonly updates: Updates;
  /** The bot's own id. */
  readonly bot: number;
  now(): number;
  nextId(): number;
  /** Opens a query that the bot is expected to answer. */
  openQuery(): string;
  /** Keeps a file, and gives its id. */
  keep(bytes: Uint8Array): string;
  until(what: string, condition: () => boolean): Promise<void>;
}

/** Somebody with Telegram on their phone, in their private chat with the bot. */
export class Person {
  readonly id: number;
  readonly name: string;
  readonly language: string | undefined;
  readonly transcript: ChatMessage[] = [];
  /** Whether the bot has been blocked. */
  blocked = false;
  readonly #world: World;
  #heard = 0;

  constructor(world: World, id: number, name: string, language: string | undefined) {
    this.#world = world;
    this.id = id;
    this.name = name;
    this.language = language;
  }

  says(text: string): void {
    this.#does("message", { text, ...commandIn(text) }, text);
  }

  /** Sends anything else: `{ voice: { … } }`, `{ location: { … } }`. */
  sends(content: object): void {
    this.#does("message", content, "");
  }

  /** Sends a voice note. */
  speaks(sound: Uint8Array, seconds = 3): void {
    const file = this.#world.keep(sound);
    const ids = { file_id: file, file_unique_id: `unique-${file}` };
    this.sends({ voice: { ...ids, duration: seconds, mime_type: "audio/ogg", file_size: sound.length } });
  }

  /** Changes the last text. */
  edits(text: string): void {
    this.#does("edited_message", { text, edit_date: this.#seconds() }, text);
  }

  /** Blocks the bot, as one bans it; nothing arrives any more. */
  blocks(): void {
    this.#lets(false);
  }

  unblocks(): void {
    this.#lets(true);
  }

  #lets(write: boolean): void {
    this.blocked = !write;
    const user = { id: this.#world.bot, is_bot: true, first_name: "Assistente" };
    const member = { status: "member", user };
    const kicked = { status: "kicked", user, until_date: 0 };
    this.#world.updates.add("my_chat_member", {
      ...{ chat: this.#chat(), from: this.#from(), date: this.#seconds() },
      ...(write
        ? { old_chat_member: kicked, new_chat_member: member }
        : { old_chat_member: member, new_chat_member: kicked }),
    });
  }

  /** Calls the bot in a group; what it writes there is not heard here. */
  saysInGroup(group: number, text: string): void {
    const chat = { id: group, type: "supergroup", title: "Gruppo" };
    this.#world.updates.add("message", { ...this.#head(), chat, text, ...commandIn(text) });
  }

  /**
   * Presses the latest button of that label.
   *
   * @throws Error where none is on the screen
   */
  presses(label: string): void {
    const [message, button] = this.#find(label);
    if (button.callback_data === undefined) throw new Error(`"${label}" opens a page: it is not answered.`);
    this.#world.updates.add("callback_query", {
      id: this.#world.openQuery(),
      from: this.#from(),
      message: { message_id: message.id, date: this.#seconds(), chat: this.#chat(), text: message.text },
      chat_instance: String(this.id),
      data: button.callback_data,
    });
  }

  /** The bot's next message that was not heard yet, as soon as it is there. */
  async hears(): Promise<ChatMessage> {
    await this.#world.until(`a message to ${this.name}`, () => this.unheard.length > 0);
    const [message] = this.unheard;
    if (!message) throw new Error("The message is gone.");
    this.#heard++;
    return message;
  }

  /** What the bot wrote and was not heard yet. */
  get unheard(): readonly ChatMessage[] {
    return this.transcript.filter(({ from }) => from === "bot").slice(this.#heard);
  }

  /** Labels that can be pressed under the bot's last message. */
  get screen(): readonly string[] {
    const last = this.transcript.findLast(({ from }) => from === "bot");
    return (last?.buttons ?? []).flat().map(({ text }) => text);
  }

  #find(label: string): readonly [ChatMessage, DrawnButton] {
    for (const message of this.transcript.toReversed())
      for (const button of message.buttons.flat()) if (button.text === label) return [message, button];
    throw new Error(`There is no button "${label}"; there are: ${this.screen.join(", ")}`);
  }

  #does(kind: string, content: object, text: string): void {
    const head = this.#head();
    this.transcript.push({ id: head.message_id, from: this.id, text, buttons: [], at: this.#world.now() });
    this.#world.updates.add(kind, { ...head, ...content });
  }

  #head() {
    return {
      message_id: this.#world.nextId(),
      date: this.#seconds(),
      chat: this.#chat(),
      from: this.#from(),
    };
  }

  #chat() {
    return { id: this.id, type: "private", first_name: this.name };
  }

  #from() {
    const language = this.language === undefined ? {} : { language_code: this.language };
    return { id: this.id, is_bot: false, first_name: this.name, ...language };
  }

  #seconds(): number {
    return Math.floor(this.#world.now() / 1000);
  }
}

function commandIn(text: string): object {
  const [command] = /^\/\w+(@\w+)?/.exec(text) ?? [];
  return command ? { entities: [{ type: "bot_command", offset: 0, length: command.length }] } : {};
}
