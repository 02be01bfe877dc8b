import type { Done, Notice, Ticket, TicketSummary, Tickets, Writing } from "../core/desk.ts";
import type { Effect } from "../core/effects.ts";
import type { OwnTicket, TicketState } from "../core/tickets.ts";
import { type Context, unreadable } from "./context.ts";
import type { Prisma, Ticket as Row, TicketState as StoredState } from "./generated/client.ts";
import { ImpossibleError } from "./impossible.ts";
import { tell } from "./notices.ts";
import { ticketOf } from "./places.ts";
import { UnreadableError } from "./seal.ts";
import { writings } from "./shapes.ts";

type Tx = Prisma.TransactionClient;

const STATE: Readonly<Record<StoredState, TicketState>> = {
  OPEN: "open",
  ANSWERED: "answered",
  CLOSED: "closed",
};

const MOST_LISTED = 1000;

/** Within the transaction of a turn; a number that is taken makes the turn be thought again. */
export async function openTicket(
  { edition, sealer }: Context,
  tx: Tx,
  contactId: string,
  { number, text, asked }: Extract<Effect, { kind: "openTicket" }>,
): Promise<void> {
  const sealed = sealer.seal(ticketOf(edition, number), [written("person", text)]);
  await tx.ticket.create({ data: { edition, number, contactId, sealed, ...(asked && { asked }) } });
}

/** @throws {ImpossibleError} where it is not this contact's, or was closed meanwhile */
export async function writeAgain(
  context: Context,
  tx: Tx,
  contactId: string,
  { number, text }: Extract<Effect, { kind: "writeAgain" }>,
): Promise<void> {
  const row = await tx.ticket.findUnique({ where: at(context, number) });
  const isOpen = row?.contactId === contactId && row.state !== "CLOSED";
  if (!isOpen || !(await save(context, tx, row, "OPEN", written("person", text)))) {
    throw new ImpossibleError("No question of this contact that can be written to has that number.");
  }
}

export async function ownTickets({ database, edition }: Context, contactId: string): Promise<OwnTicket[]> {
  const rows = await database.prisma.ticket.findMany({
    where: { edition, contactId },
    select: { number: true, state: true },
    orderBy: { createdAt: "desc" },
    take: 100,
  });
  return rows.map(({ number, state }) => ({ number, state: STATE[state] }));
}

export function createTickets(context: Context): Tickets {
  const { prisma } = context.database;
  const { edition } = context;

  /**
   * Changes a question that still is as it was seen; sees it again where somebody else was quicker.
   *
   * @param from states in which this can be done
   */
  async function change(
    number: number,
    from: readonly StoredState[],
    to: StoredState,
    writing: Writing | undefined,
    notice: Notice | undefined,
  ): Promise<Done<TicketState>> {
    for (;;) {
      const done = await prisma.$transaction(async (tx): Promise<Done<TicketState> | undefined> => {
        const row = await tx.ticket.findUnique({ where: at(context, number) });
        if (row === null) return { kind: "unknown" };
        if (!from.includes(row.state)) return { kind: "conflict", state: STATE[row.state] };
        if (!(await save(context, tx, row, to, writing))) return undefined;
        return { kind: "done", told: notice ? await tell(context, tx, row.contactId, notice) : false };
      });
      if (done) return done;
    }
  }

  return {
    async list(all) {
      const rows = await prisma.ticket.findMany({
        where: { edition, ...(all ? {} : { state: "OPEN" }) },
        orderBy: { createdAt: "asc" },
        take: MOST_LISTED,
      });
      return rows.map((row) => summary(row, readOrReport(context, row)));
    },
    async read(number): Promise<Ticket | undefined> {
      const row = await prisma.ticket.findUnique({ where: at(context, number) });
      if (row === null) return undefined;
      const all = read(context, row);
      return { ...summary(row, all), writings: all };
    },
    answer(number, text, again, notice) {
      const from: readonly StoredState[] = again ? ["OPEN", "ANSWERED"] : ["OPEN"];
      return change(number, from, "ANSWERED", written("office", text), notice);
    },
    close(number, because) {
      const writing = because && written("office", because.text);
      return change(number, ["OPEN", "ANSWERED"], "CLOSED", writing, because?.notice);
    },
  };
}

const at = ({ edition }: Context, number: number) => ({ edition_number: { edition, number } });

const written = (from: Writing["from"], text: string): Writing => ({
  from,
  text,
  at: new Date().toISOString(),
});

/** @returns whether it still was as it was read; else nothing is written */
async function save(
  context: Context,
  tx: Tx,
  row: Row,
  state: StoredState,
  writing: Writing | undefined,
): Promise<boolean> {
  const { edition, number, version } = row;
  const all = [...read(context, row), ...(writing ? [writing] : [])];
  const { count } = await tx.ticket.updateMany({
    where: { edition, number, version },
    data: {
      state,
      version: version + 1,
      sealed: context.sealer.seal(ticketOf(edition, number), all),
    },
  });
  return count === 1;
}

const read = ({ sealer }: Context, { edition, number, sealed }: Row): readonly Writing[] =>
  sealer.open(ticketOf(edition, number), sealed, writings);

/** One that nobody can read does not keep the others from being listed. */
function readOrReport(context: Context, row: Row): readonly Writing[] {
  try {
    return read(context, row);
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error;
    context.report(unreadable("Ticket", row.number, error));
    return [];
  }
}

function summary(row: Row, all: readonly Writing[]): TicketSummary {
  const last = all.at(-1);
  return {
    number: row.number,
    state: STATE[row.state],
    openedAt: row.createdAt,
    changedAt: row.updatedAt,
    ...(row.asked !== null && { asked: row.asked }),
    ...(last && { last }),
  };
}
