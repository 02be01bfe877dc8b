import { DOOR, type Parts } from "./compose.ts";
import type { Context } from "./context.ts";
import {
  advance,
  again,
  BACK,
  begin,
  KEEP,
  parseData,
  type Result,
  SKIP,
  takesNumbers,
} from "./engine/advance.ts";
import type { Given } from "./engine/field.ts";
import type { Door, Finished, Flow } from "./engine/flow.ts";
import type { Incoming, Text } from "./engine/message.ts";
import type { Frame, Session } from "./engine/session.ts";
import type { Effect, Outgoing, Query } from "./ports.ts";
import type { Topic } from "./topic.ts";
import { normal } from "./understanding/normal.ts";
import type { Vocabulary } from "./understanding/vocabulary.ts";

/** What the assistant can talk about. */
export interface Repertoire {
  readonly flows: readonly Flow<Context>[];
  readonly topics: readonly Topic[];
  /** What a first message, or one that asks for nothing, is answered with. */
  readonly home: string;
}

/** What came of one message. */
export type Spoken =
  | {
      readonly kind: "spoken";
      readonly session: Session;
      readonly parts: Parts;
      readonly sends: readonly Outgoing[];
      readonly effects: readonly Effect[];
    }
  /** It cannot be told yet: look this up and call again with it found. */
  | { readonly kind: "lookup"; readonly query: Query };

/** After so long a text is not taken for the answer to a question that was left, without asking. */
const IDLE_MS = 24 * 60 * 60 * 1000;
/** Id of "use what I have just written as the answer". */
const HELD = "_held";
/** Drafts put aside that are kept; the oldest empty or long untouched one makes room. */
const MOST_PARKED = 10;

export const newSession = (language: string): Session => ({
  language,
  welcomed: false,
  active: [],
  parked: [],
  screen: [],
  counter: 0,
  misses: 0,
});

/**
 * Answers one message of one person. Pure: the same session, message and context give the same
 * result; nothing that a person can send makes it throw.
 */
export function respond(
  repertoire: Repertoire,
  vocabulary: Vocabulary,
  session: Session,
  incoming: Incoming,
  context: Context,
): Spoken {
  const turn = new Turn(repertoire, vocabulary, context, session);
  return turn.welcome(turn.hear(incoming));
}

/** One message on its way through the session. Every method returns what there is to say. */
class Turn {
  private readonly repertoire: Repertoire;
  private readonly vocabulary: Vocabulary;
  private readonly context: Context;
  private session: Session;

  constructor(repertoire: Repertoire, vocabulary: Vocabulary, context: Context, session: Session) {
    this.repertoire = repertoire;
    this.vocabulary = vocabulary;
    this.context = context;
    this.session = session;
  }

  /** Says first who is speaking, to somebody who writes for the first time. */
  welcome(spoken: Spoken): Spoken {
    if (spoken.kind === "lookup" || spoken.session.welcomed) return spoken;
    const { edition } = this.context;
    const greeting: Text = {
      key: "home.welcome",
      params: { union: { literal: edition.union.name }, edition: { literal: edition.name } },
    };
    const { notice } = edition.privacy;
    const privacy: Text = notice
      ? { key: "home.privacy_notice", params: { url: notice } }
      : { key: "home.privacy" };
    const disclaimer = edition.disclaimer ? [{ literal: edition.disclaimer }] : [];
    return {
      ...spoken,
      session: { ...spoken.session, welcomed: true },
      parts: { ...spoken.parts, notes: [greeting, privacy, ...disclaimer, ...spoken.parts.notes] },
    };
  }

  hear(incoming: Incoming): Spoken {
    switch (incoming.kind) {
      case "start":
        return this.open(this.knows(incoming.payload) ? incoming.payload : this.repertoire.home);
      case "choice":
        return this.press(incoming.data);
      case "text":
        return this.listen(incoming.text);
      case "media":
        return this.pending([{ key: `engine.media.${incoming.media}` }]);
      case "location":
        return this.pending([{ key: "engine.media.location" }]);
      case "edited":
        return this.pending([{ key: "engine.edited" }]);
      case "group":
        return this.spoken({ notes: [{ key: "engine.group" }] });
    }
  }

  private listen(text: string): Spoken {
    const said = normal(text);
    const word = this.vocabulary.word(this.session.language, said);
    if (word) return this.open(word);
    const pressed = this.typed(said);
    if (pressed) return this.press(pressed);
    const frame = this.top();
    if (!frame) {
      const subject = this.vocabulary.subject(this.session.language, said);
      return subject ? this.open(subject) : this.lost();
    }
    const subject = this.vocabulary.question(this.session.language, said);
    if (subject) return this.open(subject);
    if (this.context.realNow.getTime() - Date.parse(frame.touchedAt) > IDLE_MS) return this.hold(frame, text);
    return this.give(frame, { kind: "text", text });
  }

  /** What is on the screen and was typed instead of pressed: its number or its title. */
  private typed(said: string): string | undefined {
    const { screen } = this.session;
    const titled = screen.find(({ label }) => normal(label) === said);
    if (titled && said !== "") return titled.data;
    const frame = this.top();
    const flow = frame && this.flow(frame.flow);
    if (frame && flow && takesNumbers(flow, frame)) return undefined;
    return /^\d{1,2}$/.test(said) ? screen[Number(said) - 1]?.data : undefined;
  }

  private press(data: string): Spoken {
    const page = /^page:(\d{1,3})$/.exec(data)?.[1];
    if (page) return this.turnPage(Number(page));
    if (data.startsWith(DOOR)) {
      const payload = data.slice(DOOR.length);
      return this.knows(payload) ? this.open(payload) : this.pending([{ key: "engine.old_button" }]);
    }
    const frame = this.top();
    const pressed = parseData(data);
    if (
      !frame ||
      !pressed ||
      pressed.frame !== frame.id ||
      pressed.question !== frame.question.toString(36)
    ) {
      return this.pending([{ key: "engine.old_button" }]);
    }
    if (pressed.id === HELD) {
      const held = frame.memo[HELD];
      return typeof held === "string" ? this.give(frame, { kind: "text", text: held }) : this.pending([]);
    }
    return this.give(frame, { kind: "choice", id: pressed.id });
  }

  /** Shows those of the choices on the screen that did not fit. */
  private turnPage(page: number): Spoken {
    if (this.top()) {
      const spoken = this.pending([]);
      return spoken.kind === "lookup" ? spoken : { ...spoken, parts: { ...spoken.parts, page } };
    }
    const doors = this.session.screen
      .filter(({ data }) => data.startsWith(DOOR))
      .map(({ data, label }) => ({ opens: data.slice(DOOR.length), label: { literal: label } }));
    if (doors.length === 0) return this.open(this.repertoire.home);
    return this.spoken({ notes: [{ key: "engine.more" }], doors, page });
  }

  private give(frame: Frame, given: Given): Spoken {
    const flow = this.flow(frame.flow);
    if (!flow) return this.drop(frame, [{ key: "engine.flow_gone" }]);
    return this.follow(frame, advance(flow, frame, given, this.context));
  }

  /** After a long silence the question is shown again; what was written may still be its answer. */
  private hold(frame: Frame, text: string): Spoken {
    const held = { ...frame, memo: { ...frame.memo, [HELD]: text }, touchedAt: this.now() };
    this.replaceTop(held);
    const spoken = this.pending([{ key: "engine.welcome_back" }]);
    if (spoken.kind === "lookup" || !spoken.parts.question) return spoken;
    const top = spoken.session.active.at(-1) ?? held;
    const use = {
      data: `${top.id}.${top.question.toString(36)}.${HELD}`,
      label: { key: "engine.option.held" },
    };
    const question = { ...spoken.parts.question, options: [use, ...spoken.parts.question.options] };
    return { ...spoken, parts: { ...spoken.parts, question } };
  }

  /** Opens what a word, a button or a link names. */
  private open(payload: string): Spoken {
    const frame = this.top();
    switch (payload) {
      case "back":
        return frame ? this.give(frame, { kind: "choice", id: BACK }) : this.open(this.repertoire.home);
      case "skip":
        return frame ? this.give(frame, { kind: "choice", id: SKIP }) : this.lost();
      case "keep":
        return frame ? this.give(frame, { kind: "choice", id: KEEP }) : this.lost();
      case "repeat":
        return this.pending([]);
      case "simpler":
      case "help":
        return this.help();
      case "cancel":
        return this.cancel();
      case "menu":
        this.park();
        return this.open(this.repertoire.home);
    }
    const [name = "", ...rest] = payload.split("-");
    const about = rest.join("-");
    if (name === "language") return this.speak(about);
    if (name === "resume") return this.resume(about);
    if (name === "discard") return this.discard(about);
    const flow = this.flow(name);
    if (flow) return this.enter(flow, about);
    const topic = this.repertoire.topics.find((one) => one.name === name);
    return topic ? this.tell(topic, about) : this.lost();
  }

  private knows(payload: string): boolean {
    const name = payload.split("-")[0] ?? "";
    return (
      [
        "back",
        "skip",
        "keep",
        "repeat",
        "simpler",
        "help",
        "cancel",
        "menu",
        "language",
        "resume",
        "discard",
      ].includes(name) ||
      this.flow(name) !== undefined ||
      this.repertoire.topics.some((topic) => topic.name === name)
    );
  }

  /** Begins a flow on top of what is going on, unless it is the one going on. */
  private enter(flow: Flow<Context>, about: string): Spoken {
    const again = this.top()?.flow === flow.name;
    if (again && about === "") return this.pending([]);
    const draft = this.session.parked.findLast((frame) => frame.flow === flow.name);
    if (flow.draft && draft && about !== "new" && !flow.closed(this.context)) {
      return this.spoken({
        notes: [{ key: `${flow.name}.unfinished` }],
        doors: [
          { opens: `resume-${draft.id}`, label: { key: "engine.option.resume" } },
          { opens: `${flow.name}-new`, label: { key: `${flow.name}.another` } },
        ],
      });
    }
    // A draft may be interrupted by a small thing and gone back to; a small thing gives way.
    if (flow.draft) this.park();
    else if (again) this.session = { ...this.session, active: this.session.active.slice(0, -1) };
    const counter = this.session.counter + 1;
    this.session = { ...this.session, counter };
    return this.follow(null, begin(flow, counter.toString(36), this.context, flow.known(about)));
  }

  /** Puts a result of the engine in the session and in words. */
  private follow(frame: Frame | null, result: Result): Spoken {
    switch (result.kind) {
      case "lookup":
        return result;
      case "asking":
        if (frame) this.replaceTop(result.frame);
        else this.session = { ...this.session, active: [...this.session.active, result.frame] };
        return this.spoken({ notes: result.notes, question: result.question }, result.sends);
      case "open":
        this.replaceTop(result.frame);
        return this.open(result.payload);
      case "ended":
        if (frame) this.session = { ...this.session, active: this.session.active.slice(0, -1) };
        return this.conclude(result.finished);
    }
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
    const after: Pick<Parts, "document" | "link"> = {
      ...(finished.document && { document: finished.document }),
      ...(finished.link && { link: finished.link }),
    };
    if (finished.take) this.take(finished.take);
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
  private pending(notes: readonly Text[], doors: Parts["doors"] = []): Spoken {
    const frame = this.top();
    if (!frame) {
      if (notes.length === 0) return this.open(this.repertoire.home);
      return this.spoken({ notes, doors: doors.length > 0 ? doors : [menu] });
    }
    const flow = this.flow(frame.flow);
    if (!flow) return this.drop(frame, [...notes, { key: "engine.flow_gone" }]);
    const result = again(flow, frame, this.context);
    if (result.kind !== "asking") return this.follow(frame, result);
    this.replaceTop(result.frame);
    return this.spoken({ notes: [...notes, ...result.notes], question: result.question }, result.sends);
  }

  /** What the pending question means, with an example, and the words that always work. */
  private help(): Spoken {
    const frame = this.top();
    const key = frame && `${frame.flow}.${frame.asking}.help`;
    const step: Text[] = key && this.vocabulary.has(this.session.language, key) ? [{ key }] : [];
    return this.pending([...step, { key: "engine.help" }], [menu, operator]);
  }

  private cancel(): Spoken {
    const frame = this.top();
    if (!frame) return this.pending([{ key: "engine.nothing_to_cancel" }]);
    const flow = this.flow(frame.flow);
    if (!flow?.draft || Object.keys(frame.answers).length === 0)
      return this.drop(frame, [{ key: "engine.cancelled" }]);
    this.park();
    return this.spoken({
      notes: [{ key: "engine.cancel.ask" }],
      doors: [
        { opens: `resume-${frame.id}`, label: { key: "engine.option.resume" } },
        { opens: "menu", label: { key: "engine.option.later" } },
        { opens: `discard-${frame.id}`, label: { key: "engine.option.discard" } },
      ],
    });
  }

  private resume(id: string): Spoken {
    const frame = this.session.parked.find((one) => one.id === id);
    if (!frame) return this.pending([{ key: "engine.draft_gone" }]);
    this.park();
    const parked = this.session.parked.filter((one) => one.id !== id);
    const active = [...this.session.active, { ...frame, touchedAt: this.now() }];
    this.session = { ...this.session, parked, active };
    return this.pending([]);
  }

  private discard(id: string): Spoken {
    const parked = this.session.parked.filter((one) => one.id !== id);
    const gone = parked.length < this.session.parked.length;
    this.session = { ...this.session, parked };
    return this.pending([{ key: gone ? "engine.discarded" : "engine.draft_gone" }]);
  }

  /** A draft that comes from another chat goes on here. */
  private take(frame: Frame): void {
    this.park();
    const counter = this.session.counter + 1;
    const taken = { ...frame, id: counter.toString(36), touchedAt: this.now() };
    this.session = { ...this.session, counter, active: [...this.session.active, taken] };
  }

  private speak(language: string): Spoken {
    if (!this.vocabulary.languages.includes(language)) {
      const doors = this.vocabulary.languages.map((one) => ({
        opens: `language-${one}`,
        label: { literal: this.vocabulary.nameOf(one) },
      }));
      return this.spoken({ notes: [{ key: "engine.language" }], doors });
    }
    this.session = { ...this.session, language };
    return this.pending([{ key: "engine.language_set" }]);
  }

  private lost(): Spoken {
    this.session = { ...this.session, misses: this.session.misses + 1 };
    // After two in a row a person is the better help.
    const notes = [{ key: this.session.misses < 2 ? "engine.lost" : "engine.lost_again" }];
    return this.spoken({ notes, doors: [menu, operator] });
  }

  private drop(frame: Frame, notes: readonly Text[]): Spoken {
    this.session = { ...this.session, active: this.session.active.filter((one) => one.id !== frame.id) };
    return this.pending(notes);
  }

  /** Puts drafts that have something in them aside, and drops the rest of what was going on. */
  private park(): void {
    const kept = this.session.active.filter(
      (frame) => this.flow(frame.flow)?.draft && Object.keys(frame.answers).length > 0,
    );
    this.session = {
      ...this.session,
      active: [],
      parked: [...this.session.parked, ...kept].slice(-MOST_PARKED),
    };
  }

  private spoken(parts: Parts, sends: readonly Outgoing[] = []): Spoken {
    return { kind: "spoken", session: this.session, parts, sends, effects: [] };
  }

  private top(): Frame | undefined {
    return this.session.active.at(-1);
  }

  private replaceTop(frame: Frame): void {
    this.session = { ...this.session, misses: 0, active: [...this.session.active.slice(0, -1), frame] };
  }

  private flow(name: string): Flow<Context> | undefined {
    return this.repertoire.flows.find((flow) => flow.name === name);
  }

  private now(): string {
    return this.context.realNow.toISOString();
  }
}

const menu = { opens: "menu", label: { key: "engine.option.menu" } };
const withMenu = (doors: readonly Door[]): readonly Door[] =>
  doors.some(({ opens }) => opens === menu.opens) ? doors : [...doors, menu];
const operator = { opens: "operator", label: { key: "engine.option.operator" } };
