import { DOOR } from "../compose.ts";
import { menuDoor, operatorDoor } from "../doors.ts";
import type { Incoming, Recording, Text } from "../engine/message.ts";
import type { Session } from "../engine/session.ts";
import { number } from "../stack.ts";
import type { Spoken, Turn } from "../turn.ts";
import { normal } from "../understanding/normal.ts";

/** Longer notes are asked for in parts: what was heard has to be read again on a small screen. */
const LONGEST_SECONDS = 120;

type Heard = NonNullable<Session["heard"]>;

const VERDICTS = ["right", "wrong"] as const;
const labelOf = (verdict: (typeof VERDICTS)[number]): Text => ({ key: `voice.option.${verdict}` });

/**
 * Listens to a voice note and says back what was heard, to be confirmed.
 *
 * @param before what was heard in the note before this one, and is confirmed no more
 * @param atOnce what some words are answered with before they are repeated to anybody
 */
export function hearVoice(
  turn: Turn,
  recording: Recording | undefined,
  before: Heard | undefined,
  atOnce: (words: string) => Spoken | undefined,
): Spoken {
  const { context, session } = turn;
  if (!recording || !context.hears) return turn.pending([{ key: "engine.media.voice" }]);
  if ((recording.seconds ?? 0) > LONGEST_SECONDS) return unheard(turn, "long");
  const { language } = session;
  const query = { kind: "transcript", channel: context.channel, language, recording } as const;
  const transcript = context.found(query);
  if (!transcript) return { kind: "lookup", query };
  if (transcript.kind !== "heard") return unheard(turn, transcript.kind);
  const instead = before ? [{ key: "voice.instead" }] : [];
  return atOnce(transcript.text) ?? sayBack(turn, transcript.text, instead);
}

/** Why nothing was heard, and how to go on; nothing else has changed. */
const unheard = (turn: Turn, why: "long" | "silent" | "late" | "failed"): Spoken =>
  turn.pending([{ key: `voice.${why}` }], [menuDoor, operatorDoor]);

/** The words stay in the session until the next message, whatever it is. */
function sayBack(turn: Turn, text: string, notes: readonly Text[] = []): Spoken {
  const [session, id] = number(turn.session);
  const { screen, ahead } = session;
  turn.session = { ...session, heard: { id, text, screen, ...(ahead && { ahead }) } };
  const doors = VERDICTS.map((verdict) => ({ opens: `${verdict}-${id}`, label: labelOf(verdict) }));
  return turn.spoken({
    notes: [...notes, { key: "voice.heard", params: { text } }, { key: "voice.ask" }],
    doors,
  });
}

/** Takes out of the session what was heard, and leaves it as it was when that was said. */
export function takeHeard(turn: Turn): Heard | undefined {
  const { heard, ...session } = turn.session;
  if (!heard) return undefined;
  const { ahead: _, ...rest } = session;
  const { screen, ahead } = heard;
  turn.session = { ...rest, screen, ...(ahead && { ahead }) };
  return heard;
}

/**
 * What a message says about what was heard before it.
 *
 * @param right what the words are answered with, now that they are as good as typed
 * @returns `undefined` where it is about something else: it stands for itself
 */
export function judge(
  turn: Turn,
  { id, text }: Heard,
  incoming: Incoming,
  right: (words: string) => Spoken,
): Spoken | undefined {
  switch (verdictOf(turn, id, incoming)) {
    case "right":
      return right(text);
    case "wrong":
      return turn.pending([{ key: "voice.again" }]);
    case "repeat":
      return sayBack(turn, text);
    default:
      return undefined;
  }
}

function verdictOf({ vocabulary, session, context }: Turn, id: string, incoming: Incoming) {
  if (incoming.kind === "choice") {
    const pressed = VERDICTS.find((verdict) => incoming.data.startsWith(`${DOOR}${verdict}-`));
    // A button of an earlier note was about other words, and says nothing about these.
    return incoming.data === `${DOOR}${pressed}-${id}` ? pressed : pressed && "repeat";
  }
  if (incoming.kind !== "text") return undefined;
  const said = normal(incoming.text);
  const typed = VERDICTS.find(
    (verdict, at) => said === String(at + 1) || said === normal(context.say(labelOf(verdict))),
  );
  if (typed) return typed;
  if (vocabulary.word(session.language, said) === "repeat") return "repeat";
  if (vocabulary.yes(said)) return "right";
  return vocabulary.no(said) ? "wrong" : undefined;
}
