import { createChoice } from "./choice.js";
import { fill, find, inGroups } from "./dom.js";
import { createIdle } from "./idle.js";
import { clearReceipt, showReceipt } from "./receipt.js";
import { seal } from "./seal.js";
import { send } from "./send.js";

/** @import { Sealed, Settings } from "./types.d.ts" */

const MINUTE_MS = 60_000;
const KEEP_ALIVE_MS = 4 * MINUTE_MS;

/** @type {Settings} */
const settings = JSON.parse(find("#settings", HTMLElement).textContent ?? "");
const { words, locale, atStation } = settings;
const format = new Intl.NumberFormat(locale, {
  style: "currency",
  currency: "EUR",
  maximumFractionDigits: 0,
  useGrouping: "always",
});
/** @param {number} amount with plain spaces, as in the page */
const euros = (amount) => format.format(amount).replace(/[\u00a0\u202f]/g, " ");

const choice = createChoice(settings, euros);
const end = find("#end", HTMLFormElement);
const idle = createIdle({
  dialog: find("#idle", HTMLDialogElement),
  stay: find("#stay", HTMLElement),
  end: () => end.submit(),
});
/** What is on its way: the one thing that must not be lost. @type {Sealed | undefined} */
let unsent;

/** Minutes of silence after which each step ends. At a station the next person is waiting. */
const SILENCE = {
  choose: atStation ? 5 : 17,
  review: atStation ? 5 : 17,
  sending: Number.POSITIVE_INFINITY,
  refused: atStation ? 2 : 10,
  receipt: atStation ? 2 : 10,
};

/** @param {keyof typeof SILENCE} step */
function show(step) {
  for (const name of Object.keys(SILENCE)) find(`#${name}`, HTMLElement).hidden = name !== step;
  idle.endsAfter(SILENCE[step] * MINUTE_MS);
  find(`#${step} h2`, HTMLElement).focus({ preventScroll: true });
  scrollTo(0, 0);
}

const isAt = (/** @type {keyof typeof SILENCE} */ step) => !find(`#${step}`, HTMLElement).hidden;

async function review() {
  const chosen = choice.chosen();
  if (chosen.length === 0 && !settings.blank) return choice.say(words["none"]);
  const sealed = await seal(
    settings.publicKey,
    settings.digest,
    chosen.map(({ position }) => position),
  );
  const items = chosen.map(({ title, cost }) => {
    const item = document.createElement("li");
    item.textContent = fill(words["item"], { title, cost: euros(cost) });
    return item;
  });
  find("#chosen", HTMLElement).replaceChildren(...items);
  find("#total", HTMLElement).textContent =
    chosen.length > 0 ? fill(words["total"], { spent: euros(choice.spent()) }) : "";
  find("#is-blank", HTMLElement).hidden = chosen.length > 0;
  find("#envelope", HTMLElement).textContent = inGroups(sealed.id);
  find("#send", HTMLElement).onclick = () => cast(sealed);
  // The telephone's own way back leads to the choice, and not out of the page.
  history.pushState(null, "", "#controllo");
  show("review");
}

/** @param {Sealed} sealed */
async function cast(sealed) {
  unsent = sealed;
  clearChoice();
  show("sending");
  const progress = find("#progress", HTMLElement);
  const answer = await send(settings, sealed, {
    tell: (said) => {
      progress.textContent = said;
    },
    retry: find("#retry", HTMLElement),
  });
  unsent = undefined;
  if ("refused" in answer) return refuse(answer);
  showReceipt(settings, answer, sealed);
  show("receipt");
}

/** @param {{ refused: string, next?: "anew" | "enter" }} answer */
function refuse({ refused, next }) {
  clearChoice();
  find("#why", HTMLElement).textContent = refused;
  const door = find("#way-on", HTMLAnchorElement);
  door.hidden = next === undefined;
  door.textContent = next ? (words[next] ?? "") : "";
  door.href = next === "enter" ? "/voto" : "/voto/scheda";
  show("refused");
}

/** Nothing of the choice stays, but in the sealed envelope. */
function clearChoice() {
  choice.clear();
  find("#chosen", HTMLElement).replaceChildren();
  find("#total", HTMLElement).textContent = "";
  find("#is-blank", HTMLElement).hidden = true;
  find("#send", HTMLElement).onclick = null;
}

/** Who takes their time keeps their session; a page that nobody looks at does not. */
async function stayAlive() {
  if (Date.now() - idle.lastActive() > KEEP_ALIVE_MS || !(isAt("choose") || isAt("review"))) return;
  const answer = await fetch("/voto/ancora", { method: "POST", headers: { "x-form": settings.form } }).then(
    (response) => response.json(),
    // Without network there is nothing to keep alive; sending will tell.
    () => ({}),
  );
  if (answer.refused) refuse(answer);
}

function begin() {
  // Left by a page that was loaded again.
  history.replaceState(null, "", location.pathname);
  choice.clear();
  find("#to-review", HTMLElement).addEventListener("click", review);
  find("#to-choice", HTMLElement).addEventListener("click", () => history.back());
  addEventListener("popstate", () => isAt("review") && show("choose"));
  addEventListener("beforeunload", (event) => unsent && event.preventDefault());
  addEventListener("pagehide", () => {
    clearChoice();
    clearReceipt();
  });
  // A page that comes back from the browser's memory is of a moment that is over.
  addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
  setInterval(stayAlive, KEEP_ALIVE_MS);
  find("#unable", HTMLElement).hidden = true;
  find("#bar", HTMLElement).hidden = false;
  idle.endsAfter(SILENCE.choose * MINUTE_MS);
}

// Without it, which browsers hold back where there is no https, no envelope can be sealed.
if (globalThis.crypto?.subtle) begin();
