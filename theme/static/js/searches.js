// Kept searches (kept.js): what is new in them on the home page, and their list on the saved page. The
// search engine is loaded only where a search was kept before the newest day.

const version = new URL(import.meta.url).search;
const NAMED = 3; // searches that the home page names

/** @param {Tools} tools */
export async function start({ base, store, say, make }) {
  const { mendSearches, storedOf, changed, without, nameOf } = await import(`./kept.js${version}`);
  /** @returns {import("./kept.js").KeptSearch[]} */
  const kept = () => store.get("searches", mendSearches);
  /** @param {import("./kept.js").KeptSearch} search */
  const address = ({ query }) => new URL(`search/?${query}`, base);

  /**
   * How many papers are new in a search; 0 where it has been looked at since the newest day.
   * @param {import("./kept.js").KeptSearch} search
   * @param {string} newest
   */
  const newIn = async (search, newest) => {
    if (!search.day || search.day >= newest) return 0;
    const { freshIn } = await import(`./search-fresh.js${version}`);
    return /** @type {number} */ (await freshIn(search));
  };

  /** @type {HTMLElement | null} */
  const news = document.querySelector(".kept-news[data-searches]");
  if (news) {
    const day = news.dataset.searches ?? "";
    /** @type {[import("./kept.js").KeptSearch, number][]} */
    const found = [];
    for (const search of kept()) {
      const count = await newIn(search, day);
      if (count) found.push([search, count]);
    }
    if (!found.length) {
      if (kept().length) news.textContent = gettext("Nothing new in your searches.");
      return;
    }
    const total = found.reduce((sum, [, count]) => sum + count, 0);
    news.replaceChildren(
      ngettext("%(count)s new paper in your searches:", "%(count)s new papers in your searches:", total),
      ...found.slice(0, NAMED).flatMap(([search, count]) => [
        " ", make("a", { href: address(search), dir: "auto" }, `${search.name} (${numbered(count)})`),
      ]),
    );
    if (found.length > NAMED) news.append(" ", make("a", { href: new URL("saved/#searches", base) }, "…"));
    return;
  }

  /** @type {HTMLElement | null} */
  const list = document.querySelector("ul[data-searches]");
  /** @type {HTMLElement | null} */
  const empty = document.querySelector("[data-searches-empty]");
  if (!list || !empty) return;

  /** @param {import("./kept.js").KeptSearch[]} searches */
  const keep = (searches) => {
    store.set("searches", storedOf(searches));
    draw();
  };

  /** @param {import("./kept.js").KeptSearch} search */
  const item = (search) => {
    const link = make("a", { href: address(search), dir: "auto" }, search.name);
    const count = make("span", { class: "count" });
    const rename = make("button", { type: "button", class: "badge" }, gettext("Rename"), make("span", { class: "vh" }, ` ${search.name}`));
    const remove = make("button", { type: "button", class: "badge" }, gettext("Remove"), make("span", { class: "vh" }, ` ${search.name}`));
    rename.addEventListener("click", () => renaming(search));
    remove.addEventListener("click", () => {
      const place = [...list.children].indexOf(row);
      keep(without(kept(), search.query));
      say(gettext("No longer saved"));
      const next = list.children[Math.min(place, list.children.length - 1)];
      next?.querySelector("a")?.focus();
    });
    const row = make("li", { "data-query": search.query }, link, " ", make("span", { class: "by" }, count, rename, remove));
    return row;
  };

  /** @param {import("./kept.js").KeptSearch} search */
  const renaming = (search) => {
    const row = [...list.children].find((one) => /** @type {HTMLElement} */ (one).dataset.query === search.query);
    const field = make("input", { value: search.name, maxlength: 120, "aria-label": gettext("Name of the search"), autocomplete: "off" });
    const form = make("form", {}, field, " ", make("button", { class: "badge" }, gettext("Rename")));
    /** @param {string} name */
    const done = (name) => {
      keep(changed(kept(), search.query, { name }));
      const link = list.querySelector(`[data-query="${CSS.escape(search.query)}"] a`);
      /** @type {HTMLElement | null} */ (link)?.focus();
    };
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      done(field.value.trim() || nameOf(search.query));
    });
    form.addEventListener("keydown", (event) => {
      if (event.key === "Escape") done(search.name);
    });
    row?.replaceChildren(form);
    field.select();
  };

  const draw = () => {
    const searches = kept();
    list.replaceChildren(...searches.map(item));
    empty.hidden = searches.length > 0;
  };
  const newest = "9999"; // the engine knows better
  const show = async () => {
    draw();
    for (const search of kept()) {
      const count = await newIn(search, newest);
      const place = list.querySelector(`[data-query="${CSS.escape(search.query)}"] .count`);
      if (count && place) place.textContent = ngettext("%(count)s new", "%(count)s new", count);
    }
  };
  addEventListener("searches", show); // a file has brought some
  await show();
}
