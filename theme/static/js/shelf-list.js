// The page of saved papers: sorted, narrowed to a label, with notes; taken out and brought back.

import { mendSearches, storedOf, withOthers } from "./kept.js";
import { mendLabels, mendRead, mendSaved } from "./shelf.js";
import { markdown, references } from "./shelf-export.js";

/** @typedef {import("./shelf.js").Kept} Kept */

const LARGEST = 10_000_000; // bytes of a file that is taken in
const SORTS = ["date", "saved", "title"];

/** @param {unknown} value */
const mendSort = (value) => (typeof value === "string" && SORTS.includes(value) ? value : SORTS[0]);

/** @param {Tools} tools */
export function start({ base, store, say, make }) {
  const shelf = document.querySelector("[data-shelf]");
  const count = document.querySelector("[data-shelf-count]");
  /** @type {HTMLElement | null} */
  const empty = document.querySelector("[data-shelf-empty]");
  const tools = document.querySelector("[data-shelf-sort]");
  if (!shelf || !count || !empty || !tools) return;
  let saved = store.get("saved", mendSaved);
  let label = "";

  /**
   * Changes what is kept. Another tab may have done so before.
   * @param {(saved: Record<string, Kept>) => void} act
   */
  const change = (act) => {
    saved = store.get("saved", mendSaved);
    act(saved);
    if (!store.set("saved", saved)) say(gettext("Not kept: this browser’s storage is full or switched off"));
  };

  /** @param {string} id */
  const address = (id) => new URL(`papers/${encodeURIComponent(id)}/`, base).href;

  const sorted = () => {
    const sort = store.get("shelf-sort", mendSort);
    const all = Object.entries(saved);
    if (sort === "saved") return all.reverse();
    if (sort === "title") return all.sort(([, a], [, b]) => a.title.localeCompare(b.title));
    return all.sort(([, a], [, b]) => b.date.localeCompare(a.date));
  };
  const papers = () => sorted().filter(([, { labels }]) => !label || labels?.includes(label));

  // ---- a paper ---------------------------------------------------------------------------------------

  /** @param {[string, Kept]} entry */
  const item = ([id, { title, date, note = "", labels = [] }]) => {
    const remove = make("button", { type: "button", class: "badge" }, gettext("Remove"), make("span", { class: "vh" }, ` ${title}`));
    remove.addEventListener("click", () => {
      change((saved) => delete saved[id]);
      say(gettext("No longer saved"));
      show();
    });
    const when = date ? [make("time", { datetime: date }, date)] : [];
    const by = make("span", { class: "by" }, ...when, remove);
    const text = make("textarea", { rows: 3 });
    text.value = note;
    const names = make("input", { type: "text", autocomplete: "off" });
    names.value = labels.join(", ");
    const fields = [
      make("label", {}, gettext("Note"), text),
      make("label", {}, gettext("Labels, with commas between them"), names),
    ];
    const shown = make("span", { class: "noted" });
    const tell = () => {
      const { note = "", labels = [] } = saved[id] ?? {};
      shown.replaceChildren(...labels.map((name) => make("span", { class: "badge" }, name)), note);
    };
    const own = make("details", {}, make("summary", {}, gettext("Note and labels"), make("span", { class: "vh" }, ` ${title}`)), ...fields);
    own.addEventListener("change", () => {
      say(gettext("Kept"));
      change((saved) => {
        if (!saved[id]) return;
        saved[id].note = text.value;
        saved[id].labels = mendLabels(names.value.split(","));
      });
      saved = store.get("saved", mendSaved);
      tell();
      narrow();
    });
    tell();
    return make("li", {}, make("a", { href: address(id), dir: "auto" }, title), " ", by, shown, own);
  };

  // ---- sorting, and labels ---------------------------------------------------------------------------

  const narrowing = make("select", {});
  const narrowLabel = make("label", {}, gettext("Label"), " ", narrowing);
  const narrow = () => {
    const names = [...new Set(Object.values(saved).flatMap(({ labels }) => labels ?? []))].sort((a, b) => a.localeCompare(b));
    if (!names.includes(label)) label = "";
    narrowing.replaceChildren(...["", ...names].map((name) => make("option", { value: name }, name || gettext("All"))));
    narrowing.value = label;
    narrowLabel.hidden = !names.length;
  };
  narrowing.addEventListener("change", () => {
    label = narrowing.value;
    show();
  });
  const titles = [gettext("Newest first"), gettext("Saved last"), gettext("Title")];
  const sorting = make("select", {}, ...SORTS.map((name, at) => make("option", { value: name }, titles[at])));
  sorting.value = store.get("shelf-sort", mendSort);
  sorting.addEventListener("change", () => {
    store.set("shelf-sort", sorting.value);
    show();
  });
  tools.append(make("label", {}, gettext("Sort"), " ", sorting), " ", narrowLabel);

  const show = () => {
    narrow();
    const all = papers();
    shelf.replaceChildren(...all.map(item));
    count.textContent = ngettext("%(count)s paper", "%(count)s papers", all.length);
    empty.hidden = all.length > 0;
  };

  // ---- files -----------------------------------------------------------------------------------------

  /** @type {Record<string, () => string | Promise<string>>} */
  const forms = {
    json: () => JSON.stringify({ version: 1, saved, read: store.get("read", mendRead), searches: storedOf(store.get("searches", mendSearches)) }, null, 1),
    md: () => markdown(papers(), address),
    bib: () => references("bib", papers(), address, say),
    ris: () => references("ris", papers(), address, say),
  };
  /** @type {NodeListOf<HTMLButtonElement>} */
  const exports = document.querySelectorAll("[data-export]");
  for (const button of exports) {
    button.addEventListener("click", async () => {
      const form = button.dataset.export ?? "";
      button.disabled = true;
      const href = URL.createObjectURL(new Blob([await forms[form]()]));
      button.disabled = false;
      make("a", { href, download: `saved-papers.${form}` }).click();
      setTimeout(() => URL.revokeObjectURL(href), 1000);
    });
  }

  /** @type {HTMLInputElement | null} */
  const field = document.querySelector("[data-import]");
  field?.addEventListener("change", async () => {
    const [file] = field.files ?? [];
    const before = Object.keys(saved).length;
    try {
      if (!file || file.size > LARGEST) throw new Error("too large");
      const kept = JSON.parse(await file.text());
      if (typeof kept.saved !== "object" || kept.saved === null) throw new Error("no list");
      saved = mendSaved({ ...mendSaved(kept.saved), ...store.get("saved", mendSaved) });
      const fits = store.set("saved", saved);
      if (!fits) saved = store.get("saved", mendSaved);
      store.set("read", mendRead([...store.get("read", mendRead), ...mendRead(kept.read)]));
      // Files of before searches were in them hold none.
      const own = store.get("searches", mendSearches);
      const searches = withOthers(own, mendSearches(kept.searches));
      store.set("searches", storedOf(searches));
      dispatchEvent(new Event("searches"));
      const added = Object.keys(saved).length - before + searches.length - own.length;
      say(fits ? ngettext("%(count)s added", "%(count)s added", added) : gettext("Not kept: this browser’s storage is full or switched off"));
    } catch {
      say(gettext("That file holds no saved papers"));
    }
    field.value = "";
    show();
  });

  addEventListener("storage", ({ key }) => {
    if (key !== `broadsheet:${base.pathname}:saved` || document.activeElement?.matches("[data-shelf] textarea, [data-shelf] input")) return;
    saved = store.get("saved", mendSaved);
    show();
  });
  show();
}
