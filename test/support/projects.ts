import type { BallotProject } from "../../core/voting/ports.ts";
import type { TestHouse } from "./house.ts";
import { greet } from "./stores.ts";

/** Lets somebody propose a project, and the commission admit it as it is to stand on the ballot. */
export async function admit({ stores, edition }: TestHouse, project: BallotProject): Promise<void> {
  const { code, challenge, title, summary, cost, because } = project;
  const text = { challenge, title, need: "Serve a molti.", solution: "Si fa insieme.", cost, conflicts: "" };
  const by = { name: "Ada", surname: "Rossi", email: "ada@example.org" };
  await greet(stores, `who proposed ${edition.id} ${code}`, {
    effects: [{ kind: "submitProposal", code, text: { ...text, reach: "", involved: "", place: "" }, by }],
  });
  const done = await stores.desk.commission.decide(
    code,
    { decision: "admitted", again: false, summary, ...(because !== undefined && { because }) },
    { today: "2000-01-01" },
    () => () => ({ text: "…", choices: [] }),
  );
  if (done.kind !== "done") throw new Error(`${code} was not admitted: ${done.kind}.`);
}
