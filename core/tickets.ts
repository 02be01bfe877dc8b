/** A question that a person put to the office. */
export interface OwnTicket {
  readonly number: number;
  readonly state: TicketState;
}
export type TicketState = "open" | "answered" | "closed";
