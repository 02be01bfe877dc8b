// @ts-check
import { keep, randomName, recall } from "./dom.js";

/** @import { Action, Deed } from "./types.d.ts" */

/**
 * What a person did and the server has not confirmed yet. The browser keeps it, so that neither a
 * server that is away nor a page that is closed loses it; its key lets it be sent again safely.
 *
 * @param {string} line
 */
export function createUnsent(line) {
  const name = `unsent:${line}`;
  const read = () => recall(name, /** @type {Action[]} */ ([]));

  return {
    all: read,
    /** @param {Deed} deed */
    add(deed) {
      const action = { ...deed, key: randomName() };
      keep(name, [...read(), action]);
      return action;
    },
    /** @param {string} key */
    remove(key) {
      keep(
        name,
        read().filter((action) => action.key !== key),
      );
    },
  };
}
