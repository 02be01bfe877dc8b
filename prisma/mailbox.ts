import { z } from "zod";
import type { Context } from "./context.ts";
import type { Place } from "./seal.ts";

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

export interface DeliveredMail extends Mail {
  readonly id: bigint;
  readonly at: Date;
}

/** The mailbox of the demo, where what would go out by e-mail can be read. */
export interface Mailbox {
  deliver(mail: Mail): Promise<void>;
  /** The latest first. */
  latest(limit: number): Promise<readonly DeliveredMail[]>;
}

const mail = z.object({ to: z.string(), subject: z.string(), text: z.string() });
const PLACE: Place = { table: "DemoMail", column: "sealed", row: "demo" };

export function createMailbox({ database: { prisma }, sealer }: Context): Mailbox {
  return {
    async deliver({ to, subject, text }) {
      await prisma.demoMail.create({ data: { sealed: sealer.seal(PLACE, { to, subject, text }) } });
    },
    async latest(limit) {
      const rows = await prisma.demoMail.findMany({ orderBy: { id: "desc" }, take: limit });
      return rows.map(({ id, createdAt, sealed }) => ({
        id,
        at: createdAt,
        ...sealer.open(PLACE, sealed, mail),
      }));
    },
  };
}
