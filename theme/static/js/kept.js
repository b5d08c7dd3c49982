// Searches that are kept in this browser: their form in its storage, and what is done with them.

export const MOST = 50;
const LONGEST = 2000; // letters of a query
const LONGEST_NAME = 120;
const VERSION = 1;

/**
 * @typedef {{ query: string, name: string, day: string }} KeptSearch the query of the search page's address,
 *   what the reader calls it, and the newest day that was seen of what it finds ("" before any)
 */

/**
 * Kept searches as they should be, of any JSON. What is no search, or of another version, is left out.
 * @param {any} value
 * @returns {KeptSearch[]}
 */
export function mendSearches(value) {
  if (value?.version !== VERSION || !Array.isArray(value.searches)) return [];
  /** @type {Map<string, KeptSearch>} */
  const found = new Map();
  for (const one of value.searches.slice(0, MOST)) {
    if (typeof one?.query !== "string" || one.query.length > LONGEST) continue;
    const query = plainOf(one.query);
    const { name, day } = one;
    if (!query || found.has(query)) continue;
    found.set(query, {
      query,
      name: (typeof name === "string" && name.trim().slice(0, LONGEST_NAME)) || nameOf(query),
      day: typeof day === "string" && /^\d{4}-\d\d-\d\d$/.test(day) && Date.parse(day) ? day : "",
    });
  }
  return [...found.values()];
}

/**
 * Searches as they are stored.
 * @param {KeptSearch[]} searches
 */
export const storedOf = (searches) => ({ version: VERSION, searches });

/**
 * The query of a search apart from the order of its results.
 * @param {string} query
 */
export function plainOf(query) {
  const asked = new URLSearchParams(query);
  const plain = new URLSearchParams();
  for (const name of ["q", "topic", "tag", "author", "since", "until", "verbatim", "years"]) {
    for (const value of asked.getAll(name)) if (value.trim()) plain.append(name, value.trim());
  }
  return plain.toString();
}

/**
 * What a search is called at first: its words and filters.
 * @param {string} query
 */
export function nameOf(query) {
  const asked = new URLSearchParams(query);
  const parts = ["q", "topic", "tag", "author", "since", "until"].flatMap((name) => asked.getAll(name));
  return parts.filter(Boolean).join(", ").slice(0, LONGEST_NAME) || query.slice(0, LONGEST_NAME);
}

/**
 * The searches with one more, last; the oldest goes where there are too many.
 * @param {KeptSearch[]} searches
 * @param {KeptSearch} search
 */
export const withSearch = (searches, search) => [...without(searches, search.query), search].slice(-MOST);

/**
 * The searches with others that a file brings, as far as there is room; those that are kept stay as
 * they are.
 * @param {KeptSearch[]} searches
 * @param {KeptSearch[]} others
 */
export const withOthers = (searches, others) =>
  [...searches, ...others.filter(({ query }) => !searches.some((one) => one.query === query))].slice(0, MOST);

/**
 * @param {KeptSearch[]} searches
 * @param {string} query
 */
export const without = (searches, query) => searches.filter((one) => one.query !== query);

/**
 * The searches with one changed.
 * @param {KeptSearch[]} searches
 * @param {string} query
 * @param {Partial<KeptSearch>} change
 */
export const changed = (searches, query, change) =>
  searches.map((one) => (one.query === query ? { ...one, ...change } : one));
