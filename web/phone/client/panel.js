// @ts-check
import { fill, find, h, keep, recall } from "./dom.js";

/** @import { Clock, Mail, Settings } from "./types.d.ts" */

const LOOK_MS = 5000;
const SHOWN = 3;

/**
 * The calendar that the assistant goes by.
 *
 * @param {Settings} settings
 */
export function startCalendar({ words, clock, language }) {
  const date = find(document, "#date", HTMLInputElement);
  const said = find(document, "#calendar-said", HTMLElement);

  /** @param {Clock} clock */
  function show({ today, todayInWords, phases }) {
    find(document, "#today", HTMLElement).textContent = todayInWords;
    date.value = today;
    find(document, "#phases", HTMLElement).replaceChildren(
      ...phases.map(({ title, from, fromInWords, toInWords, now }) => {
        const go = h(
          "button",
          { type: "button", click: () => move(from), title: fill(words["phaseGo"], { phase: title }) },
          title,
        );
        const item = h(
          "li",
          now ? { "aria-current": "date" } : {},
          go,
          h("small", {}, `${fromInWords} – ${toInWords}`),
        );
        item.classList.toggle("past", !now && from < today);
        if (now) go.append(" ", h("span", { class: "now" }, words["phaseNow"] ?? ""));
        return item;
      }),
    );
  }

  /** @param {string} day */
  async function move(day) {
    try {
      const response = await fetch(`/phone/clock?lang=${language}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ date: day }),
      });
      if (!response.ok) throw new Error(String(response.status));
      /** @type {Clock} */
      const moved = await response.json();
      const focused = document.activeElement?.textContent;
      show(moved);
      // The button that was pressed has been drawn anew.
      for (const button of document.querySelectorAll("#phases button")) {
        if (button instanceof HTMLElement && focused?.startsWith(button.firstChild?.textContent ?? "\n"))
          button.focus();
      }
      said.textContent = fill(words["dateMoved"], { date: moved.todayInWords });
    } catch {
      said.textContent = words["dateFailed"] ?? "";
    }
  }

  find(document, "#next-day", HTMLButtonElement).onclick = () => {
    const next = new Date(`${date.value}T00:00:00Z`);
    next.setUTCDate(next.getUTCDate() + 1);
    void move(next.toISOString().slice(0, 10));
  };
  find(document, "#dates", HTMLFormElement).onsubmit = (event) => {
    event.preventDefault();
    void move(date.value);
  };
  show(clock);
}

/**
 * The latest e-mails, and how many have not been looked at.
 *
 * @param {Settings} settings
 */
export function startMail({ words, locale }) {
  const list = find(document, "#mails", HTMLElement);
  const said = find(document, "#mail-said", HTMLElement);
  const tools = find(document, "#tools", HTMLElement);
  const card = find(tools, "[aria-labelledby=mail-title]", HTMLElement);
  let shown = "";

  async function look() {
    if (document.hidden) return;
    try {
      const response = await fetch("/posta/messages.json");
      if (response.ok) show(await response.json());
    } catch {
      // The phones say that the server is away; the mail comes when it is back.
    }
  }

  /** @param {Mail[]} mails latest first */
  function show(mails) {
    const seen = BigInt(recall("mail:seen", "0"));
    const fresh = mails.filter(({ id }) => BigInt(id) > seen).length;
    for (const count of document.querySelectorAll("[data-mail-count]")) {
      count.textContent = String(fresh);
      count.toggleAttribute("hidden", fresh === 0);
    }
    const latest = mails[0]?.id ?? "";
    if (latest === shown && list.childElementCount > 0) return;
    if (fresh > 0) said.textContent = fill(words["mailNew"], { count: fresh });
    const justCame = fresh > 0 && list.childElementCount > 0;
    shown = latest;
    list.replaceChildren(
      ...(mails.length === 0
        ? [h("li", { class: "hint" }, words["mailNone"] ?? "")]
        : mails.slice(0, SHOWN).map((mail) => h("li", {}, drawMail(mail)))),
    );
    // Only where the tools scroll beside the phones: a small screen stays on the chat.
    if (justCame) tools.scrollTo({ top: card.offsetTop });
  }

  /** @param {Mail} mail */
  function drawMail({ id, to, subject, text, at }) {
    const time = new Date(at).toLocaleTimeString(locale, { hour: "2-digit", minute: "2-digit" });
    const toggle = () => {
      if (BigInt(id) > BigInt(recall("mail:seen", "0"))) keep("mail:seen", id);
      void look();
    };
    return h(
      "details",
      { toggle },
      h(
        "summary",
        {},
        h("strong", {}, subject),
        h("small", {}, `${time} · ${fill(words["mailTo"], { address: to })}`),
      ),
      h("p", {}, text),
    );
  }

  setInterval(look, LOOK_MS);
  void look();
  return { look };
}
