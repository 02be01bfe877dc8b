import type { Effect } from "../effects.ts";
import type { Outgoing } from "../ports.ts";
import type { Query } from "../queries.ts";
import type { Answers, Field } from "./field.ts";
import type { DocumentRequest, Params, PictureRequest, Text } from "./message.ts";
import type { Frame, Session } from "./session.ts";

/** Something to press that is not an answer to a question: it opens a flow or a topic. */
export interface Door {
  /** What `/start` would take: `proposal`, `dates`, `resume-3`. */
  readonly opens: string;
  readonly label: Text;
}

/** What a flow leaves behind when it ends. */
export interface Finished {
  readonly say: Text;
  /** The same in short, for the middle of something else. */
  readonly brief?: Text;
  readonly doors?: readonly Door[];
  readonly document?: DocumentRequest;
  readonly picture?: PictureRequest;
  readonly link?: { readonly url: string; readonly label: Text };
  readonly effects?: readonly Effect[];
  readonly sends?: readonly Outgoing[];
  /** Nothing of the conversation is remembered after this. */
  readonly forget?: true;
  /** A draft that goes on here from now on. */
  readonly take?: Frame;
  /** Who accompanies the person from now on; `null`: nobody any more. */
  readonly accompanied?: NonNullable<Session["accompanied"]> | null;
  /** Opened at once, after what is said: what {@link Door.opens} would take. */
  readonly opens?: string;
  /** Nothing is gone back to: what was interrupted is put aside. */
  readonly alone?: true;
}

/** What a step does when its question is asked for the first time, such as sending a code. */
export interface Begun {
  readonly memo: unknown;
  readonly sends: readonly Outgoing[];
}

/** What may be said about a question besides how its answer is read. */
export interface Asking<T, A, C> {
  /** Whether the question applies, given the answers before it. */
  readonly when?: (answers: A, context: C) => boolean;
  /** May be skipped: the answer is then `null`. */
  readonly optional?: boolean;
  /** What has to be looked up before the question can be settled, asked or read. */
  readonly lookup?: (answers: A, context: C) => Query;
  /** The answer, where it is already known and nobody has to be asked. */
  readonly settle?: (answers: A, context: C) => T | undefined;
  /** Whether a stored answer still goes with the others. */
  readonly holds?: (value: T, answers: A, context: C) => boolean;
  /** What was understood, or what follows from it: said before the next question. */
  readonly echo?: (value: T, answers: A, context: C) => Text | undefined;
  /** What fills the question's words. */
  readonly about?: (answers: A, context: C) => Params;
  /** The question's words, where they are more than the message `<flow>.<step>.ask`. */
  readonly says?: (answers: A, context: C) => Text;
  /** What is shown with the question. */
  readonly picture?: (answers: A, context: C) => PictureRequest;
  readonly begin?: (answers: A, context: C, memo: unknown) => Begun;
  /** Left out of the review: it proves something, it is not something to read again. */
  readonly unseen?: boolean;
}

export interface Step<C> extends Asking<unknown, Answers, C> {
  readonly name: string;
  /** What it is called where answers are reviewed; where it is left out, the message `<flow>.<step>.name`. */
  readonly called?: Text;
  readonly field: Field<unknown, C>;
}

/** A list of questions and what is done with their answers. */
export interface Flow<C> {
  readonly name: string;
  readonly steps: readonly Step<C>[];
  /** Its answers are worth keeping: reviewed before the end, put aside rather than dropped. */
  readonly draft: boolean;
  /**
   * It lies on top of whatever goes on and is gone through rather than filled in: what it interrupts comes
   * back when it ends, it is put aside when it is left, and from where one goes back to one goes on again.
   */
  readonly aside: boolean;
  /** Why it cannot be begun or gone on with today. */
  readonly closed: (context: C) => Finished | undefined;
  /** What is known when it is opened with something after its name: `eligibility-someone`. */
  readonly known: (about: string) => Answers;
  /**
   * What a free sentence that opens it says in answer to its questions, as far as it can be read surely.
   * Each is confirmed when its question comes.
   */
  readonly suggest?: (sentence: string, context: C) => Answers;
  /** The name of who is writing a draft, where it tells: a phone may be several people's. */
  readonly whose: (answers: Answers) => string | undefined;
  /** Ends without a review: there is nothing to be sent. */
  readonly unreviewed: (answers: Answers, context: C) => boolean;
  readonly finish: (answers: Answers, context: C) => Finished;
}

/** Builds a {@link Flow}; every question sees, typed, the answers before it. */
export interface FlowBuilder<C, A extends Answers> {
  ask<const K extends string, T>(
    name: K & Exclude<K, keyof A>,
    field: Field<T, C>,
    asking?: Asking<T, A, C> & { readonly when?: never; readonly optional?: never },
  ): FlowBuilder<C, A & { readonly [P in K]: T }>;
  /** A question that only sometimes applies. */
  askWhen<const K extends string, T>(
    when: (answers: A, context: C) => boolean,
    name: K & Exclude<K, keyof A>,
    field: Field<T, C>,
    asking?: Asking<T, A, C> & { readonly when?: never; readonly optional?: never },
  ): FlowBuilder<C, A & { readonly [P in K]?: T }>;
  /** A question that may be skipped; with `when`, one that only sometimes applies. */
  askOptional<const K extends string, T>(
    name: K & Exclude<K, keyof A>,
    field: Field<T, C>,
    asking?: Asking<T, A, C> & { readonly optional?: never },
  ): FlowBuilder<C, A & { readonly [P in K]?: T | null }>;
  finish(
    finish: (answers: A, context: C) => Finished,
    more?: {
      readonly draft?: boolean;
      readonly aside?: boolean;
      readonly closed?: (context: C) => Finished | undefined;
      readonly whose?: (answers: Answers) => string | undefined;
      readonly known?: (about: string) => Answers;
      readonly suggest?: (sentence: string, context: C) => Answers;
      readonly unreviewed?: (answers: A, context: C) => boolean;
    },
  ): Flow<C>;
}

/**
 * Begins the list of a flow's questions.
 *
 * A step is never renamed, and a name never gets a new meaning: drafts in progress are kept by name.
 */
export function flow<C>(name: string): FlowBuilder<C, Record<never, never>> {
  return builder(name, []);
}

function builder<C, A extends Answers>(name: string, steps: readonly Step<C>[]): FlowBuilder<C, A> {
  const add = <B extends Answers, T>(
    step: string,
    field: Field<T, C>,
    asking: Asking<T, A, C>,
  ): FlowBuilder<C, B> => builder<C, B>(name, [...steps, erase(step, field, asking)]);
  return {
    ask: (step, field, asking) => add(step, field, { ...asking }),
    askWhen: (when, step, field, asking) => add(step, field, { ...asking, when }),
    askOptional: (step, field, asking) => add(step, field, { ...asking, optional: true }),
    finish: (finish, more) => ({
      name,
      steps,
      draft: more?.draft ?? false,
      aside: more?.aside ?? false,
      closed: more?.closed ?? (() => undefined),
      whose: more?.whose ?? (() => undefined),
      known: more?.known ?? (() => ({})),
      ...(more?.suggest && { suggest: more.suggest }),
      unreviewed: typed(more?.unreviewed ?? (() => false)),
      finish: typed(finish),
    }),
  };
}

/**
 * The one place where the compiler is told rather than shown: `advance` hands a step only answers
 * that the steps before it have read or checked, which is what `A` says of them.
 */
const typed =
  <A extends Answers, Rest extends readonly unknown[], R>(run: (answers: A, ...rest: Rest) => R) =>
  (answers: Answers, ...rest: Rest): R =>
    run(answers as A, ...rest);

function erase<T, A extends Answers, C>(name: string, field: Field<T, C>, asking: Asking<T, A, C>): Step<C> {
  // `Field.check` or `Field.read` has made the value a T before it comes here.
  const valued =
    <R>(run: (value: T, answers: A, context: C) => R) =>
    (value: unknown, answers: Answers, context: C): R =>
      run(value as T, answers as A, context);
  const { when, optional, lookup, settle, holds, echo, about, says, picture, begin, unseen } = asking;
  return {
    name,
    field,
    ...(when && { when: typed(when) }),
    ...(optional && { optional }),
    ...(lookup && { lookup: typed(lookup) }),
    ...(settle && { settle: typed(settle) }),
    ...(holds && { holds: valued(holds) }),
    ...(echo && { echo: valued(echo) }),
    ...(about && { about: typed(about) }),
    ...(says && { says: typed(says) }),
    ...(picture && { picture: typed(picture) }),
    ...(begin && { begin: typed(begin) }),
    ...(unseen && { unseen }),
  };
}
