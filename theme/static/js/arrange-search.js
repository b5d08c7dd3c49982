// Interests in search results: marked with why, and muted ones folded into a line. Their order stays
// that of the search, best first.

import { matcher } from "./interest-codes.js";
import { finder } from "./interest-found.js";
import { kept } from "./interests.js";
import { foldLine, namesOf } from "./verdicts.js";

/** @returns {Ask | undefined} how the page's engine is asked, once the page has one */
function engine() {
  /** @type {Ask | undefined} */
  let ask;
  document.dispatchEvent(new CustomEvent("broadsheet:asking", { detail: (/** @type {Ask} */ its) => { ask = its; } }));
  return ask;
}

/**
 * Watches the lists of results, which come one by one.
 * @param {HTMLElement} list
 * @param {Store} store
 * @param {Pick<Tools, "make">} tools
 */
export function answerSearch(list, store, { make }) {
  const page = list.parentElement ?? list;
  const line = make("button", { type: "button", class: "badge", "aria-expanded": "false" });
  line.hidden = true;
  list.before(line);
  line.addEventListener("click", () => line.setAttribute("aria-expanded", String(page.classList.toggle("unfolded"))));
  /** @type {HTMLInputElement | null} */
  const box = document.querySelector("#q");
  /** @type {WeakSet<Element>} */
  let done = new WeakSet();
  let interests = kept(store);
  /** @type {ReturnType<typeof finder> | undefined} */
  let finding;

  /**
   * @param {HTMLElement[]} items
   * @param {Ask} ask
   */
  const judge = async (items, ask) => {
    finding ??= finder(interests, ask);
    // A word that is asked for mutes nothing.
    const asked = new Set((await matcher(interests))("", () => box?.value ?? ""));
    const found = await (await finding)(items.map(({ dataset }) => Number(dataset.paper)));
    items.forEach((item, at) => {
      for (const old of item.querySelectorAll(".why")) old.remove();
      const marked = found[at].filter(({ mute }) => !mute);
      const muted = marked.length ? [] : found[at].filter((one) => one.mute && !asked.has(one));
      item.classList.toggle("marked", marked.length > 0);
      item.classList.toggle("muted", muted.length > 0);
      if (marked.length || muted.length) {
        item.querySelector("h2")?.after(make("p", { class: "why" }, namesOf(marked.length ? marked : muted)));
      }
    });
  };

  const look = async () => {
    const ask = engine();
    /** @type {NodeListOf<HTMLElement>} */
    const items = page.querySelectorAll(".results > li");
    const open = [...items].filter((item) => {
      const heading = item.querySelector("h2");
      if (!heading || done.has(heading)) return false;
      done.add(heading);
      return true;
    });
    if (ask && open.length) await judge(open, ask);
    const count = page.querySelectorAll(".results > .muted").length;
    line.hidden = !count;
    const said = count ? foldLine("muted", count) : "";
    if (line.textContent !== said) line.textContent = said;
  };
  new MutationObserver(look).observe(page, { childList: true, subtree: true });
  addEventListener("arrange", () => {
    interests = kept(store);
    finding = undefined;
    done = new WeakSet();
    look();
  });
  look();
}
