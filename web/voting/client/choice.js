import { fill, find } from "./dom.js";

/** @import { Chosen, Settings } from "./types.d.ts" */

/**
 * The projects to choose from, and how many of them fit. The choice is nowhere but in their boxes.
 *
 * @param {Settings} settings
 * @param {(cost: number) => string} euros
 */
export function createChoice({ most, budget, words }, euros) {
  const list = find(".projects", HTMLElement);
  const status = find("#count", HTMLElement);
  const boxes = [...list.querySelectorAll("input")];

  /** @returns {Chosen[]} */
  const chosen = () =>
    boxes
      .filter(({ checked }) => checked)
      .map((box) => ({
        position: Number(box.value),
        title: box.labels?.[0]?.textContent ?? "",
        cost: Number(box.dataset["cost"]),
      }));
  const spent = () => chosen().reduce((sum, { cost }) => sum + cost, 0);

  function count() {
    const values = { count: chosen().length, most: most ?? "" };
    if (budget === null) return fill(words["count"], values);
    return fill(words["count_cost"], { ...values, spent: euros(spent()), left: euros(budget - spent()) });
  }

  /** @param {HTMLInputElement} box that was just ticked */
  function whyNot(box) {
    if (most !== null && chosen().length > most) return fill(words["full"], { most });
    if (budget === null || spent() <= budget) return undefined;
    const left = budget - spent() + Number(box.dataset["cost"]);
    return fill(words["too_dear"], { left: euros(left) });
  }

  list.addEventListener("change", ({ target }) => {
    if (!(target instanceof HTMLInputElement)) return;
    // Where one alone may be chosen, choosing another is changing one's mind.
    if (most === 1 && target.checked) for (const box of boxes) box.checked = box === target;
    const problem = whyNot(target);
    if (problem) target.checked = false;
    status.textContent = problem ?? count();
  });

  return {
    chosen,
    spent,
    /** Says how many are chosen, or something else. */
    say(words = count()) {
      status.textContent = words;
    },
    /** Leaves nothing of the choice. */
    clear() {
      for (const box of boxes) box.checked = false;
      status.textContent = count();
    },
  };
}
