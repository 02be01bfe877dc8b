import { Hono } from "hono";
import { openQuestionnaires } from "../core/edition/questionnaires.ts";
import type { Localised } from "../core/engine/message.ts";
import { resultsOf } from "../core/questionnaires/results.ts";
import type { Workplace } from "./workplace.ts";

/** Where the edition's vote does not say it: below so many, numbers tell of persons. */
const FEW = 5;

/** What citizens answered to the edition's questionnaires. */
export function questionnaireRoutes(workplace: Workplace): Hono {
  const { desk, edition, today, words } = workplace;
  const app = new Hono();
  const say = (literal: Localised) => words.say(edition.languages[0] ?? "it", { literal });
  const few = edition.vote?.ballot?.smallNumbers ?? FEW;

  app.get("/questionnaires", async (c) =>
    c.json(
      await Promise.all(
        edition.questionnaires.map(async ({ id, name, from, to, anonymous }) => {
          const given = await desk.questionnaires.given(id);
          return {
            id,
            name: say(name),
            from,
            to,
            anonymous,
            answers: given.anonymous.length + given.named.length,
          };
        }),
      ),
    ),
  );

  app.get("/questionnaires/:id", async (c) => {
    const questionnaire = edition.questionnaires.find(({ id }) => id === c.req.param("id"));
    if (!questionnaire) return c.json({ kind: "unknown" }, 404);
    const { id, name, to } = questionnaire;
    const { anonymous, named } = await desk.questionnaires.given(id);
    const isAnonymous = questionnaire.anonymous || anonymous.length > 0;
    const about = {
      id,
      name: say(name),
      to,
      anonymous: isAnonymous,
      answers: anonymous.length + named.length,
      few,
    };
    // Who saw them today and again tomorrow would see what the one answered who came between.
    const isOpen = openQuestionnaires(edition, today()).includes(questionnaire);
    if (isAnonymous && isOpen) return c.json({ kind: "open", ...about });
    const results = resultsOf(questionnaire, [...anonymous, ...named], isAnonymous ? few : 0, say);
    return c.json({ kind: "results", ...about, results });
  });
  return app;
}
