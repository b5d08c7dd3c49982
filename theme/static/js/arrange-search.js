// Interests in search results: marked with why, and muted ones folded into a line. Their order stays
// that of the search, best first.

import { codeOf, matcher } from "./interest-codes.js";
import { keyOf, kept } from "./interests.js";
import { foldLine, namesOf } from "./verdicts.js";

/**
 * The codes of what a result shows: its topic, and the authors that it names.
 * @param {Element} item
 */
function codesOf(item) {
  /** @type {NodeListOf<HTMLAnchorElement>} */
  const links = item.querySelectorAll(".by a");
  const slugs = [...links].flatMap((link) => /\/topics\/([^/]+)\/$/.exec(link.pathname)?.[1] ?? []);
  const authors = item.querySelector(".by span[dir]")?.textContent?.split(", ") ?? [];
  return [...slugs.map((slug) => codeOf("topic", slug)), ...authors.map((name) => codeOf("author", keyOf("author", name)))].join("");
}

/**
 * Watches a list of results, which come one by one.
 * @param {HTMLElement} list
 * @param {Store} store
 * @param {Pick<Tools, "make">} tools
 */
export function answerSearch(list, store, { make }) {
  const line = make("button", { type: "button", class: "badge", "aria-expanded": "false" });
  line.hidden = true;
  list.before(line);
  line.addEventListener("click", () => {
    const open = list.classList.toggle("unfolded");
    line.setAttribute("aria-expanded", String(open));
  });
  /** @type {HTMLInputElement | null} */
  const box = document.querySelector("#q");
  let meeting = matcher(kept(store));
  /** @type {WeakSet<Element>} */
  let done = new WeakSet();

  const look = async () => {
    const meets = await meeting;
    // A word that is asked for mutes nothing.
    const asked = new Set(meets("", () => box?.value ?? ""));
    for (const item of list.children) {
      const heading = item.querySelector("h2");
      if (!heading || done.has(heading)) continue;
      done.add(heading);
      for (const old of item.querySelectorAll(".why")) old.remove();
      const met = meets(codesOf(item), () => item.textContent ?? "");
      const marked = met.filter(({ mute }) => !mute);
      const muted = marked.length ? [] : met.filter((one) => !asked.has(one));
      item.classList.toggle("marked", marked.length > 0);
      item.classList.toggle("muted", muted.length > 0);
      if (marked.length || muted.length) heading.after(make("p", { class: "why" }, namesOf(marked.length ? marked : muted)));
    }
    const count = list.querySelectorAll(":scope > .muted").length;
    line.hidden = !count;
    if (count) line.textContent = foldLine("muted", count);
  };
  new MutationObserver(look).observe(list, { childList: true, subtree: true });
  addEventListener("arrange", () => {
    meeting = matcher(kept(store));
    done = new WeakSet();
    look();
  });
  look();
}
