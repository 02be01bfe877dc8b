import type { Bytes, Place, Sealer } from "./seal.ts";

/** Where each sealed column stands, and the digests by which rows are found. */

export const sessionOf = (contactId: string): Place => ({
  table: "Contact",
  column: "session",
  row: contactId,
});

export const addressAt = (lookup: Uint8Array): Place => ({
  table: "Address",
  column: "sealed",
  row: hex(lookup),
});

export const inboxAt = (key: Uint8Array): Place => ({ table: "Inbox", column: "sealed", row: hex(key) });

/** Bound to the address it goes to: a row's id is not known before it is written. */
export const outboxTo = (lookup: Uint8Array): Place => ({
  table: "Outbox",
  column: "sealed",
  row: hex(lookup),
});

export const proponentOf = (proposalId: string): Place => ({
  table: "Proposal",
  column: "proponent",
  row: proposalId,
});

export const coDesignerOf = (proposalId: string, contactId: string): Place => ({
  table: "CoDesigner",
  column: "sealed",
  row: `${proposalId}/${contactId}`,
});

export const ticketOf = (edition: string, number: number): Place => ({
  table: "Ticket",
  column: "sealed",
  row: `${edition}/${number}`,
});

export const reminderOf = (contactId: string, edition: string, phase: string): Place => ({
  table: "Reminder",
  column: "sealed",
  row: `${contactId}/${edition}/${phase}`,
});

export const lookupAddress = (sealer: Sealer, channel: string, address: string): Bytes =>
  sealer.lookup("address", channel, address);

/** Of a platform's id of what it delivered to us. */
export const lookupDelivery = (sealer: Sealer, channel: string, id: string): Bytes =>
  sealer.lookup("delivery", channel, id);

/** Of a platform's id of what it took from us. */
export const lookupSent = (sealer: Sealer, id: string): Bytes => sealer.lookup("sent", id);

/** Of the code under which a draft is offered. */
export const lookupDraft = (sealer: Sealer, code: string): Bytes => sealer.lookup("draft", code);

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
