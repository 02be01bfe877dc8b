// @ts-check

/**
 * Makes an element; what is written in it is always text, never markup.
 *
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag with `className` in it where `tag` alone is not enough
 * @param {Record<string, string | boolean | ((event: Event) => void)>} [attributes]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (typeof value === "boolean") element.toggleAttribute(name, value);
    else element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

/**
 * One of the page's pictures.
 *
 * @param {string} name
 * @param {string} [className]
 */
export function icon(name, className = "") {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#icon-${name}`);
  svg.setAttribute("class", `icon icon-${name} ${className}`);
  svg.setAttribute("aria-hidden", "true");
  svg.append(use);
  return svg;
}

/**
 * The element that the page is known to have.
 *
 * @template {Element} T
 * @param {ParentNode} within
 * @param {string} selector
 * @param {abstract new (...args: never[]) => T} type
 * @returns {T}
 */
export function find(within, selector, type) {
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
export function fill(words = "", values) {
  return words.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

/** Letters and digits that nobody guesses: whoever knows a phone's name can read it. */
export function randomName(length = 16) {
  const bytes = crypto.getRandomValues(new Uint8Array(length));
  return Array.from(bytes, (byte) => "abcdefghijkmnpqrstuvwxyz23456789"[byte % 32]).join("");
}

/**
 * What the browser kept under a name; `otherwise` where there is nothing, or nothing readable.
 *
 * @template T
 * @param {string} name
 * @param {T} otherwise
 * @returns {T}
 */
export function recall(name, otherwise) {
  try {
    const kept = localStorage.getItem(name);
    return kept === null ? otherwise : JSON.parse(kept);
  } catch {
    return otherwise;
  }
}

/**
 * @param {string} name
 * @param {unknown} value
 */
export function keep(name, value) {
  try {
    localStorage.setItem(name, JSON.stringify(value));
  } catch {
    // A browser that keeps nothing still shows the phone, until the page is closed.
  }
}
