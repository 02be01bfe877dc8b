import type { Pressable, Shown } from "./types.ts";

/** What a person needs of the world around. */
export interface World {
  now(): number;
  nextId(): string;
  deliver(value: object, field?: string): void;
  /** A message of theirs has come. */
  came(person: Person, id: string): void;
  /** Keeps a file, and gives its id. */
  keep(bytes: Uint8Array, type: string): string;
  until(what: string, condition: () => boolean): Promise<void>;
}

/** Somebody with WhatsApp on their phone, in their chat with the business. */
export class Person {
  readonly name: string;
  /** Their number; businesses do not see it where it is hidden. */
  number: string;
  /** Meta's id of them for this business. */
  userId: string;
  hidden = false;
  readonly transcript: Shown[] = [];
  /** When they last wrote, by the fake's clock. */
  wroteAt = Number.NEGATIVE_INFINITY;
  /** Whether their phone has the business blocked, or no WhatsApp at all any more. */
  gone = false;
  /** Whether they stopped marketing messages of this business. */
  noOffers = false;
  /** Messages of theirs that are marked as read, and while which an answer was announced. */
  readonly read: string[] = [];
  readonly typing: string[] = [];
  readonly #world: World;
  #heard = 0;

  constructor(world: World, name: string, number: string, userId: string) {
    this.#world = world;
    this.name = name;
    this.number = number;
    this.userId = userId;
  }

  says(text: string): string {
    return this.sends({ type: "text", text: { body: text } });
  }

  /** Sends anything: `{ type: "audio", audio: { … } }`. */
  sends(content: object): string {
    this.wroteAt = this.#world.now();
    const id = this.#world.nextId();
    this.#world.came(this, id);
    this.#world.deliver({
      contacts: [{ profile: { name: this.name }, ...this.#ids("wa_id", "user_id") }],
      messages: [{ ...this.#ids("from", "from_user_id"), id, timestamp: this.#seconds(), ...content }],
    });
    return id;
  }

  /** Sends a voice note. */
  speaks(sound: Uint8Array, type = "audio/ogg; codecs=opus"): string {
    const id = this.#world.keep(sound, type);
    return this.sends({ type: "audio", audio: { id, mime_type: type, sha256: "…", voice: true } });
  }

  /**
   * Presses the latest button or row of that label.
   *
   * @throws Error where none is on the screen
   */
  presses(label: string): void {
    const { id, title, description, on } = this.#find(label);
    if (on === "template") {
      this.sends({ type: "button", button: { payload: id, text: title } });
      return;
    }
    const reply = { id, title, ...(description && { description }) };
    const type = on === "button" ? "button_reply" : "list_reply";
    this.sends({ type: "interactive", interactive: { type, [type]: reply } });
  }

  /** Stops what the business offers and announces, or takes it up again, in the settings of the chat. */
  wantsOffers(wanted: boolean): void {
    this.noOffers = !wanted;
    const value = wanted ? "resume" : "stop";
    const detail = `User requested to ${value} marketing messages`;
    const ids = this.#ids("wa_id", "user_id");
    const preference = { ...ids, detail, category: "marketing_messages", value, timestamp: this.#seconds() };
    this.#world.deliver({ contacts: [ids], user_preferences: [preference] }, "user_preferences");
  }

  /** Changes their number, upon which the platform gives them another id. */
  changesNumber(number: string, userId: string, told = true): void {
    const system = {
      body: `User ${this.name} changed from ${this.userId} to ${userId}`,
      wa_id: number,
      user_id: userId,
      type: "user_changed_user_id",
    };
    const head = { from: this.number, id: this.#world.nextId(), timestamp: this.#seconds() };
    this.number = number;
    this.userId = userId;
    if (told) this.#world.deliver({ messages: [{ ...head, type: "system", system }] });
  }

  /** The business's next message that was not heard yet, as soon as it is there. */
  async hears(): Promise<Shown> {
    await this.#world.until(`a message to ${this.name}`, () => this.transcript.length > this.#heard);
    const message = this.transcript[this.#heard++];
    if (!message) throw new Error("The message is gone.");
    return message;
  }

  /** What came and was not heard yet. */
  get unheard(): readonly Shown[] {
    return this.transcript.slice(this.#heard);
  }

  #find(label: string): Pressable {
    for (const { pressable } of this.transcript.toReversed())
      for (const one of pressable)
        if ((one.description ?? one.title) === label || one.title === label) return one;
    const screen = this.transcript.at(-1)?.pressable.map(({ title }) => title) ?? [];
    throw new Error(`There is no "${label}"; there are: ${screen.join(", ")}`);
  }

  #ids(number: string, userId: string) {
    return { ...(!this.hidden && { [number]: this.number }), [userId]: this.userId };
  }

  #seconds(): string {
    return String(Math.floor(this.#world.now() / 1000));
  }
}
