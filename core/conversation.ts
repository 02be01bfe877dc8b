import { asGuest, beforeHearing, guestWelcome } from "./assisted/guest.ts";
import { translated } from "./commands.ts";
import { DOOR } from "./compose.ts";
import type { Context } from "./context.ts";
import { menuDoor, operatorDoor } from "./doors.ts";
import type { Door } from "./engine/flow.ts";
import type { Incoming, Text } from "./engine/message.ts";
import { NEXT, parseData, USE } from "./engine/question.ts";
import type { Frame, Session } from "./engine/session.ts";
import { noteMiss } from "./hearing/miss.ts";
import { warnOfSecret } from "./hearing/secret.ts";
import { digress, makeSense, meaningOf } from "./hearing/sense.ts";
import { headed, LONGEST, letWait } from "./hearing/sentence.ts";
import { afterSilence } from "./hearing/silence.ts";
import { STOP, saysStop, stopAsleep } from "./hearing/stop.ts";
import { hearVoice, judge, takeHeard } from "./hearing/voice.ts";
import { AHEAD } from "./manner/portions.ts";
import { goAhead } from "./manner/preferences.ts";
import { typesNumbers } from "./manner/present.ts";
import { replaceTop, top } from "./stack.ts";
import { tieQuery } from "./topics/vote.ts";
import { type Repertoire, type Spoken, Turn } from "./turn.ts";
import { normal } from "./understanding/normal.ts";
import type { Vocabulary } from "./understanding/vocabulary.ts";
import { votesHere } from "./voting/window.ts";

/** After so long a text is not taken for the answer to a question that was left, without asking. */
const IDLE_MS = 24 * 60 * 60 * 1000;
/** Who is spoken to simply takes more time. */
const SIMPLE_IDLE_MS = 3 * IDLE_MS;
/** Id of "use what I have just written as the answer". */
const HELD = "_held";

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
  const spoken = hear(turn, incoming);
  if (spoken.kind === "lookup") return spoken;
  const offered = incoming.kind === "text" ? offerLanguage(turn, spoken, session, incoming.text) : spoken;
  const seen = asGuest(turn, offered);
  return seen.session.welcomed ? seen : welcome(seen, turn);
}

/**
 * Whoever writes in another language that is spoken here is offered it by a button. A few words never
 * change the language by themselves.
 */
function offerLanguage(
  { vocabulary }: Turn,
  spoken: SpokenNow,
  { language }: Session,
  text: string,
): SpokenNow {
  const other = vocabulary.otherLanguage(language, normal(text));
  if (!other || spoken.session.language !== language) return spoken;
  const door: Door = { opens: `language-${other}`, label: { literal: vocabulary.nameOf(other) } };
  const doors = spoken.parts.doors?.filter(({ opens }) => opens !== door.opens) ?? [];
  return { ...spoken, parts: { ...spoken.parts, doors: [door, ...doors] } };
}

type SpokenNow = Extract<Spoken, { kind: "spoken" }>;

/** Says first who is speaking, to somebody who writes for the first time. */
function welcome(spoken: SpokenNow, turn: Turn): Spoken {
  const { edition } = turn.context;
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
    parts: {
      ...spoken.parts,
      notes: [
        greeting,
        ...guestWelcome(spoken.session, turn.context.realNow),
        privacy,
        ...translated(turn),
        ...disclaimer,
        ...spoken.parts.notes,
      ],
    },
  };
}

function hear(turn: Turn, incoming: Incoming): Spoken {
  const { session } = turn;
  const instead = beforeHearing(turn, incoming) ?? afterSilence(turn, incoming);
  // Whoever is in danger, or wants no more messages, is not asked first who they are; they are the next time.
  if (instead?.kind === "spoken" && incoming.kind === "text")
    return emergency(turn, incoming.text) ?? stopAsleep(turn, incoming, session) ?? instead;
  if (instead?.kind === "spoken") return stopAsleep(turn, incoming, session) ?? instead;
  if (instead) return instead;
  const further = goAhead(turn, incoming, pressedIn(turn, incoming));
  if (further) return further;
  const heard = takeHeard(turn);
  const judged = heard && judge(turn, heard, incoming, (words) => asTyped(turn, words));
  if (judged) return judged;
  switch (incoming.kind) {
    case "start":
      return begin(turn, incoming.payload);
    case "choice":
      return press(turn, incoming.data);
    case "text": {
      const payload = START.exec(incoming.text)?.[1];
      return payload === undefined ? listen(turn, incoming.text) : begin(turn, payload);
    }
    case "media":
      if (incoming.media === "voice")
        return hearVoice(
          turn,
          incoming.recording,
          heard,
          (words) => atOnce(turn, words) ?? (saysStop(turn, words) ? turn.open(STOP) : undefined),
        );
      return turn.pending([{ key: `engine.media.${incoming.media}` }]);
    case "location":
      return turn.pending([{ key: "engine.media.location" }]);
    case "edited":
      if (saysStop(turn, incoming.text)) return turn.open(STOP);
      return warnOfSecret(turn, incoming.text) ?? turn.pending([{ key: "engine.edited" }]);
    case "group":
      // Nothing can be pressed there, nor gone on with.
      return turn.spoken({ notes: [{ key: "engine.group" }], whole: true });
  }
}

/** What was said and confirmed may go on with what was ahead when it was said. */
function asTyped(turn: Turn, text: string): Spoken {
  return goAhead(turn, { kind: "text", text }, typed(turn, normal(text))) ?? listen(turn, text);
}

/** Typed where the app has no links that begin a conversation. */
const START = /^\s*\/start\b\s*(\S*)\s*$/i;

const begin = (turn: Turn, payload: string): Spoken =>
  warnOfSecret(turn, payload) ?? (turn.mayOpen(payload) ? turn.open(payload) : turn.home());

/**
 * What was written: a word that always works, something on the screen, a question in between, or
 * the answer to the pending question.
 */
function listen(turn: Turn, text: string): Spoken {
  const { vocabulary, session, context } = turn;
  const said = normal(text);
  const first = atOnce(turn, text);
  if (first) return first;
  const tied = tie(turn, said);
  if (tied) return tied;
  const word = vocabulary.word(session.language, said);
  if (word) return turn.open(word);
  const pressed = typed(turn, said);
  if (pressed) return press(turn, pressed);
  const frame = top(session);
  if (!frame) {
    const subject = vocabulary.subject(session.language, said);
    if (subject) return turn.open(subject);
    const task = headed(turn, text);
    return letWait(turn, task ? turn.open(task, text) : makeSense(turn, text), text);
  }
  const question = vocabulary.question(session.language, said);
  if (question) return turn.open(question);
  const idleMs = session.profile?.simple ? SIMPLE_IDLE_MS : IDLE_MS;
  if (context.realNow.getTime() - Date.parse(frame.touchedAt) > idleMs) return hold(turn, frame, text);
  let isMissed = false;
  const spoken = turn.give(letGo(frame), { kind: "text", text }, () => {
    const instead = digress(turn, text);
    isMissed = !instead && meaningOf(turn, text)?.decision === "fallback";
    return instead;
  });
  return isMissed ? noteMiss(turn, spoken, text) : spoken;
}

/** What is answered before everything else, whatever was asked. */
const atOnce = (turn: Turn, text: string): Spoken | undefined =>
  emergency(turn, text) ?? warnOfSecret(turn, text);

/**
 * Six digits, while a page that this chat opened shows some beside a receipt. Any others may well
 * answer the pending question.
 */
function tie(turn: Turn, said: string): Spoken | undefined {
  const { edition, today } = turn.context;
  const digits = /^(\d{3}) ?(\d{3})$/.exec(said)?.slice(1).join("");
  if (!digits || !votesHere(edition, today)) return undefined;
  const query = tieQuery(digits);
  const found = turn.context.found(query);
  if (found === undefined) return { kind: "lookup", query };
  return found === "none" ? undefined : turn.open(`tie-${digits}`);
}

/** What is on the screen and was typed instead of pressed: its number or its title. */
function typed({ session, repertoire, vocabulary }: Turn, said: string): string | undefined {
  const labelled = [...session.screen, ...(session.ahead?.choices ?? [])];
  const titled = labelled.find(({ label }) => normal(label) === said);
  if (titled && said !== "") return titled.data;
  // Where the first thing is to go on, whoever has read says so in many ways.
  const agreed = labelled.find(({ data }, at) => {
    const id = parseData(data)?.id;
    return id === USE || (at === 0 && (id === NEXT || data.startsWith(`${DOOR}${AHEAD}-`)));
  });
  if (agreed && vocabulary.yes(said)) return agreed.data;
  if (typesNumbers(repertoire, session)) return undefined;
  return /^\d{1,2}$/.test(said) ? session.screen[Number(said) - 1]?.data : undefined;
}

/** What was pressed, on the screen or by typing it. */
function pressedIn(turn: Turn, incoming: Incoming): string | undefined {
  if (incoming.kind === "text") return typed(turn, normal(incoming.text));
  return incoming.kind === "choice" ? incoming.data : undefined;
}

function press(turn: Turn, data: string): Spoken {
  const page = /^page:(\d{1,3})$/.exec(data)?.[1];
  if (page) return letWait(turn, turnPage(turn, Number(page)), turn.sentence ?? "");
  if (data.startsWith(DOOR)) {
    const payload = data.slice(DOOR.length);
    if (!turn.knows(payload)) return turn.pending([oldButton]);
    const spoken = turn.open(payload, turn.sentence);
    // A draft that is there already is asked about first.
    return turn.flow(turn.split(payload)[0]) ? letWait(turn, spoken, turn.sentence ?? "") : spoken;
  }
  const frame = top(turn.session);
  const pressed = parseData(data);
  const isPending = pressed?.frame === frame?.id && pressed?.question === frame?.question.toString(36);
  if (!frame || !pressed || !isPending) return turn.pending([oldButton]);
  if (pressed.id !== HELD) return turn.give(letGo(frame), { kind: "choice", id: pressed.id });
  const held = frame.memo[HELD];
  return typeof held === "string" ? turn.give(letGo(frame), { kind: "text", text: held }) : turn.pending([]);
}

const oldButton: Text = { key: "engine.old_button" };

/** Shows those of the choices on the screen that did not fit. */
function turnPage(turn: Turn, page: number): Spoken {
  if (top(turn.session)) {
    const spoken = turn.pending([]);
    return spoken.kind === "lookup" ? spoken : { ...spoken, parts: { ...spoken.parts, page } };
  }
  const doors = turn.session.screen
    .filter(({ data }) => data.startsWith(DOOR))
    .map(({ data, label }) => ({ opens: data.slice(DOOR.length), label: { literal: label } }));
  return doors.length === 0 ? turn.home() : turn.spoken({ notes: [{ key: "engine.more" }], doors, page });
}

/** After a long silence the question is shown again; what was written may still be its answer. */
function hold(turn: Turn, frame: Frame, text: string): Spoken {
  const touched = { ...frame, touchedAt: turn.now() };
  turn.session = replaceTop(turn.session, touched);
  // Where one goes on by pressing, what was written is no answer.
  if (turn.flow(frame.flow)?.aside) return digress(turn, text) ?? turn.pending([{ key: "engine.going_on" }]);
  if (text.length > LONGEST) return turn.pending([{ key: "engine.welcome_back" }]);
  turn.session = replaceTop(turn.session, { ...touched, memo: { ...frame.memo, [HELD]: text } });
  const spoken = turn.pending([{ key: "engine.welcome_back" }]);
  const pending = top(turn.session);
  if (spoken.kind === "lookup" || !spoken.parts.question || !pending) return spoken;
  const use = {
    data: `${pending.id}.${pending.question.toString(36)}.${HELD}`,
    label: { key: "engine.option.held" },
  };
  const question = { ...spoken.parts.question, options: [use, ...spoken.parts.question.options] };
  return { ...spoken, parts: { ...spoken.parts, question } };
}

/** What waited to be used gives way to whatever is given now. */
function letGo(frame: Frame): Frame {
  const { [HELD]: _, ...memo } = frame.memo;
  return { ...frame, memo };
}

/** Before everything else, and whatever else was said: who can help at once. */
function emergency(turn: Turn, text: string): Spoken | undefined {
  if (!turn.vocabulary.emergency(normal(text))) return undefined;
  const back = top(turn.session) ? { opens: "repeat", label: { key: "engine.option.resume" } } : menuDoor;
  return turn.spoken({ notes: [{ key: "engine.emergency" }], doors: [operatorDoor, back], whole: true });
}
