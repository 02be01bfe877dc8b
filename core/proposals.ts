/** Whether a person or an association through a person proposes. */
export interface Proponent {
  readonly name: string;
  readonly surname: string;
  readonly email: string;
  readonly association?: string;
}

export interface ProposalText {
  readonly challenge: string;
  readonly title: string;
  readonly need: string;
  readonly solution: string;
  /** How it reaches all the Comuni. */
  readonly reach: string;
  /** Who of the territory takes part. */
  readonly involved: string;
  /** The place or matter it touches. */
  readonly place: string;
  /** Estimated cost in whole euros. */
  readonly cost: number;
  /** Possible conflicts with projects or plans; empty where none is known. */
  readonly conflicts: string;
}

export interface Proposal extends ProposalText {
  readonly code: string;
  readonly state: "submitted" | "withdrawn" | "admitted" | "refused";
  /** What the commission said when it admitted or refused it. */
  readonly because?: string;
}

/** One's own proposal, with what is kept of who sent it. */
export interface OwnProposal extends Proposal {
  readonly by: Proponent;
}
