// Papers that were scrolled past: noted in this browser, where the reader wants that; and a link to
// the first paper that is new.

import { mendSeen, seenOf } from "./view.js";

const REST = 1500; // milliseconds that what was passed waits to be noted

/** @param {Tools} tools */
export function start({ store, idOf }) {
  /** @type {NodeListOf<HTMLElement>} */
  const shown = document.querySelectorAll(".row, .by-day .titles:not(.mine) li");
  const items = [...shown];
  const before = seenOf(store);
  const fresh = items.filter((item) => !before.has(idOf(item)));

  /** @type {HTMLElement | null} */
  const place = document.querySelector("[data-fresh]");
  if (place && fresh.length && fresh.length < items.length) {
    place.dataset.fresh = "seen";
    leadTo(place, ngettext("%(count)s new to you", "%(count)s new to you", fresh.length), () => fresh);
  }

  /** @type {Set<string>} */
  let passed = new Set();
  let timer = 0;
  const note = () => {
    clearTimeout(timer);
    if (!passed.size) return;
    store.set("seen", mendSeen([...new Set([...store.get("seen", mendSeen), ...passed])]));
    passed = new Set();
  };
  // Past is what has left the window at its top; what is hidden has no place in it.
  const watcher = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting, boundingClientRect, rootBounds } of entries) {
      if (isIntersecting || !boundingClientRect.height || boundingClientRect.bottom > (rootBounds?.top ?? 0)) continue;
      passed.add(idOf(target));
      watcher.unobserve(target);
    }
    clearTimeout(timer);
    timer = setTimeout(note, REST);
  });
  for (const item of fresh) watcher.observe(item);
  addEventListener("pagehide", note);
  document.addEventListener("visibilitychange", note);
}

/**
 * A count that leads to the first of some papers that shows.
 * @param {HTMLElement} place
 * @param {string} text
 * @param {() => HTMLElement[]} items
 */
export function leadTo(place, text, items) {
  const link = document.createElement("a");
  link.href = "#main";
  link.textContent = text;
  link.addEventListener("click", (event) => {
    event.preventDefault();
    const tops = items()
      .filter((item) => item.checkVisibility())
      .map((item) => /** @type {const} */ ([item.getBoundingClientRect().top, item]))
      .sort(([a], [b]) => a - b);
    const first = tops[0]?.[1];
    first?.querySelector("a")?.focus({ preventScroll: true });
    first?.scrollIntoView({ block: "center" });
  });
  place.replaceChildren(link);
}
