const ASKS_BEFORE_MS = 60_000;

/**
 * Ends the page when nobody is there any more, so that the next person on the phone finds nothing;
 * asks first.
 *
 * @param {object} page
 * @param {HTMLDialogElement} page.dialog asks whether somebody is there
 * @param {EventTarget} page.stay
 * @param {() => void} page.end
 */
export function createIdle({ dialog, stay, end }) {
  let limit = Number.POSITIVE_INFINITY;
  let since = Date.now();
  const active = () => {
    since = Date.now();
  };
  for (const kind of ["pointerdown", "keydown", "scroll", "change"])
    addEventListener(kind, active, { passive: true, capture: true });
  stay.addEventListener("click", () => dialog.close());

  // Asked each second: a phone that slept wakes with its timers late.
  setInterval(() => {
    const idle = Date.now() - since;
    if (idle >= limit) {
      limit = Number.POSITIVE_INFINITY;
      end();
    } else if (idle < limit - ASKS_BEFORE_MS) dialog.close();
    else if (!dialog.open) dialog.showModal();
  }, 1000);

  return {
    /** @param {number} ms of silence after which it ends */
    endsAfter(ms) {
      limit = ms;
      active();
    },
    /** When somebody was last there. */
    lastActive: () => since,
  };
}
