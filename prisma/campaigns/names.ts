/** A campaign by the name under which the outbox knows it: of two editions on one database each has its own. */
export const outboxName = (edition: string, id: string): string => `${edition}/${id}`;
