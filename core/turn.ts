import type { Parts } from "./compose.ts";
import type { Context } from "./context.ts";
import { advance, again, begin, type Result } from "./engine/advance.ts";
import type { Given } from "./engine/field.ts";
import type { Door, Finished, Flow } from "./engine/flow.ts";
import type { Text } from "./engine/message.ts";
import { type Frame, newSession, type Session } from "./engine/session.ts";
import type { Effect, Outgoing, Query } from "./ports.ts";
import { number, park, pop, push, replaceTop, top } from "./stack.ts";
import type { Topic } from "./topic.ts";
import type { Vocabulary } from "./understanding/vocabulary.ts";

/** What the assistant can talk about. */
export interface Repertoire {
  readonly flows: readonly Flow<Context>[];
  readonly topics: readonly Topic[];
  /** What acts on the conversation itself, by name. */
  readonly commands: Readonly<Record<string, Command>>;
  /** What is done at once, without asking: a button of ours opens it, and no link that somebody may have made. */
  readonly pressedOnly: readonly string[];
  /** The topic that a first message, or one that asks for nothing, is answered with. */
  readonly home: string;
}

/** @param about what follows the command's name in the payload: `resume-3` → `3` */
export type Command = (turn: Turn, about: string) => Spoken;

/** What came of one message. */
export type Spoken =
  | {
      readonly kind: "spoken";
      readonly session: Session;
      readonly parts: Parts;
      readonly sends: readonly Outgoing[];
      readonly effects: readonly Effect[];
    }
  /** It cannot be told yet: look this up and begin again with it found. */
  | { readonly kind: "lookup"; readonly query: Query };

/**
 * One message on its way through a session: the session as it is so far, and the ways in which it
 * goes on. What a method returns is what there is to say.
 */
export class Turn {
  readonly repertoire: Repertoire;
  readonly vocabulary: Vocabulary;
  readonly context: Context;
  session: Session;

  constructor(repertoire: Repertoire, vocabulary: Vocabulary, context: Context, session: Session) {
    this.repertoire = repertoire;
    this.vocabulary = vocabulary;
    this.context = context;
    this.session = session;
  }

  /** Opens what a word, a button or a link names: a command, a flow or a topic. */
  open(payload: string): Spoken {
    const [name, about] = this.split(payload);
    const command = this.command(name);
    if (command) return command(this, about);
    const flow = this.flow(name);
    if (flow) return this.enter(flow, about);
    const topic = this.repertoire.topics.find((one) => one.name === name);
    return topic ? this.tell(topic, about) : this.home();
  }

  home(): Spoken {
    return this.open(this.repertoire.home);
  }

  /** Whether a payload, which may come from an old button or any link, opens something. */
  knows(payload: string): boolean {
    const [name] = this.split(payload);
    return (
      this.command(name) !== undefined ||
      this.flow(name) !== undefined ||
      this.repertoire.topics.some((topic) => topic.name === name)
    );
  }

  /** Whether a link may open it, which comes from anybody. */
  mayOpen(payload: string): boolean {
    const [name] = this.split(payload);
    return this.knows(payload) && !this.repertoire.pressedOnly.includes(name);
  }

  private split(payload: string): readonly [name: string, about: string] {
    const [name = "", ...rest] = payload.split("-");
    return [name, rest.join("-")];
  }

  private command(name: string): Command | undefined {
    return Object.hasOwn(this.repertoire.commands, name) ? this.repertoire.commands[name] : undefined;
  }

  /**
   * Hands what was given to the question on the screen.
   *
   * @param otherwise what else it may be, where it is no answer to it
   */
  give(frame: Frame, given: Given, otherwise?: () => Spoken | undefined): Spoken {
    const flow = this.flow(frame.flow);
    if (!flow) return this.drop([{ key: "engine.flow_gone" }]);
    const result = advance(flow, frame, given, this.context);
    const isRefused = result.kind === "asking" && result.refused;
    return (isRefused ? otherwise?.() : undefined) ?? this.follow(frame, result);
  }

  /** Begins a flow on top of what is going on, unless it is the one going on. */
  private enter(flow: Flow<Context>, about: string): Spoken {
    const again = top(this.session)?.flow === flow.name;
    if (again && (about === "" || (flow.draft && about !== "new"))) return this.pending([]);
    const draft = this.session.parked.findLast((frame) => frame.flow === flow.name);
    if (flow.draft && draft && about !== "new" && !flow.closed(this.context)) {
      return this.spoken({
        notes: [{ key: `${flow.name}.unfinished`, params: { name: flow.whose(draft.answers) ?? "none" } }],
        doors: [
          { opens: `resume-${draft.id}`, label: { key: "engine.option.resume" } },
          { opens: `${flow.name}-new`, label: { key: `${flow.name}.another` } },
        ],
      });
    }
    // A draft may be interrupted by a small thing and gone back to; a small thing gives way.
    if (flow.draft) this.park();
    else if (again) this.session = pop(this.session);
    const [session, id] = number(this.session);
    this.session = session;
    return this.follow(null, begin(flow, id, this.context, flow.known(about)));
  }

  /** Puts a result of the engine in the session and in words. */
  private follow(frame: Frame | null, result: Result): Spoken {
    switch (result.kind) {
      case "lookup":
        return result;
      case "asking":
        if (frame) this.session = replaceTop(this.session, result.frame);
        else this.session = push(this.session, result.frame);
        return this.ask(result);
      case "open":
        this.session = replaceTop(this.session, result.frame);
        return this.open(result.payload);
      case "ended":
        if (frame) this.session = pop(this.session);
        return this.conclude(result.finished);
    }
  }

  /** Asks a question; whoever has not been understood twice in a row is offered a person. */
  private ask({ notes, question, sends, refused }: Extract<Result, { kind: "asking" }>): Spoken {
    const misses = refused ? this.session.misses + 1 : 0;
    this.session = { ...this.session, misses };
    if (misses < 2) return this.spoken({ notes, question }, sends);
    const offer: Text = { key: "engine.offer_person" };
    return this.spoken({ notes: [...notes, offer], question, doors: [operatorDoor] }, sends);
  }

  private tell(topic: Topic, about: string): Spoken {
    const { name } = topic;
    const query = topic.lookup?.(this.context, about);
    if (query && this.context.found(query) === undefined) return { kind: "lookup", query };
    const finished = topic.answer(this.context, this.session, about);
    const doors = finished.doors ?? [];
    // Wherever one is, there is a way back; at home one is there already.
    return this.conclude(name === this.repertoire.home ? finished : { ...finished, doors: withMenu(doors) });
  }

  /** Says what a topic or the end of a flow says, then goes back to what was interrupted. */
  private conclude(finished: Finished): Spoken {
    const after: Pick<Parts, "document" | "picture" | "link"> = {
      ...(finished.document && { document: finished.document }),
      ...(finished.picture && { picture: finished.picture }),
      ...(finished.link && { link: finished.link }),
    };
    if (finished.take) this.take(finished.take);
    this.session = finished.forget ? newSession(this.session.language) : { ...this.session, misses: 0 };
    const spoken = this.pending([finished.say], finished.doors ?? []);
    if (spoken.kind === "lookup") return spoken;
    return {
      ...spoken,
      parts: { ...spoken.parts, ...after },
      sends: [...spoken.sends, ...(finished.sends ?? [])],
      effects: [...spoken.effects, ...(finished.effects ?? [])],
    };
  }

  /** Asks the pending question again after the notes; where there is none, offers the doors. */
  pending(notes: readonly Text[], doors: Parts["doors"] = []): Spoken {
    const frame = top(this.session);
    if (!frame) {
      if (notes.length === 0) return this.home();
      return this.spoken({ notes, doors: doors.length > 0 ? doors : [menuDoor] });
    }
    const flow = this.flow(frame.flow);
    if (!flow) return this.drop([...notes, { key: "engine.flow_gone" }]);
    const result = again(flow, frame, this.context);
    if (result.kind !== "asking") return this.follow(frame, result);
    this.session = replaceTop(this.session, result.frame);
    // What a topic offers stays at hand beside the question; the way to where one is does not.
    const beside = doors.filter(({ opens }) => opens !== menuDoor.opens && opens.split("-")[0] !== flow.name);
    const parts = { notes: [...notes, ...result.notes], question: result.question, doors: beside };
    return this.spoken(parts, result.sends);
  }

  /** A draft that comes from another chat goes on here. */
  private take(frame: Frame): void {
    this.park();
    const [session, id] = number(this.session);
    this.session = push(session, { ...frame, id, touchedAt: this.now() });
  }

  /** Leaves what is being done. */
  drop(notes: readonly Text[]): Spoken {
    this.session = pop(this.session);
    return this.pending(notes);
  }

  /** Puts aside drafts that have something in them, and leaves the rest. */
  park(): void {
    this.session = this.parking();
  }

  /** The session with that done. */
  private parking(): Session {
    return park(
      this.session,
      ({ flow, answers }) => (this.flow(flow)?.draft ?? false) && Object.keys(answers).length > 0,
    );
  }

  spoken(parts: Parts, sends: readonly Outgoing[] = []): Spoken {
    return { kind: "spoken", session: this.session, parts, sends, effects: [] };
  }

  flow(name: string): Flow<Context> | undefined {
    return this.repertoire.flows.find((flow) => flow.name === name);
  }

  /** Real time, ISO. */
  now(): string {
    return this.context.realNow.toISOString();
  }
}

/** The way back from wherever one is. */
export const menuDoor: Door = { opens: "menu", label: { key: "engine.option.menu" } };
export const operatorDoor: Door = { opens: "operator", label: { key: "engine.option.operator" } };

const withMenu = (doors: readonly Door[]): readonly Door[] =>
  doors.some(({ opens }) => opens === menuDoor.opens) ? doors : [...doors, menuDoor];
