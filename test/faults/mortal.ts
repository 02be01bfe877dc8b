import type { House } from "../../assistant.ts";

/** At which moment of a message's way a process dies. */
export type Death = "stored, not answered" | "answered, not sent" | "sent, not recorded";

/**
 * A house that dies at a moment of its own: from then on nothing that it asks of the store is
 * ever done or answered, as with a process that is no more. Nobody else is hindered.
 */
export function mortal(house: House, death: Death): { readonly house: House; readonly died: Promise<void> } {
  let dead = false;
  let tell = () => {};
  const died = new Promise<void>((resolve) => {
    tell = resolve;
  });
  function die(): Promise<never> {
    dead = true;
    tell();
    return new Promise(() => {});
  }
  const alive = <Given extends readonly unknown[], Result>(
    call: (...given: Given) => Promise<Result>,
    isLast: boolean,
  ) => {
    return (...given: Given): Promise<Result> => (dead || isLast ? die() : call(...given));
  };
  const { inbox, conversations, outbox } = house.stores;
  return {
    died,
    house: {
      ...house,
      stores: {
        ...house.stores,
        inbox: { ...inbox, receive: alive(inbox.receive, false) },
        conversations: {
          ...conversations,
          save: alive(conversations.save, death === "stored, not answered"),
        },
        outbox: {
          ...outbox,
          // Looked at every few seconds, with nothing to be claimed as well.
          claim: async (...given) => {
            const claimed = dead ? await die() : await outbox.claim(...given);
            return death === "answered, not sent" && claimed.length > 0 ? die() : claimed;
          },
          begin: alive(outbox.begin, false),
          settle: alive(outbox.settle, death === "sent, not recorded"),
        },
      },
    },
  };
}
