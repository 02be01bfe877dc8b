import type { TemplateNews, TemplateRegister, TemplateState } from "../core/campaigns/templates.ts";
import type { Database } from "./client.ts";
import type { TemplateState as Kept, TemplateStatus } from "./generated/client.ts";

const STATE: Readonly<Record<TemplateState, Kept>> = {
  pending: "PENDING",
  approved: "APPROVED",
  rejected: "REJECTED",
  paused: "PAUSED",
  disabled: "DISABLED",
};
const TOLD: Readonly<Record<Kept, TemplateState>> = {
  PENDING: "pending",
  APPROVED: "approved",
  REJECTED: "rejected",
  PAUSED: "paused",
  DISABLED: "disabled",
};

export function createTemplates({ prisma }: Pick<Database, "prisma">): TemplateRegister {
  /** The platform dates by the second: of what it tells of one, whatever a review came to follows the review. */
  async function note({ name, language, state, reason, category, at }: TemplateNews): Promise<void> {
    if (state === undefined) {
      const where = { name, language, at: { lte: at } };
      if (category) await prisma.templateStatus.updateMany({ where, data: { category } });
      return;
    }
    await prisma.$executeRaw`
      INSERT INTO "TemplateStatus" AS known (name, language, state, reason, category, at)
      VALUES (${name}, ${language}, ${STATE[state]}::"TemplateState", ${reason ?? null}, ${category ?? null}, ${at})
      ON CONFLICT (name, language) DO UPDATE
      SET state = excluded.state, reason = excluded.reason, at = excluded.at,
        category = coalesce(excluded.category, known.category)
      WHERE known.at < excluded.at OR known.at = excluded.at AND known.state = 'PENDING'`;
  }

  return {
    async note(news) {
      for (const one of news) await note(one);
    },
    async list() {
      const rows = await prisma.templateStatus.findMany({ orderBy: [{ name: "asc" }, { language: "asc" }] });
      return rows.map(standing);
    },
    async approved() {
      const rows = await prisma.templateStatus.findMany({ where: { state: "APPROVED" } });
      const known = new Set(rows.map(({ name, language }) => `${name} ${language}`));
      return (name, language) => known.has(`${name} ${language}`);
    },
  };
}

const standing = ({ name, language, state, reason, category, at }: TemplateStatus) => ({
  name,
  language,
  state: TOLD[state],
  ...(reason !== null && { reason }),
  ...(category !== null && { category }),
  at,
});
