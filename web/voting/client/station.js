// Sends the station's forms with a time-out and shows what the server answers. Nothing is shown as
// done before the server has said so; the same form sent again is the same request.

const PATIENCE_MS = 10_000;

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !("patient" in form.dataset)) return;
  event.preventDefault();
  if (form.ariaBusy !== "true") void send(form);
});

/** @param {HTMLFormElement} form */
async function send(form) {
  const unsure = form.querySelector("[data-unsure]");
  busy(form, true);
  unsure?.toggleAttribute("hidden", true);
  try {
    show(await answerTo(form));
  } catch {
    // No network, no answer in time, or that of something in between which is not our server.
    unsure?.toggleAttribute("hidden", false);
  } finally {
    busy(form, false);
  }
}

/**
 * @param {HTMLFormElement} form
 * @param {boolean} isBusy
 */
function busy(form, isBusy) {
  form.ariaBusy = String(isBusy);
  for (const button of form.querySelectorAll("button")) button.disabled = isBusy;
}

/**
 * @param {HTMLFormElement} form
 * @returns {Promise<Document>} a page of the station
 */
async function answerTo(form) {
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form)) fields.append(name, String(value));
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
  try {
    const response = await fetch(form.action, {
      method: "POST",
      body: fields,
      cache: "no-store",
      signal: patience.signal,
    });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    if (response.status >= 500 || !page.querySelector("main > #station"))
      throw new Error("not a station's page");
    return page;
  } finally {
    clearTimeout(timer);
  }
}

/** @param {Document} page */
function show(page) {
  const main = page.querySelector("main");
  if (!main) return;
  document.querySelector("main")?.replaceWith(main);
  document.title = page.title;
  scrollTo(0, 0);
  // A page that comes by itself is read out from its title on.
  const title = main.querySelector("h1");
  title?.setAttribute("tabindex", "-1");
  title?.focus();
}
