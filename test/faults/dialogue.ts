import { readFileSync } from "node:fs";
import type { ChatMessage, FakeTelegram } from "../fakes/telegram.ts";
import { transcript } from "../flows/transcript.ts";
import type { Dice } from "../support/dice.ts";
import { until } from "../support/until.ts";

/** A message that came once more. */
export interface Repeat {
  readonly first: ChatMessage;
  readonly again: ChatMessage;
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
 * Writes a whole proposal on Telegram, as the transcript of one has it: each answer must be the
 * transcript's, word for word, and come in its order. Sometimes two answers are written in one
 * breath.
 *
 * @returns answers that came more than once
 */
export async function propose(
  telegram: FakeTelegram,
  own: ReturnType<typeof somebody>,
  options: { readonly chance: Dice; readonly mails: () => Promise<readonly Mail[]> },
): Promise<readonly Repeat[]> {
  const { chance, mails } = options;
  const person = telegram.person(own.name);
  const repeats: Repeat[] = [];
  let before: ChatMessage | undefined;

  async function hear(): Promise<ChatMessage> {
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
      const code = await until(untried, (found) => found !== undefined, 5_000).catch(() => undefined);
      if (code === undefined) {
        person.presses(ANOTHER);
        await hear();
        continue;
      }
      tried.add(code);
      person.says(code);
      const heard = masked((await hear()).text);
      if (heard === masked((TURNS[CODE_TURN]?.hears ?? []).join("\n"))) return;
    }
  }

  for (let index = 0; index < TURNS.length; index++) {
    const [turn, following] = [TURNS[index], TURNS[index + 1]];
    if (index === CODE_TURN) {
      await confirm();
      continue;
    }
    if (turn?.presses !== undefined) person.presses(turn.presses);
    if (turn?.says !== undefined) person.says(owned(turn.says));
    const inOneBreath = index > 0 && turn?.says !== undefined && chance() < 0.4;
    if (inOneBreath && following?.says !== undefined && index + 1 !== CODE_TURN) {
      person.says(owned(following.says));
      await hearTurn(index++);
    }
    await hearTurn(index);
  }
  return repeats;
}

/** Buttons are bound to their question: the same words asked again have other ones. */
function same(one: ChatMessage, other: ChatMessage): boolean {
  const drawn = ({ text, buttons, document }: ChatMessage) => JSON.stringify([text, buttons, document?.name]);
  return drawn(one) === drawn(other);
}

function entries<K extends string>(record: Readonly<Record<K, string>>): [K, string][] {
  const keys = Object.keys(record).filter((key): key is K => key in record);
  return keys.map((key) => [key, record[key]]);
}
