// Where papers that a search finds meet interests: by their cards (topic, tags, first authors, text),
// and by the index for what cards don't have: categories, and the other authors of long lists.

import { codeOf, matcher } from "./interest-codes.js";
import { keyOf } from "./interests.js";

const MOST_KEYS = 60; // of authors and of categories that the index is asked for, the last ones kept

/** @param {Card} card */
function codesOf({ topic, tags, authors }) {
  /** @param {Interest["kind"]} kind */
  const coded = (kind) => (/** @type {string} */ name) => codeOf(kind, keyOf(kind, name));
  return [...(topic ? [topic] : []).map(coded("topic")), ...tags.map(coded("tag")), ...authors.map(coded("author"))].join("");
}

/**
 * Tells which interests found papers meet, by their numbers.
 * @param {Interest[]} list
 * @param {Ask} ask
 * @returns {Promise<(papers: number[]) => Promise<Interest[][]>>}
 */
export async function finder(list, ask) {
  const meets = await matcher(list);
  /** @param {Interest["kind"]} kind */
  const keyed = (kind) => {
    const own = list.filter((one) => one.kind === kind).slice(-MOST_KEYS);
    return new Map(own.map((one) => [`${kind}:${one.key}`, one]));
  };
  const [categories, names] = [keyed("category"), keyed("author")];
  /**
   * @param {Map<string, Interest>} sought
   * @param {number[]} papers
   * @returns {Promise<Map<number, Interest[]>>}
   */
  const held = async (sought, papers) => {
    if (!sought.size || !papers.length) return new Map();
    // Where the index can't be read now, what the cards say is what is known.
    const found = await ask({ ask: "having", papers, keys: [...sought.keys()] }).catch(() => []);
    return new Map(found.map((keys, at) => [papers[at], keys.flatMap((key) => sought.get(key) ?? [])]));
  };
  return async (papers) => {
    const cards = await ask({ ask: "cards", papers });
    const long = papers.filter((_, at) => cards[at].authorCount > cards[at].authors.length);
    const [inCategories, ofAuthors] = await Promise.all([held(categories, papers), held(names, long)]);
    return papers.map((paper, at) => {
      const met = meets(codesOf(cards[at]), () => `${cards[at].title} ${cards[at].abstract}`);
      return [...new Set([...met, ...(inCategories.get(paper) ?? []), ...(ofAuthors.get(paper) ?? [])])];
    });
  };
}
