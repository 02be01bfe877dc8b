import { expect, it } from "vitest";
import type { Accompanied, Progress } from "../../../core/facilitators/ports.ts";
import { fresh, says, talk } from "../../support/talk.ts";

const since = "2026-09-07T08:30:00Z";

/** The lines on somebody who is accompanied, below who it is. */
function lines(task: string, state: Accompanied["state"], progress?: Partial<Progress>): readonly string[] {
  const known = { answered: [], asking: "", isAside: false, ...progress };
  const latest = [{ id: "a1", number: 7, since, task, state, ...(progress && { progress: known }) }];
  const find = ({ kind }: { kind: string }) =>
    kind === "accompanied" ? { started: 7, finished: 2, latest } : undefined;
  const { message } = talk({ ...fresh(), welcomed: true }, says("miei accompagnati"), { find });
  const [counts, one = ""] = message.text.split("\n\n");
  expect(counts).toBe("Hai accompagnato 7 persone. 2 hanno finito.");
  const [person, ...told] = one.split("\n");
  expect(person).toMatch(/^7\. la persona delle 10:30 del 7 settembre 2026: /);
  return told;
}

it.each<readonly [string, string, Accompanied["state"], Partial<Progress> | undefined, readonly string[]]>([
  [
    "what is done, and what is missing whatever is answered",
    "proposal",
    "going",
    { answered: ["eligible", "proposer", "name", "surname", "email", "challenge"], asking: "title" },
    [
      "Fatto: Chi propone, Nome, Cognome, E-mail e Sfida.",
      "Manca: Titolo, Bisogno, Soluzione, Tutti i Comuni, Chi partecipa, Luogo o materia e Costo.",
    ],
  ],
  [
    "that all is being read again",
    "proposal",
    "going",
    { asking: "review" },
    ["Ha risposto a tutto. Sta rileggendo."],
  ],
  [
    "that it was put aside",
    "cityuser",
    "going",
    { answered: ["birth"], asking: "residence", isAside: true },
    ["Per ora l'ha messo da parte.", "Fatto: Data di nascita.", "Manca: Residenza."],
  ],
  [
    "the pages of a lesson",
    "spid",
    "going",
    { answered: ["start", "choose"], asking: "needs" },
    ["Ha letto 2 pagine."],
  ],
  ["the first page", "scam", "going", { asking: "start" }, ["È alla prima pagina."]],
  ["that it is not begun", "eligibility", "going", undefined, ["Deve ancora cominciare."]],
  ["that it is done", "proposal", "finished", undefined, ["Ha finito."]],
  ["that it was ended", "proposal", "ended", undefined, ["Non la accompagni più."]],
  [
    "nothing of a step that there is no more",
    "proposal",
    "going",
    { answered: ["gone"], asking: "gone" },
    [
      "Manca: Chi propone, Nome, Cognome, E-mail, Sfida, Titolo, Bisogno, Soluzione, Tutti i Comuni, Chi partecipa, Luogo o materia e Costo.",
    ],
  ],
])("A facilitator is told %s", (_, task, state, progress, expected) => {
  expect(lines(task, state, progress)).toEqual(expected);
});
