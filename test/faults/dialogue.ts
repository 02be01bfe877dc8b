import { readFileSync } from "node:fs";
import { transcript } from "../flows/transcript.ts";
import type { Dice } from "../support/dice.ts";
import { until } from "../support/until.ts";

/** What somebody sees come in their chat, on any platform. */
export interface Heard {
  readonly text: string;
  readonly document?: { readonly name: string };
  /** Milliseconds, by the platform's clock. */
  readonly at: number;
  /** Which life of which process sent it. */
  readonly via?: string;
  /** What can be pressed, as each platform has it. */
  readonly buttons?: unknown;
  readonly pressable?: unknown;
}

/** Somebody with a phone in their hand, on any platform. */
export interface Speaker {
  says(text: string): unknown;
  presses(label: string): void;
  hears(): Promise<Heard>;
  readonly unheard: readonly Heard[];
}

/** A message that came once more. */
export interface Repeat {
  readonly first: Heard;
  readonly again: Heard;
}

/** What came of a dialogue. */
export interface Talk {
  /** Answers that came more than once. */
  readonly repeats: readonly Repeat[];
  /** Messages that the person wrote and presses of theirs; each was answered once, beside the repeats. */
  readonly said: number;
  /**
   * What came after all was answered, once nothing more can come.
   *
   * @throws Error where that was not the last answer again
   */
  after(): readonly Repeat[];
}

export interface Mail {
  readonly to: string;
  readonly text: string;
}

const { turns } = transcript.parse(
  JSON.parse(readFileSync(new URL("../flows/proposal/whole.json", import.meta.url), "utf8")),
);
/** All but the last, which looks at the list of what was sent. */
const TURNS = turns.slice(0, -1);
/** How many turns a whole proposal has. */
export const WHOLE = TURNS.length;
const CODE_TURN = TURNS.findIndex(({ says }) => says === "{code}");
const ANOTHER = "Mandane un altro";

/** What the transcript's person gave, and where it must be found in the end. */
const NEED = "Molti anziani non sanno usare il telefono e restano soli in casa.";
const SOLUTION = "Due pomeriggi a settimana in biblioteca, con ragazzi che insegnano a usare il telefono.";
const GIVEN = {
  name: "Maria",
  surname: "Rossi",
  email: "maria.rossi@posta.it",
  title: "Nonni in rete per tutti",
  need: NEED,
  solution: SOLUTION,
  reach: "Ogni settimana in un Comune diverso.",
  involved: "I volontari della biblioteca.",
  place: "Le biblioteche comunali.",
} as const;

/** A person of one's own, with words that no other has: two proposals must not be alike. */
export function somebody(n: number): Record<keyof typeof GIVEN, string> {
  const word = (kind: string) =>
    `${kind}${[...String(n)].map((digit) => "bcdfglmnpr"[Number(digit)]).join("")}o`;
  const words = (...kinds: string[]) => kinds.map(word).join(" ");
  return {
    name: `Ada${"abcdefghij"[n % 10]}`,
    surname: `Verdi${[...String(n)].map((digit) => "abcdefghij"[Number(digit)]).join("")}`,
    email: `ada.${n}@posta.it`,
    title: `${words("ti", "tu", "ta")} titolo`,
    need: words("ba", "be", "bi", "bo", "bu", "da", "de", "di", "do", "du"),
    solution: words("fa", "fe", "fi", "fo", "fu", "ga", "ge", "gi", "go", "gu"),
    reach: words("la", "le", "li"),
    involved: words("ma", "me"),
    place: words("na", "ne"),
  };
}

/** Dates and the proposal's code differ from one run to the next. */
function masked(text: string): string {
  return text.replaceAll(/\b\d{1,2}°? [a-z]+ \d{4}\b/g, "<date>").replaceAll(/\b[A-Z0-9]{6}\b/g, "<code>");
}

/**
 * Writes a proposal, as the transcript of one has it: each answer must be the transcript's, word for
 * word, and come in its order. Sometimes two answers are written in one breath.
 */
export async function propose(
  person: Speaker,
  own: ReturnType<typeof somebody>,
  options: {
    readonly chance: Dice;
    readonly mails: () => Promise<readonly Mail[]>;
    /** Turns after which the person stops; absent: the proposal is sent. */
    readonly turns?: number;
    /** How long the person waits for a code before asking for another one. */
    readonly codeMs?: number;
    /** Told of every turn that is done. */
    readonly onTurn?: () => void;
  },
): Promise<Talk> {
  const { chance, mails, turns: last = WHOLE, codeMs = 5_000, onTurn = () => {} } = options;
  const repeats: Repeat[] = [];
  let said = 0;
  let before: Heard | undefined;

  async function hear(): Promise<Heard> {
    for (;;) {
      const message = await person.hears();
      if (!before || !same(before, message)) {
        before = message;
        return message;
      }
      repeats.push({ first: before, again: message });
      before = message;
    }
  }

  function after(): readonly Repeat[] {
    return person.unheard.map((again) => {
      if (!before || !same(before, again))
        throw new Error(`${own.name} heard what was not asked:\n${again.text}`);
      const first = before;
      before = again;
      return { first, again };
    });
  }

  function says(text: string): void {
    said += 1;
    person.says(text);
  }

  function presses(label: string): void {
    said += 1;
    person.presses(label);
  }

  function owned(text: string): string {
    let replaced = text;
    for (const [field, given] of entries(GIVEN)) replaced = replaced.replaceAll(given, own[field]);
    return replaced;
  }

  async function hearTurn(index: number): Promise<void> {
    const expected = masked(owned((TURNS[index]?.hears ?? []).join("\n")));
    const message = masked((await hear()).text);
    if (message !== expected)
      throw new Error(`${own.name} expected in turn ${index}:\n${expected}\nand heard:\n${message}`);
  }

  /** Types the code that came by e-mail, and asks for another where none comes: it is never sent twice. */
  async function confirm(): Promise<void> {
    const tried = new Set<string>();
    const untried = async () =>
      (await mails())
        .filter(({ to }) => to === own.email)
        .flatMap(({ text }) => /\b\d{6}\b/.exec(text)?.[0] ?? [])
        .find((code) => !tried.has(code));
    for (;;) {
      const code = await until(untried, (found) => found !== undefined, codeMs).catch(() => undefined);
      if (code === undefined) {
        presses(ANOTHER);
        await hear();
        continue;
      }
      tried.add(code);
      says(code);
      const heard = masked((await hear()).text);
      if (heard === masked((TURNS[CODE_TURN]?.hears ?? []).join("\n"))) return;
    }
  }

  for (let index = 0; index < last; index++) {
    const [turn, following] = [TURNS[index], TURNS[index + 1]];
    if (index === CODE_TURN) {
      await confirm();
      onTurn();
      continue;
    }
    if (turn?.presses !== undefined) presses(turn.presses);
    if (turn?.says !== undefined) says(owned(turn.says));
    const inOneBreath = index > 0 && turn?.says !== undefined && chance() < 0.4;
    if (inOneBreath && following?.says !== undefined && index + 1 !== CODE_TURN && index + 1 < last) {
      says(owned(following.says));
      await hearTurn(index++);
      onTurn();
    }
    await hearTurn(index);
    onTurn();
  }
  return { repeats, said, after };
}

/** Buttons are bound to their question: the same words asked again have other ones. */
function same(one: Heard, other: Heard): boolean {
  const drawn = ({ text, buttons, pressable, document }: Heard) =>
    JSON.stringify([text, buttons, pressable, document?.name]);
  return drawn(one) === drawn(other);
}

function entries<K extends string>(record: Readonly<Record<K, string>>): [K, string][] {
  const keys = Object.keys(record).filter((key): key is K => key in record);
  return keys.map((key) => [key, record[key]]);
}
