// Starts each feature that a page has a place for, each by itself: one that fails takes no other
// with it. Features share what is made here: the site's address, a memory, and a voice.

const here = new URL(import.meta.url);
const base = new URL("../../", here);

// What this browser remembers for this site. Nothing of it is ever sent. It may hold anything: an
// older version's, a damaged one, what another page wrote there. So whoever gets a value says how it
// is mended: mend(value) takes any JSON, undefined where there is none, and gives what it should be.
/** @type {Store} */
const store = {
  get(name, mend) {
    let value;
    try {
      value = JSON.parse(localStorage.getItem(`broadsheet:${base.pathname}:${name}`) ?? "null") ?? undefined;
    } catch {
      // No storage, or no JSON: as if there were nothing.
    }
    return mend(value);
  },
  set(name, value) {
    try {
      localStorage.setItem(`broadsheet:${base.pathname}:${name}`, JSON.stringify(value));
      return true;
    } catch {
      return false; // full or switched off: the page works on, and forgets
    }
  },
};

// A line that screen readers speak.
const voice = document.createElement("p");
voice.className = "vh";
voice.setAttribute("role", "status");
document.body.append(voice);
/** @param {string} text */
const say = (text) => {
  voice.textContent = text;
};

/** @type {Make} */
const make = (tag, attributes, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
};

// A formula wider than the screen scrolls, and can be reached by keys for that.
/** @type {NodeListOf<HTMLElement>} */
const formulas = document.querySelectorAll(".wide, math[display=block]");
for (const formula of formulas) {
  if (formula.scrollWidth > formula.clientWidth) formula.tabIndex = 0;
}

/** @type {Tools["words"]} */
const words = (element) => {
  const copy = /** @type {Element} */ (element.cloneNode(true));
  for (const tex of copy.querySelectorAll("annotation")) tex.remove();
  return copy.textContent.trim();
};

// The last part of its page's address.
/** @type {Tools["idOf"]} */
const idOf = (row) => decodeURIComponent(row.querySelector("a")?.pathname.split("/").at(-2) ?? "");

// Where the search page's own script did not come, the page tells what else leads to papers.
addEventListener("load", () => {
  if (document.querySelector("#search:not(:has(.filters))")) {
    document.querySelector(".unscripted")?.classList.remove("unscripted");
  }
});

const features = {
  scheme: "[data-scheme-switch]",
  topics: ".day-topics [data-topic]",
  shelf: ".row, .paper",
  "shelf-list": "[data-shelf]",
  visits: "[data-recent], .home [data-day]",
  cite: ".cite pre",
  searches: "[data-kept] [data-searches], ul[data-searches]",
  "save-search": "#save-search",
  copy: "[data-copy]",
  lost: "[data-lost]",
  keys: "body",
  mine: ".row, .titles, .paper, #search-results",
  own: "[data-interests]",
  offline: "link[rel=manifest]",
};

/** @param {[string, string]} feature */
const begin = async ([name, place]) => {
  if (!document.querySelector(place)) return;
  try {
    const feature = await import(`./${name}.js${here.search}`);
    await feature.start({ base, store, say, make, words, idOf });
  } catch (error) {
    console.warn(`${name}:`, error);
  }
};
await Promise.all(Object.entries(features).map(begin));
document.documentElement.dataset.js = "ready";
