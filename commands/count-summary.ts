import type { ExportFile } from "../core/voting/export.ts";
import type { Result } from "../core/voting/result.ts";
import type { Step } from "../core/voting/winners.ts";
import { table } from "./terminal.ts";

/** The result of a count for those who are in the room. */
export function summary({ projects }: ExportFile["ballot"], result: Result): string {
  const { edition, ballots, blank, apart, spent, left, budget, steps, root } = result;
  const title = new Map(projects.map((project) => [project.code, project.title]));
  const lines = steps.map((step, at) => [
    `${at + 1}.`,
    `${step.votes}`,
    `€${step.cost}`,
    step.decision === "funded" ? "FUNDED" : "not funded",
    why(step),
    title.get(step.id) ?? step.id,
  ]);
  return [
    `Count of ${edition}: ${ballots} ballots, of which ${blank} blank and ${result.null} null`,
    apart
      ? `${apart.online.ballots} online, ${apart.paper.ballots} on paper`
      : "So few online or on paper that they are told together alone.",
    `€${spent} of €${budget} spent, €${left} left`,
    `The board's last root must be ${root}`,
    "",
    table([["", "votes", "cost", "", "", ""], ...lines]),
  ].join("\n");
}

function why({ why: reason, left, tie }: Step): string {
  const told = {
    fits: `€${left} was left`,
    costsMoreThanIsLeft: `only €${left} was left`,
    endsTheList: `only €${left} was left, and the list ends here`,
    afterTheEnd: "the list had ended",
    noVotes: "nobody chose it",
  }[reason];
  const order = { cheaper: "the cheaper first", dearer: "the dearer first", lot: "drawn by lot" };
  return tie ? `${told}; tied, ${order[tie.by]}` : told;
}
