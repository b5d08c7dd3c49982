// Saved papers and read marks: kept in this browser, and shown on the pages. shelf-list.js lists them.

const READ_KEPT = 5000;
const SAVED_KEPT = 10000;
const LONGEST = 500; // letters of a title
const LONGEST_NOTE = 2000;
const LABELS = 20; // of a paper, at most

/** @param {unknown} id */
const known = (id) => typeof id === "string" && /^[\w.-]{1,200}$/.test(id) && !/^\.+$/.test(id);

/**
 * A saved list as it should be, of any JSON: { id: { title, date } }, without a prototype, so that an
 * id is never taken for something that objects have. What names no paper is left out; a paper whose
 * title or date is lost is kept.
 * @param {unknown} value
 * @returns {Record<string, Kept>}
 */
export function mendSaved(value) {
  const saved = Object.create(null);
  if (typeof value !== "object" || value === null) return saved;
  const pairs = Array.isArray(value) ? value.map((one) => [one?.id ?? one, one]) : Object.entries(value);
  for (const [id, one] of pairs.filter(([id]) => known(id)).slice(-SAVED_KEPT)) {
    const { title, date, note, labels } = one ?? {};
    /** @type {Kept} */
    const kept = {
      title: (typeof title === "string" && title.trim().slice(0, LONGEST)) || id,
      date: typeof date === "string" && /^\d{4}-\d\d-\d\d$/.test(date) ? date : "",
    };
    if (typeof note === "string" && note.trim()) kept.note = note.trim().slice(0, LONGEST_NOTE);
    const named = mendLabels(labels);
    if (named.length) kept.labels = named;
    saved[id] = kept;
  }
  return saved;
}

/**
 * Labels as they should be, each once.
 * @param {unknown} value
 * @returns {string[]}
 */
export const mendLabels = (value) =>
  Array.isArray(value)
    ? [...new Set(value.flatMap((one) => (typeof one === "string" && one.trim() ? [one.trim().slice(0, 50)] : [])))].slice(0, LABELS)
    : [];

/**
 * @param {unknown} value
 * @returns {string[]}
 */
export const mendRead = (value) => (Array.isArray(value) ? value.filter(known).slice(-READ_KEPT) : []);

/**
 * @typedef {{ title: string, date: string, note?: string, labels?: string[] }} Kept what is kept of a paper
 * @typedef {Kept & { id: string }} Paper
 */

/** @param {Tools} tools */
export function start({ base, store, say, make, words, idOf }) {
  let saved = store.get("saved", mendSaved);
  /** @type {[id: string, show: (on: boolean) => void][]} */
  const shown = [];
  let read = store.get("read", mendRead);

  /** @param {string[]} ids */
  const note = (...ids) => {
    read = [...new Set([...store.get("read", mendRead), ...ids])].slice(-READ_KEPT);
    store.set("read", read);
  };

  /**
   * Saves a paper or lets it go. Another tab may have done so before.
   * @param {Paper} paper
   */
  const toggle = ({ id, title, date }) => {
    saved = store.get("saved", mendSaved);
    const on = !saved[id];
    if (on) saved[id] = { title, date };
    else delete saved[id];
    store.set("saved", saved);
    say(on ? gettext("Saved") : gettext("No longer saved"));
    return on;
  };

  /**
   * @param {Element} place
   * @param {Paper} paper
   */
  const addButton = (place, paper) => {
    const button = make("button", { type: "button", class: "save", "aria-label": gettext("Save “%(title)s”", { title: paper.title }) });
    /** @param {boolean} on */
    const show = (on) => button.setAttribute("aria-pressed", String(on));
    show(Boolean(saved[paper.id]));
    shown.push([paper.id, show]);
    button.onclick = () => show(toggle(paper));
    place.append(button);
  };

  for (const row of document.querySelectorAll(".row")) {
    const id = idOf(row);
    const heading = row.querySelector("h2, h3");
    /** @type {HTMLElement | null} */
    const day = row.closest("[data-day]");
    if (heading && day?.dataset.day) {
      addButton(row, { id, title: words(heading), date: day.dataset.day });
    }
    if (read.includes(id)) row.classList.add("read");
    row.querySelector("details")?.addEventListener("toggle", () => note(id));
  }

  /** @type {HTMLElement | null} */
  const paper = document.querySelector(".paper");
  const header = paper?.querySelector("header");
  const heading = paper?.querySelector("h1");
  if (paper && header && heading) {
    const id = paper.dataset.paper ?? "";
    const date = paper.querySelector("time")?.dateTime ?? "";
    addButton(header, { id, title: words(heading), date });
    note(id);
  }

  addEventListener("storage", ({ key }) => {
    if (key !== `broadsheet:${base.pathname}:saved`) return;
    saved = store.get("saved", mendSaved);
    for (const [id, show] of shown) show(Boolean(saved[id]));
  });
}
