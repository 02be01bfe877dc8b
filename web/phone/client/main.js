// @ts-check
import { find, keep, recall } from "./dom.js";
import { startCalendar, startMail } from "./panel.js";
import { createPhone } from "./phone.js";

/** @import { Settings } from "./types.d.ts" */

/** @type {Settings} */
const settings = JSON.parse(find(document, "#settings", HTMLScriptElement).text);
const { words } = settings;
const place = find(document, "#phones", HTMLElement);
const button = find(document, "#second", HTMLButtonElement);
const wide = matchMedia("(min-width: 72rem)").matches;

startCalendar(settings);
const mail = startMail(settings);
// A code by e-mail is written down just before the assistant says that it was sent.
const onNews = () => void mail.look();
const first = createPhone({
  which: "first",
  name: words["firstOwner"] ?? "",
  style: "whatsapp",
  settings,
  onNews,
});
place.append(first.element);

/** @type {ReturnType<typeof createPhone> | undefined} */
let second;
/** The phone that was written on last. */
let current = first;
first.element.addEventListener("focusin", () => {
  current = first;
});

/** @param {boolean} shown */
function showSecond(shown) {
  button.setAttribute("aria-pressed", String(shown));
  place.classList.toggle("two", shown);
  if (shown) {
    const phone = createPhone({
      which: "second",
      name: words["secondOwner"] ?? "",
      style: "telegram",
      settings,
      onNews,
    });
    phone.element.addEventListener("focusin", () => {
      current = phone;
    });
    place.append(phone.element);
    second = phone;
  } else {
    second?.close();
    second?.element.remove();
    second = undefined;
    current = first;
  }
}

button.onclick = () => {
  const shown = second === undefined;
  keep("second", shown);
  showSecond(shown);
};
showSecond(recall("second", wide));

// A link that somebody shared; once followed it goes from the address, so that a reload does not repeat it.
const address = new URL(location.href);
const begun = address.searchParams.get("start");
const said = address.searchParams.get("text");
if (begun !== null || said !== null) {
  for (const name of ["start", "text"]) address.searchParams.delete(name);
  history.replaceState(null, "", address);
  if (begun !== null && /^[\w-]{1,64}$/.test(begun)) first.follow({ start: begun });
  else if (said !== null) first.follow({ text: said.slice(0, 200) });
}

for (const one of document.querySelectorAll(".try")) {
  one.addEventListener("click", () => current.write(one.textContent ?? ""));
}
