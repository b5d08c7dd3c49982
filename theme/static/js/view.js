// How lists show, as values: the order and density of a day, and what becomes of papers once seen.
// theme.js reads the same before a page shows.

/** @type {Record<string, string[]>} */
export const CHOICES = {
  order: ["topic", "votes", "listing"],
  density: ["comfortable", "compact", "titles"],
  seen: ["dim", "hide", "show"],
  by: ["opened", "scrolled"],
};
const SEEN_KEPT = 20_000;

/**
 * A view as it should be, of any JSON: what is wrong is as it is at first.
 * @param {any} value
 * @returns {View}
 */
export function mendView(value) {
  const chosen = Object.entries(CHOICES).map(([name, all]) => [name, all.includes(value?.[name]) ? value[name] : all[0]]);
  return Object.fromEntries(chosen);
}

/** @param {unknown} value */
export const mendSeen = (value) =>
  Array.isArray(value) ? value.filter((id) => typeof id === "string" && id.length <= 200).slice(-SEEN_KEPT) : [];

/**
 * The ids of the papers that count as seen: those opened, and by choice those scrolled past.
 * @param {Store} store
 * @returns {Set<string>}
 */
export function seenOf(store) {
  const { by } = store.get("view", mendView);
  const read = store.get("read", mendSeen);
  return new Set(by === "scrolled" ? [...read, ...store.get("seen", mendSeen)] : read);
}
