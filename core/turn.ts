import { noteDone } from "./assisted/end.ts";
import { insteadFor } from "./assisted/guest.ts";
import { briefly } from "./briefly.ts";
import type { Parts } from "./compose.ts";
import type { Context } from "./context.ts";
import { menuDoor, operatorDoor, simplerDoor, withMenu } from "./doors.ts";
import type { Effect } from "./effects.ts";
import { advance, again, begin, type Result } from "./engine/advance.ts";
import type { Given } from "./engine/field.ts";
import type { Door, Finished, Flow } from "./engine/flow.ts";
import type { Text } from "./engine/message.ts";
import { type Frame, newSession, type Session } from "./engine/session.ts";
import { holdsAnything } from "./engine/suggestion.ts";
import { finishing } from "./facilitators/finishing.ts";
import { handOverDoors } from "./facilitators/handing.ts";
import type { Outgoing } from "./ports.ts";
import type { Query } from "./queries.ts";
import { canSay } from "./sayable.ts";
import { number, park, parkTop, pop, push, replaceTop, takeOut, top, withoutFlow } from "./stack.ts";
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
  context: Context;
  session: Session;
  /** The free sentence that waited for this message. */
  readonly sentence: string | undefined;

  constructor(repertoire: Repertoire, vocabulary: Vocabulary, context: Context, session: Session) {
    const { sentence, ...rest } = session;
    this.repertoire = repertoire;
    this.vocabulary = vocabulary;
    this.context = context;
    this.session = rest;
    this.sentence = sentence;
  }

  /**
   * Opens what a word, a button or a link names: a command, a flow or a topic.
   *
   * @param sentence what was said freely and is meant to open it
   */
  open(payload: string, sentence?: string): Spoken {
    const instead = insteadFor(this, payload);
    if (instead) return instead;
    const [name, about] = this.split(payload);
    const command = this.command(name);
    if (command) return command(this, about);
    const flow = this.flow(name);
    if (flow) return this.enter(flow, about, sentence);
    const topic = this.repertoire.topics.find((one) => one.name === name);
    return topic ? this.tell(topic, about) : this.home();
  }

  home(): Spoken {
    return this.open(this.repertoire.home);
  }

  /** Speaks another language from now on, in files and pictures too. */
  speak(language: string): void {
    const { say } = this.context;
    this.context = { ...this.context, language, say: (text, asked = language) => say(text, asked) };
    this.session = { ...this.session, language };
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

  /** What a payload opens, and what follows its name. */
  split(payload: string): readonly [name: string, about: string] {
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
  private enter(flow: Flow<Context>, about: string, sentence: string | undefined): Spoken {
    const { name } = flow;
    if (!this.speaks(name)) return this.elsewhere(payloadOf(name, about), (one) => this.speaks(name, one));
    const again = top(this.session)?.flow === name;
    if (again && (about === "" || (flow.draft && about !== "new"))) return this.pending([]);
    if (flow.aside) return this.lay(flow, about);
    const { active, parked } = this.session;
    const draft = [...parked, ...active].findLast((frame) => frame.flow === name);
    if (flow.draft && draft && about !== "new" && !flow.closed(this.context)) {
      return this.spoken({
        notes: [{ key: `${flow.name}.unfinished`, params: { name: flow.whose(draft.answers) ?? "none" } }],
        doors: [
          { opens: `resume-${draft.id}`, label: { key: "engine.option.resume" } },
          { opens: `${flow.name}-new`, label: { key: `${flow.name}.another` } },
        ],
      });
    }
    // A draft may be interrupted by a small thing and gone back to; a small thing gives way to itself.
    if (flow.draft) this.park();
    else this.session = withoutFlow(this.session, name);
    return this.begin(flow, about, sentence);
  }

  /**
   * Lays a flow on top of what goes on, where it was left or from its beginning (`-new`). Another one like it
   * gives way and is put aside.
   */
  private lay(flow: Flow<Context>, about: string): Spoken {
    const { active, parked } = this.session;
    const left = [...parked, ...active].findLast((frame) => frame.flow === flow.name);
    if (left) this.session = takeOut(this.session, left.id);
    const under = top(this.session);
    if (under && this.flow(under.flow)?.aside) this.parkTop();
    if (!left || about === "new") return this.begin(flow, about);
    this.session = push(this.session, { ...left, touchedAt: this.now() });
    const spoken = this.pending([{ key: "engine.going_on" }]);
    if (spoken.kind === "lookup") return spoken;
    const anew: Door = { opens: `${flow.name}-new`, label: { key: "engine.option.anew" } };
    return { ...spoken, parts: { ...spoken.parts, doors: [...(spoken.parts.doors ?? []), anew] } };
  }

  private begin(flow: Flow<Context>, about: string, sentence = ""): Spoken {
    const [session, id] = number(this.session);
    this.session = session;
    // Opened about something, it is not what the sentence was about.
    const said = about === "" || about === "new" ? sentence : "";
    const suggested = flow.suggest?.(said, this.context);
    return this.follow(null, begin(flow, id, this.context, flow.known(about), suggested));
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
      case "ended": {
        const flow = frame ? this.flow(frame.flow) : undefined;
        const finished = finishing(this.session, flow, result.finished, this.context);
        if (frame) this.close(frame);
        return this.conclude(finished, flow?.aside ? this.backTo() : []);
      }
    }
  }

  /** Leaves what was gone through to its end. */
  private close({ flow }: Frame): void {
    this.session = pop(this.session);
    const { assisted } = this.session;
    if (assisted) this.session = { ...this.session, assisted: noteDone(assisted, flow) };
  }

  /** Asks a question; whoever has not been understood twice in a row is offered a person. */
  private ask({ notes, question, sends, refused }: Extract<Result, { kind: "asking" }>): Spoken {
    const misses = refused ? this.session.misses + 1 : 0;
    this.session = { ...this.session, misses };
    const doors = handOverDoors(this.session);
    if (misses < 2) return this.spoken({ notes, question, doors }, sends);
    const offer: Text = { key: "engine.offer_person" };
    return this.spoken({ notes: [...notes, offer], question, doors: [...doors, ...this.easier()] }, sends);
  }

  /** What may help who was not understood: simpler words, where they are not used yet, and a person. */
  easier(): readonly Door[] {
    const { language, profile } = this.session;
    const canBeSimpler = !profile?.simple && this.vocabulary.covers(language, "manner");
    return canBeSimpler ? [simplerDoor, operatorDoor] : [operatorDoor];
  }

  private tell(topic: Topic, about: string): Spoken {
    const { name } = topic;
    const query = topic.lookup?.(this.context, about);
    if (query && this.context.found(query) === undefined) return { kind: "lookup", query };
    const told = topic.answer(this.context, this.session, about);
    const finished = top(this.session) && about === "" ? briefly(name, told) : told;
    const { say, doors = [], link } = finished;
    const parts = { notes: [say], doors, ...(link && { link }) };
    const has = (language: string) => canSay((key) => this.vocabulary.has(language, key), parts);
    if (!has(this.session.language)) return this.elsewhere(payloadOf(name, about), has);
    // Wherever one is, there is a way back; at home one is there already.
    return this.conclude(name === this.repertoire.home ? finished : { ...finished, doors: withMenu(doors) });
  }

  /** Whether a language, the person's unless told, has the words of a flow. */
  private speaks(flow: string, language = this.session.language): boolean {
    return this.vocabulary.covers(language, flow);
  }

  /** Says that something cannot be said in the person's language, and offers those in which it can. */
  private elsewhere(
    payload: string,
    canBeSaidIn: (language: string) => boolean,
    notes: readonly Text[] = [],
  ): Spoken {
    const { languages, nameOf } = this.vocabulary;
    const names = languages.filter(canBeSaidIn).map((one) => ({ one, label: { literal: nameOf(one) } }));
    const note = { key: "engine.only_in", params: { languages: { list: names.map(({ label }) => label) } } };
    const switches = names.map(({ one, label }) => ({ opens: payloadOf(`language-${one}`, payload), label }));
    return this.pending([...notes, note], [...switches, operatorDoor, menuDoor]);
  }

  /** What was begun in another language is put aside until it is gone on with in that one. */
  private leave({ id, flow, answers }: Frame, notes: readonly Text[]): Spoken {
    this.park();
    const isKept = this.session.parked.some((one) => one.id === id);
    const known = Object.keys(answers).length > 0;
    return this.elsewhere(isKept && known ? `resume-${id}` : flow, (one) => this.speaks(flow, one), notes);
  }

  /** Says what a topic or the end of a flow says, then goes back to what was interrupted. */
  private conclude(finished: Finished, then: readonly Text[] = []): Spoken {
    const after: Pick<Parts, "document" | "picture" | "link"> = {
      ...(finished.document && { document: finished.document }),
      ...(finished.picture && { picture: finished.picture }),
      ...(finished.link && { link: finished.link }),
    };
    if (finished.take) this.take(finished.take);
    if (finished.alone) this.park();
    this.session = finished.forget ? newSession(this.session.language) : { ...this.session, misses: 0 };
    if (finished.accompanied !== undefined) this.accompany(finished.accompanied);
    const spoken =
      finished.opens === undefined
        ? this.pending([finished.say, ...then], finished.doors ?? [])
        : saidFirst(finished.say, this.open(finished.opens));
    if (spoken.kind === "lookup") return spoken;
    return {
      ...spoken,
      parts: { ...spoken.parts, ...after },
      sends: [...spoken.sends, ...(finished.sends ?? [])],
      effects: [...spoken.effects, ...(finished.effects ?? [])],
    };
  }

  private accompany(by: NonNullable<Session["accompanied"]> | null): void {
    const { accompanied: _, ...alone } = this.session;
    this.session = by ? { ...alone, accompanied: by } : alone;
  }

  /** Leads back to what a lesson lay on, if to anything. */
  backTo(): readonly Text[] {
    return top(this.session) ? [{ key: "engine.back_to" }] : [];
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
    if (!this.speaks(flow.name)) return this.leave(frame, notes);
    const result = again(flow, frame, this.context);
    if (result.kind === "ended") {
      const { finished } = result;
      const say = notes.length > 0 ? { lines: [...notes, finished.say], gap: true } : finished.say;
      return this.follow(frame, { ...result, finished: { ...finished, say } });
    }
    if (result.kind !== "asking") return this.follow(frame, result);
    this.session = replaceTop(this.session, result.frame);
    // What a topic offers stays at hand beside the question; the way to where one is does not.
    const beside = doors.filter(({ opens }) => opens !== menuDoor.opens && opens.split("-")[0] !== flow.name);
    // A picture has room for few buttons below it, and whoever is answered in between has seen it.
    const { picture, ...bare } = result.question;
    const question = picture && beside.length === 0 ? result.question : bare;
    const hand = handOverDoors(this.session);
    const parts = { notes: [...notes, ...result.notes], question, doors: [...hand, ...beside] };
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

  /** Puts aside all that is worth keeping, and leaves the rest. */
  park(): void {
    this.session = park(this.session, (frame) => this.isWorthKeeping(frame));
  }

  /** The same with the innermost alone. */
  parkTop(): void {
    this.session = parkTop(this.session, (frame) => this.isWorthKeeping(frame));
  }

  /** A draft with something in it, or a lesson that was begun. */
  isWorthKeeping(frame: Frame): boolean {
    const kept = this.flow(frame.flow);
    return kept !== undefined && (kept.draft || kept.aside) && holdsAnything(frame);
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

/** What is opened, with something said before it. */
const saidFirst = (says: Text, spoken: Spoken): Spoken =>
  spoken.kind === "lookup"
    ? spoken
    : { ...spoken, parts: { ...spoken.parts, notes: [says, ...spoken.parts.notes] } };

/** Names a thing with what it is about, as {@link Turn.open} takes it. */
const payloadOf = (name: string, about: string): string => (about === "" ? name : `${name}-${about}`);
