/**
 * The element that the page is known to have.
 *
 * @template {Element} T
 * @param {string} selector
 * @param {abstract new (...args: never[]) => T} type
 * @param {ParentNode} within
 * @returns {T}
 */
export function find(selector, type, within = document) {
  const found = within.querySelector(selector);
  if (found instanceof type) return found;
  throw new Error(`The page has no ${selector}.`);
}

/**
 * Puts what fills them in the places of a message.
 *
 * @param {string | undefined} words
 * @param {Record<string, string | number>} values
 */
export function fill(words = "", values = {}) {
  return words.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

/** @param {string} text in groups that can be read out and compared */
export const inGroups = (text) => text.match(/.{1,4}/g)?.join(" ") ?? "";
