import { menuDoor, operatorDoor } from "./doors.ts";
import type { Text } from "./engine/message.ts";
import { BACK, KEEP, SKIP } from "./engine/question.ts";
import { noteMiss } from "./hearing/miss.ts";
import { buttons, normal, numbers, repeat, simple, simpler } from "./manner/preferences.ts";
import { now } from "./now.ts";
import { top, unpark, without } from "./stack.ts";
import type { Command, Spoken, Turn } from "./turn.ts";

/** Hands the engine one of its own options, where something is being asked. */
const option =
  (id: string): Command =>
  (turn) => {
    const frame = top(turn.session);
    return frame ? turn.give(frame, { kind: "choice", id }) : turn.pending([{ key: "engine.nothing_asked" }]);
  };

/** What the pending question means, with an example, and the words that always work. */
const help: Command = (turn) => {
  const frame = top(turn.session);
  const key = frame && `${frame.flow}.${frame.asking}.help`;
  const step: Text[] = key && turn.vocabulary.has(turn.session.language, key) ? [{ key }] : [];
  const able: Text[] = frame ? [] : [{ key: "engine.able" }];
  return turn.pending([...able, ...step, { key: "engine.help" }], [menuDoor, operatorDoor]);
};

/** A draft with something in it is not thrown away by one word. */
const cancel: Command = (turn) => {
  const frame = top(turn.session);
  if (!frame) return turn.pending([{ key: "engine.nothing_to_cancel" }]);
  const isKept = turn.isWorthKeeping(frame);
  if (turn.flow(frame.flow)?.aside) {
    turn.parkTop();
    return turn.pending([{ key: isKept ? "engine.set_aside" : "engine.cancelled" }, ...turn.backTo()]);
  }
  if (!isKept) return turn.drop([{ key: "engine.cancelled" }]);
  turn.park();
  return turn.spoken({
    notes: [{ key: "engine.cancel.ask", params: { flow: frame.flow } }],
    doors: [
      { opens: `resume-${frame.id}`, label: { key: "engine.option.resume" } },
      { opens: LATER[frame.flow] ?? "menu", label: { key: "engine.option.later" } },
      { opens: `discard-${frame.id}`, label: { key: "engine.option.discard" } },
    ],
  });
};

/** What is asked about something that was put aside, by its flow. */
const LATER: Readonly<Record<string, string>> = { proposal: "reminders-aside" };

const resume: Command = (turn, id) => {
  // First aside, then back: what is resumed may be what is being done.
  turn.park();
  const session = unpark(turn.session, id, turn.now());
  if (!session) return turn.pending([{ key: "engine.draft_gone" }]);
  turn.session = session;
  return turn.pending([]);
};

const discard: Command = (turn, id) => {
  const { parked } = turn.session;
  turn.session = without(turn.session, id);
  const gone = turn.session.parked.length < parked.length;
  return turn.pending([{ key: gone ? "engine.discarded" : "engine.draft_gone" }]);
};

/** Asks for a language, or goes on in one: `language-ro`, `language-it-proposal` with something to open there. */
const language: Command = (turn, about) => {
  const { languages, nameOf } = turn.vocabulary;
  const [asked = "", ...rest] = about.split("-");
  if (!languages.includes(asked)) {
    const doors = languages.map((one) => ({ opens: `language-${one}`, label: { literal: nameOf(one) } }));
    return turn.spoken({ notes: [{ key: "engine.language" }], doors });
  }
  turn.speak(asked);
  const payload = rest.join("-");
  // A link may carry any payload: it opens no more through a language than by itself.
  if (turn.mayOpen(payload)) return turn.open(payload, turn.sentence);
  const made = turn.session.welcomed ? translated(turn) : [];
  return turn.pending([{ key: "engine.language_set" }, ...made]);
};

/** That a program translated what one reads, where it is so. */
export const translated = ({ vocabulary, session }: Turn): readonly Text[] =>
  vocabulary.isMachineMade(session.language) ? [{ key: "engine.machine_made" }] : [];

const menu: Command = (turn) => {
  turn.park();
  return turn.home();
};

/** Nothing was understood; after two in a row a person is the better help. */
export const lost = (turn: Turn): Spoken => {
  const misses = turn.session.misses + 1;
  turn.session = { ...turn.session, misses };
  const notes = [{ key: misses < 2 ? "engine.lost" : "engine.lost_again" }];
  return turn.spoken({ notes, doors: [menuDoor, ...(misses < 2 ? [operatorDoor] : turn.easier())] });
};

/** What acts on the conversation itself, in any state. */
export const commands = {
  back: option(BACK),
  skip: option(SKIP),
  keep: option(KEEP),
  repeat,
  help,
  // Once it is simple, what is asked can still be explained.
  simpler: (turn, about) => (turn.session.profile?.simple ? help : simpler)(turn, about),
  simple,
  normal,
  numbers,
  buttons,
  cancel,
  menu,
  now,
  language,
  resume,
  discard,
  none: (turn) => noteMiss(turn, lost(turn), turn.sentence),
} satisfies Record<string, Command>;
