// @ts-check
import { find, h } from "./dom.js";

/** @import { List } from "./types.d.ts" */

/**
 * WhatsApp's list: rows to choose from, and a button that sends the choice.
 *
 * @param {HTMLDialogElement} dialog
 * @param {HTMLElement} over the phone whose lower edge it comes from
 * @param {List} list
 * @param {(row: { id: string, title: string }) => void} onChoose
 */
export function openSheet(dialog, over, list, onChoose) {
  const choose = find(dialog, ".choose", HTMLButtonElement);
  const title = find(dialog, "h3", HTMLElement);
  const rows = list.sections.flatMap((section) => section.rows);
  title.textContent = list.label;
  choose.disabled = true;
  find(dialog, ".rows", HTMLElement).replaceChildren(
    ...list.sections.map(({ title, rows }) =>
      h(
        "fieldset",
        {},
        h("legend", title ? {} : { class: "visually-hidden" }, title || list.label),
        ...rows.map(drawRow),
      ),
    ),
  );
  place(dialog, over);
  dialog.returnValue = "";
  dialog.onchange = () => {
    choose.disabled = false;
  };
  dialog.onclose = () => {
    const chosen = new FormData(find(dialog, "form", HTMLFormElement)).get("row");
    const row = rows.find(({ id }) => id === chosen);
    if (dialog.returnValue === "send" && row) onChoose(row);
  };
  find(dialog, ".close", HTMLButtonElement).onclick = () => dialog.close();
  dialog.onclick = ({ target }) => {
    if (target === dialog) dialog.close();
  };
  dialog.showModal();
}

/** @param {List["sections"][number]["rows"][number]} row */
function drawRow({ id, title, description }) {
  const words = h("span", {}, h("span", { class: "row-title", dir: "auto" }, title));
  if (description) words.append(h("small", { dir: "auto" }, description));
  return h("label", {}, words, h("input", { type: "radio", name: "row", value: id }));
}

/**
 * A dialog lies above the whole page; here it is laid where the phone's glass is.
 *
 * @param {HTMLDialogElement} dialog
 * @param {HTMLElement} over
 */
function place(dialog, over) {
  // On a real phone the whole screen is the glass.
  const small = matchMedia("(width < 48rem)").matches;
  const screen = new DOMRect(0, 0, document.documentElement.clientWidth, window.innerHeight);
  const { left, width, bottom, height } = small ? screen : over.getBoundingClientRect();
  dialog.style.left = `${left}px`;
  dialog.style.width = `${width}px`;
  dialog.style.bottom = `${Math.max(0, window.innerHeight - bottom)}px`;
  dialog.style.maxHeight = `${Math.min(height * 0.85, window.innerHeight - 24)}px`;
}
