import { createHmac } from "node:crypto";
import type { BallotProject } from "../../core/voting/ports.ts";

/** A project, and its bit in every ballot. */
export interface Placed {
  readonly position: number;
  readonly project: BallotProject;
}

/**
 * The projects in an order of a voter's own, so that none gains by standing first. It follows from
 * the session's secret: a page that is loaded again shows the same one, and nothing is kept.
 */
export function drawnOrder(projects: readonly BallotProject[], sessionToken: string): readonly Placed[] {
  const lot = ({ code }: BallotProject) =>
    createHmac("sha256", sessionToken).update(`order ${code}`).digest("hex");
  return projects
    .map((project, position) => ({ project, position, lot: lot(project) }))
    .sort((one, other) => (one.lot < other.lot ? -1 : 1));
}
