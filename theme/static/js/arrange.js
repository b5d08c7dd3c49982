// Arranges the papers of a page as its reader wants them: in the chosen order, those that meet
// interests marked and first, those muted (and, by choice, those seen) folded into one line that says
// how many. All of it can be taken back: each paper's first place is remembered.

import { kept } from "./interests.js";
import { matcher } from "./interest-codes.js";
import { mendView, seenOf } from "./view.js";
import { answerSearch } from "./arrange-search.js";
import { foldLine, namesOf } from "./verdicts.js";

const ITEMS = ".row, .by-day .titles li";
const FIRST = 12; // papers that the list of the marked names

/**
 * @typedef {{
 *   item: HTMLElement, id: string, home: Element, place: number, votes: number, listed: number,
 *   marked: Interest[], muted: Interest[], seen: boolean,
 * }} Entry a paper of the page
 */

/**
 * What an address's fragment names; null where it is none, which anybody's link may hold.
 * @param {string} hash
 */
function placeOf(hash) {
  try {
    return document.getElementById(decodeURIComponent(hash.slice(1)));
  } catch {
    return null;
  }
}

/** @param {HTMLElement} item */
const votesOf = (item) => Number(/\d+/.exec(item.querySelector(".votes")?.textContent ?? "")?.[0] ?? 0);

/** @param {HTMLElement} item */
const said = (item) =>
  item.matches(".row")
    ? [...item.querySelectorAll("h2, h3, p.lead, details")].map((part) => part.textContent).join(" ")
    : item.querySelector("a")?.textContent ?? "";

/** @param {Tools} tools */
export async function start(tools) {
  const { store, idOf, make } = tools;
  const root = document.documentElement;
  /** @type {HTMLElement | null} */
  const day = document.querySelector(".groups");
  const places = day?.dataset.listed?.split(" ").map(Number);
  /** @type {NodeListOf<HTMLElement>} */
  const items = document.querySelectorAll(ITEMS);
  /** @type {Entry[]} */
  const entries = [...items].map((item, at) => ({
    item,
    id: idOf(item),
    home: /** @type {Element} */ (item.parentElement),
    place: at,
    votes: votesOf(item),
    listed: places?.[at] ?? at,
    marked: [],
    muted: [],
    seen: false,
  }));
  /** @type {Map<Element, Entry[]>} */
  const homes = new Map();
  for (const entry of entries) homes.set(entry.home, [...(homes.get(entry.home) ?? []), entry]);
  const flat = make("section", { class: "group", id: "all" }, make("h2", {}));
  /** @type {Element[]} */
  let added = [];
  let moved = false;

  // Seen are those of before this page: none goes while its reader looks at it.
  let seen = seenOf(store);

  const judge = async () => {
    const interests = kept(store);
    const meets = interests.length ? await matcher(interests) : () => [];
    const { seen: how } = store.get("view", mendView);
    for (const entry of entries) {
      const met = meets(entry.item.dataset.codes ?? "", () => said(entry.item));
      entry.marked = met.filter(({ mute }) => !mute);
      entry.muted = entry.marked.length ? [] : met.filter(({ mute }) => mute);
      entry.seen = seen.has(entry.id);
      entry.item.classList.toggle("read", entry.seen && how !== "show");
    }
    return { hiding: how === "hide" };
  };

  /** @param {Entry} entry */
  const tell = ({ item, marked, muted }) => {
    item.classList.toggle("marked", marked.length > 0);
    const met = [...marked, ...muted];
    if (!met.length) return;
    const why = make(item.matches("li") ? "span" : "p", { class: "why" }, namesOf(met));
    added.push(why);
    if (item.matches("li")) item.append(" ", why);
    else item.querySelector("h2, h3")?.after(why);
  };

  /**
   * Folds papers into lines at the end of a part of the page.
   * @param {Element} part
   * @param {Entry[]} folded
   */
  const fold = (part, folded) => {
    const muted = folded.filter((entry) => entry.muted.length);
    const away = folded.filter((entry) => !entry.muted.length);
    for (const [which, entries] of /** @type {[string, Entry[]][]} */ ([["muted", muted], ["seen", away]])) {
      if (!entries.length) continue;
      const list = make(part.matches(".titles") ? "ol" : "div", {}, ...entries.map(({ item }) => item));
      const line = make("details", { class: "folded" }, make("summary", {}, foldLine(which, entries.length)), list);
      added.push(line);
      const end = part.querySelector(":scope > .ledger");
      if (end) end.before(line);
      else part.append(line);
    }
  };

  /** @param {Entry[]} marked */
  const lead = (marked) => {
    const top = day ?? document.querySelector(".by-day");
    if (!top || homes.size < 2 || !marked.length) return;
    const list = marked.slice(0, FIRST).map(({ item, marked }) => {
      const link = item.querySelector("a");
      const copy = make("a", { href: link?.href ?? "", dir: "auto" });
      copy.append(...[...(link?.childNodes ?? [])].map((node) => node.cloneNode(true)));
      return make("li", {}, copy, " ", make("span", { class: "why" }, namesOf(marked)));
    });
    const heading = make("h2", { id: "mine" }, gettext("For you"), " ", make("span", { class: "count" }, numbered(marked.length)));
    const section = make("section", { class: "titles mine", "aria-labelledby": "mine" }, heading, make("ol", {}, ...list));
    if (marked.length > FIRST) {
      const rest = marked.length - FIRST;
      section.append(make("p", { class: "by" }, ngettext("%(count)s more below", "%(count)s more below", rest)));
    }
    added.push(section);
    top.prepend(section);
  };

  const arrange = async () => {
    const { hiding } = await judge();
    const { order } = store.get("view", mendView);
    for (const element of added) if (!element.classList.contains("folded")) element.remove();
    const lines = added.filter((element) => element.classList.contains("folded"));
    const open = lines.some((line) => /** @type {HTMLDetailsElement} */ (line).open);
    added = [];

    /** @param {Entry} entry */
    const key = (entry) => (order === "votes" ? -entry.votes : order === "listing" ? entry.listed : entry.place);
    /** @param {Entry[]} some */
    const sorted = (some) =>
      some.toSorted((a, b) => Number(!a.marked.length) - Number(!b.marked.length) || key(a) - key(b) || a.place - b.place);
    const chosen = location.hash.startsWith("#t-") ? document.getElementById(location.hash.slice(1)) : null;
    // A topic that was chosen is what the reader wants now: nothing of it is folded away.
    const gone = entries.filter(
      (entry) => entry.home !== chosen && (entry.muted.length || (hiding && entry.seen && !entry.marked.length)),
    );
    const away = new Set(gone);
    const changes = moved || gone.length || order !== "topic" || entries.some(({ marked }) => marked.length);
    const all = Boolean(day) && homes.size > 1 && order !== "topic" && !chosen;

    if (changes) {
      moved = true;
      if (all && day) {
        const heading = order === "votes" ? gettext("By votes") : gettext("As listed");
        flat.firstElementChild?.replaceChildren(heading, " ", make("span", { class: "count" }, numbered(entries.length)));
        flat.append(...sorted(entries.filter((entry) => !away.has(entry))).map(({ item }) => item));
        const first = day.querySelector(":scope > .group");
        if (first && first !== flat) first.before(flat);
      } else {
        for (const [home, own] of homes) {
          home.append(...sorted(own.filter((entry) => !away.has(entry))).map(({ item }) => item));
        }
      }
      const parts = day ? [day] : [...homes.keys()].map((home) => home.closest(".titles") ?? home);
      for (const part of parts) {
        fold(part, sorted(day ? gone : gone.filter(({ home }) => part.contains(home))));
      }
      if (!all) flat.remove();
    }
    for (const line of lines) line.remove();
    if (open) for (const line of added) /** @type {HTMLDetailsElement} */ (line).open = true;
    for (const entry of entries) tell(entry);
    for (const item of document.querySelectorAll(".front li")) {
      const entry = entries.find(({ id }) => id === idOf(item));
      /** @type {HTMLElement} */ (item).hidden = Boolean(entry?.muted.length);
    }
    lead(entries.filter((entry) => entry.marked.length));
  };

  /** Arranges anew, with what the reader looks at staying where it is. */
  const once = async () => {
    const focus = document.activeElement;
    const held = entries.find(({ item }) => item.checkVisibility() && item.getBoundingClientRect().bottom > 0)?.item;
    const before = held?.getBoundingClientRect().top ?? 0;
    await arrange();
    if (held?.checkVisibility()) scrollBy({ top: held.getBoundingClientRect().top - before, behavior: "instant" });
    if (!(focus instanceof HTMLElement)) return;
    if (focus.checkVisibility()) return focus.focus({ preventScroll: true });
    // What had the focus was folded away: on with the paper after it.
    const at = entries.findIndex(({ item }) => item.contains(focus));
    const next = at < 0 ? undefined : entries.slice(at).find(({ item }) => item.checkVisibility());
    next?.item.querySelector("a")?.focus({ preventScroll: true });
  };

  // One after the other: each begins with what the last has left.
  let turn = Promise.resolve();
  const again = () => {
    turn = turn.then(once);
  };

  try {
    await (root.dataset.wait === undefined ? once() : arrange());
    if (root.dataset.wait !== undefined && location.hash.length > 1) {
      placeOf(location.hash)?.scrollIntoView();
    }
    const results = document.querySelector("#search-results");
    if (results) answerSearch(/** @type {HTMLElement} */ (results), store, tools);
  } finally {
    delete root.dataset.wait;
  }
  addEventListener("arrange", again);
  addEventListener("seen", () => {
    seen = seenOf(store);
    again();
  });
  addEventListener("topic", again);
}
