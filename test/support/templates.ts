import { languagesOf } from "../../bots/whatsapp/template-file.ts";
import { ownTemplates } from "../../bots/whatsapp/templates.ts";
import type { Approved } from "../fakes/whatsapp/templates.ts";

/** The product's own templates as Meta approves them, in the given languages. */
export const approvedTemplates = (languages: readonly string[] = ["it", "en"]): Approved =>
  new Map(
    [...ownTemplates().values()].map((file) => {
      const { name, category, parameters, body, buttons } = file;
      const labels = languagesOf(file).map((one) => [one, buttons.map(({ label }) => label[one] ?? "")]);
      const approved = { languages, gaps: parameters.length, category, body };
      return [name, { ...approved, buttons: Object.fromEntries(labels) }];
    }),
  );
