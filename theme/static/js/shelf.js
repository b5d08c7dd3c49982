// Saved papers and read marks: kept in this browser, shown on the pages, listed on the saved page.

const READ_KEPT = 5000;
const SAVED_KEPT = 10000;
const LARGEST = 10_000_000; // bytes of a file that is taken in
const LONGEST = 500; // letters of a title

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
    const { title, date } = one ?? {};
    saved[id] = {
      title: (typeof title === "string" && title.trim().slice(0, LONGEST)) || id,
      date: typeof date === "string" && /^\d{4}-\d\d-\d\d$/.test(date) ? date : "",
    };
  }
  return saved;
}

/**
 * @param {unknown} value
 * @returns {string[]}
 */
export const mendRead = (value) => (Array.isArray(value) ? value.filter(known).slice(-READ_KEPT) : []);

/**
 * @typedef {{ title: string, date: string }} Kept what is kept of a paper
 * @typedef {Kept & { id: string }} Paper
 */

/** @param {Tools} tools */
export function start({ base, store, say, make, words, idOf }) {
  let saved = store.get("saved", mendSaved);
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
    const button = make("button", { type: "button", class: "save" }, make("span", { class: "vh" }, gettext("Save “%(title)s”", { title: paper.title })));
    /** @param {boolean} on */
    const show = (on) => button.setAttribute("aria-pressed", String(on));
    show(Boolean(saved[paper.id]));
    button.addEventListener("click", () => show(toggle(paper)));
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

  const shelf = document.querySelector("[data-shelf]");
  const count = document.querySelector("[data-shelf-count]");
  /** @type {HTMLElement | null} */
  const empty = document.querySelector("[data-shelf-empty]");
  if (!shelf || !count || !empty) return;

  const papers = () => Object.entries(saved).sort(([, a], [, b]) => b.date.localeCompare(a.date));
  /** @param {string} id */
  const address = (id) => new URL(`papers/${encodeURIComponent(id)}/`, base).href;

  /** @param {[string, Kept]} entry */
  const item = ([id, { title, date }]) => {
    const remove = make("button", { type: "button", class: "badge" }, gettext("Remove"), make("span", { class: "vh" }, ` ${title}`));
    remove.addEventListener("click", () => {
      toggle({ id, title, date });
      show();
    });
    const when = date ? [make("time", { datetime: date }, date)] : [];
    const by = make("span", { class: "by" }, ...when, remove);
    return make("li", {}, make("a", { href: address(id), dir: "auto" }, title), " ", by);
  };

  const show = () => {
    const all = papers();
    shelf.replaceChildren(...all.map(item));
    count.textContent = ngettext("%(count)s paper", "%(count)s papers", all.length);
    empty.hidden = all.length > 0;
  };

  /** @type {Record<string, () => string>} */
  const forms = {
    json: () => JSON.stringify({ saved, read }, null, 1),
    md: () =>
      papers()
        .map(([id, { title, date }]) => `- [${title.replace(/[[\]\\]/g, "\\$&")}](${address(id)})${date && ` (${date})`}\n`)
        .join(""),
  };
  /** @type {NodeListOf<HTMLElement>} */
  const exports = document.querySelectorAll("[data-export]");
  for (const button of exports) {
    button.addEventListener("click", () => {
      const form = button.dataset.export ?? "";
      const href = URL.createObjectURL(new Blob([forms[form]()]));
      make("a", { href, download: `saved-papers.${form}` }).click();
      setTimeout(() => URL.revokeObjectURL(href), 1000);
    });
  }

  /** @type {HTMLInputElement | null} */
  const field = document.querySelector("[data-import]");
  field?.addEventListener("change", async () => {
    const [file] = field.files ?? [];
    const before = papers().length;
    try {
      if (!file || file.size > LARGEST) throw new Error("too large");
      const kept = JSON.parse(await file.text());
      if (typeof kept.saved !== "object" || kept.saved === null) throw new Error("no list");
      saved = mendSaved({ ...mendSaved(kept.saved), ...store.get("saved", mendSaved) });
      store.set("saved", saved);
      note(...mendRead(kept.read));
      const added = papers().length - before;
      say(ngettext("%(count)s added", "%(count)s added", added));
    } catch {
      say(gettext("That file holds no saved papers"));
    }
    field.value = "";
    show();
  });

  show();
}
