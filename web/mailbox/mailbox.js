// @ts-check
// Brings in what has arrived, without moving who is reading.

const LOOK_MS = 5000;

async function look() {
  if (document.hidden) return;
  try {
    const response = await fetch(location.href);
    if (!response.ok) return;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const now = document.querySelector("#mails");
    const then = page.querySelector("#mails");
    const known = new Set(Array.from(document.querySelectorAll("[data-id]"), idOf));
    const fresh = Array.from(then?.querySelectorAll("[data-id]") ?? []).filter(
      (mail) => !known.has(idOf(mail)),
    );
    if (!now || !then || fresh.length === 0) return;
    now.querySelector(":scope > .hint")?.remove();
    now.prepend(...fresh);
    const said = document.querySelector("#said");
    const words = said?.getAttribute("data-new") ?? "";
    if (said) said.textContent = words.replace("{count}", String(fresh.length));
  } catch {
    // The server is away; it is asked again.
  }
}

/** @param {Element} mail */
function idOf(mail) {
  return mail.getAttribute("data-id");
}

setInterval(look, LOOK_MS);
document.addEventListener("visibilitychange", look);
