import type { Effect } from "../../core/effects.ts";
import type { BallotProject } from "../../core/voting/ports.ts";
import type { TestHouse } from "./house.ts";
import { answer, arrival, pendingOf } from "./stores.ts";

/** Lets somebody propose a project, and the commission admit it as it is to stand on the ballot. */
export async function admit({ stores, edition }: TestHouse, project: BallotProject): Promise<void> {
  const { code, challenge, title, summary, cost, because } = project;
  const text = { challenge, title, need: "Serve a molti.", solution: "Si fa insieme.", cost, conflicts: "" };
  const by = { name: "Ada", surname: "Rossi", email: "ada@example.org" };
  const address = `who proposed ${edition.id} ${code}`;
  // A channel that no test has: what they are told stays where it is.
  await stores.inbox.receive([arrival(address, "…", { channel: "elsewhere" })]);
  const submit: Effect = {
    kind: "submitProposal",
    code,
    text: { ...text, reach: "", involved: "", place: "" },
    by,
  };
  await stores.conversations.save([answer(await pendingOf(stores, address), { effects: [submit] })]);
  const done = await stores.desk.commission.decide(
    code,
    { decision: "admitted", again: false, summary, ...(because !== undefined && { because }) },
    { today: "2000-01-01" },
    () => () => ({ text: "…", choices: [] }),
  );
  if (done.kind !== "done") throw new Error(`${code} was not admitted: ${done.kind}.`);
}
