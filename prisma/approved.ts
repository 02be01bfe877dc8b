import type { Notice } from "../core/desk.ts";
import type { Message } from "../core/engine/message.ts";
import type { Context } from "./context.ts";
import type { Prisma } from "./generated/client.ts";

/**
 * A notice in somebody's language, with its template in one that the platform lets out: that one, else the first
 * of the edition's that is approved. Where none is known to be, it stays as it is: nobody but this one person is
 * kept from anything if it is refused.
 */
export async function inApproved(
  { languages = [] }: Pick<Context, "languages">,
  tx: Pick<Prisma.TransactionClient, "templateStatus">,
  notice: Notice,
  language: string,
): Promise<Message> {
  const message = notice(language);
  if (!message.template) return message;
  const { name, language: spoken } = message.template;
  const rows = await tx.templateStatus.findMany({ where: { name, state: "APPROVED" } });
  const approved = rows.map((row) => row.language);
  if (approved.includes(spoken)) return message;
  const other = languages.find((one) => approved.includes(one));
  const template = other === undefined ? undefined : notice(other).template;
  return template?.language === other && template ? { ...message, template } : message;
}
