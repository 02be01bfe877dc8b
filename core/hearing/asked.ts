import { menuDoor } from "../doors.ts";
import type { Door } from "../engine/flow.ts";
import { serviceDoor } from "../topics/services.ts";
import type { Spoken, Turn } from "../turn.ts";
import { askedServices } from "../understanding/services.ts";

/** The Union's services that a free sentence asks for by their words: one to press for each. */
export const askedFor = ({ context, session }: Turn, text: string): readonly Door[] =>
  askedServices(text, context.edition, session.language).map(serviceDoor);

/** Tells of the one service that was asked for; of several asks which. `undefined` where there is none. */
export function tellAsked(turn: Turn, doors: readonly Door[]): Spoken | undefined {
  const [one, ...others] = doors;
  if (!one) return undefined;
  if (others.length === 0) return turn.open(one.opens);
  return turn.pending([{ key: "services.several" }], [...doors, menuDoor]);
}
