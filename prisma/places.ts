import { normal } from "../core/understanding/normal.ts";
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

export const testCodeAt = (lookup: Uint8Array): Place => ({
  table: "TestCode",
  column: "sealed",
  row: hex(lookup),
});

export const questionnaireAnswerOf = (contactId: string, edition: string, questionnaire: string): Place => ({
  table: "QuestionnaireAnswer",
  column: "sealed",
  row: `${contactId}/${edition}/${questionnaire}`,
});

export const anonymousAnswerAt = (id: string): Place => ({
  table: "AnonymousAnswer",
  column: "sealed",
  row: id,
});

export const facilitatorOf = (id: string): Place => ({ table: "Facilitator", column: "sealed", row: id });

export const handOverOf = (id: string): Place => ({ table: "HandOver", column: "sealed", row: id });

/** What a sign-in that is under way keeps for itself. */
export const ballotSessionAt = (lookup: Uint8Array): Place => ({
  table: "BallotSession",
  column: "sealed",
  row: hex(lookup),
});

export const voterOf = (id: string): Place => ({ table: "Voter", column: "sealed", row: id });

export const cityUserOf = (edition: string, number: number): Place => ({
  table: "CityUser",
  column: "sealed",
  row: `${edition}/${number}`,
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

/** Of the code by which the Union invites a facilitator. */
export const lookupInvitation = (sealer: Sealer, code: string): Bytes => sealer.lookup("invitation", code);

/** Of the code of a facilitator's link. */
export const lookupAccompaniment = (sealer: Sealer, code: string): Bytes =>
  sealer.lookup("accompaniment", code);

/** Under which the wrong codes of a contact are counted. */
export const lookupCodeTries = (sealer: Sealer, contactId: string): Bytes =>
  sealer.lookup("code-tries", contactId);

/** Of the code under which a message can be tried in a chat. */
export const lookupTest = (sealer: Sealer, code: string): Bytes => sealer.lookup("test", code);

/** Of the token in a link that a chat was given. */
export const lookupLink = (sealer: Sealer, token: string): Bytes => sealer.lookup("ballot-link", token);

/** Of the token in a browser's cookie. */
export const lookupBallotSession = (sealer: Sealer, token: string): Bytes =>
  sealer.lookup("ballot-session", token);

/** The digits that a browser's page shows: they follow from the cookie, so that a page that is loaded again can show them again. */
export const digitsOf = (sealer: Sealer, sessionToken: string): string =>
  String(Buffer.from(sealer.lookup("ballot-digits-of", sessionToken)).readUInt32BE() % 1_000_000).padStart(
    6,
    "0",
  );

/** Of those digits. */
export const lookupDigits = (sealer: Sealer, session: Uint8Array, digits: string): Bytes =>
  sealer.lookup("ballot-digits", hex(session), digits);

/** Of a codice fiscale as `readTaxCode` gives it, never decoded. */
export const lookupTaxCode = (sealer: Sealer, edition: string, code: string): Bytes =>
  sealer.lookup("taxCode", edition, code);

/** Of a surname, however it is spelt in capitals, accents and spaces, and a day of birth. */
export const lookupName = (sealer: Sealer, edition: string, surname: string, birth: string): Bytes =>
  sealer.lookup("name", edition, normal(surname).replaceAll(" ", ""), birth);

/** Of the single-use code in a voter's letter, as `readLetterCode` gives it. */
export const lookupLetter = (sealer: Sealer, voterId: string, code: string): Bytes =>
  sealer.lookup("letter", voterId, code);

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
