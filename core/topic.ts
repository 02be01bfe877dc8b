import type { Context } from "./context.ts";
import type { Finished } from "./engine/flow.ts";
import type { Session } from "./engine/session.ts";
import type { Query } from "./queries.ts";

/**
 * Something answered in one turn, without questions: dates, rules, contacts. In the middle of a
 * flow it is answered, then the pending question is asked again.
 */
export interface Topic {
  readonly name: string;
  readonly lookup?: (context: Context, about: string) => Query | undefined;
  /** @param about what follows the topic's name in the payload: `challenge-connessa` → `connessa` */
  answer(context: Context, session: Session, about: string): Finished;
}
