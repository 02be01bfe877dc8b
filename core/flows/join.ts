import type { Context } from "../context.ts";
import { menuDoor } from "../doors.ts";
import { choice, text } from "../engine/field.ts";
import { type Finished, flow } from "../engine/flow.ts";
import type { Params } from "../engine/message.ts";
import { inPerson } from "../topics/contacts.ts";
import { aboutTable, takesJoining } from "../topics/table.ts";
import { contact, personName } from "./fields.ts";
import { isFull, opened, ownTickets } from "./ticket.ts";

/**
 * Asks to join the negotiation table, for oneself or for an organisation. It becomes a request to the office,
 * which answers it as any other.
 */
export const join = flow<Context>("join")
  .ask("room", choice("free", "full"), {
    unseen: true,
    lookup: () => ownTickets,
    settle: (_answers, context) => roomIn(context),
    holds: (room, _answers, context) => room === roomIn(context),
  })
  .askWhen(hasRoom, "who", choice("citizen", "organisation"))
  .askWhen(({ who }) => who === "organisation", "organisation", text({ min: 2, max: 120 }))
  .askWhen(hasRoom, "name", personName)
  .askWhen(hasRoom, "contact", contact)
  .askWhen(hasRoom, "why", text({ min: 3, max: 1000 }))
  .askWhen(hasRoom, "send", choice("yes", "no"), { about: request })
  .finish(
    (answers, context): Finished => {
      const { office } = context.edition;
      if (answers.room === "full")
        return { say: { lines: [{ key: "operator.many" }, inPerson(context)], gap: true } };
      if (!office || answers.send !== "yes") return { say: { key: "join.not_sent" }, doors: [menuDoor] };
      // The office reads it in its own language, whatever the person's.
      const words = context.say(
        { key: "join.request", params: request(answers) },
        context.edition.languages[0],
      );
      return opened("join.sent", words, office, context);
    },
    {
      // Where none is taken, the topic tells where one asks.
      closed: (context) => (takesJoining(context) ? undefined : aboutTable(context)),
    },
  );

function hasRoom({ room }: { readonly room?: "free" | "full" }): boolean {
  return room === "free";
}

function roomIn(context: Context): "free" | "full" | undefined {
  const full = isFull(context);
  return full === undefined ? undefined : full ? "full" : "free";
}

/** Who asks, and why, in the words that they gave. */
function request(answers: {
  readonly organisation?: string;
  readonly name?: string;
  readonly contact?: string;
  readonly why?: string;
}): Params {
  const { organisation = "", name = "", contact = "", why = "" } = answers;
  const by = organisation === "" ? "citizen" : "organisation";
  return { by, organisation, name, contact, why };
}
