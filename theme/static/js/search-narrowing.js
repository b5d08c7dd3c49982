// Filters: which papers they let through, and how many found ones each month, topic and tag has.

import { byCodeUnits } from "./search-index.js";
import { authorKey, categoryKey } from "./search-query.js";

/**
 * @param {Filters} a
 * @param {Filters} b
 * @returns {Filters}
 */
export const merged = (a, b) => ({
  topics: [...a.topics, ...b.topics],
  tags: [...a.tags, ...b.tags],
  authors: [...a.authors, ...b.authors],
  categories: [...a.categories, ...b.categories],
  from: [a.from, b.from].filter(Boolean).sort().at(-1) ?? null,
  to: [a.to, b.to].filter(Boolean).sort()[0] ?? null,
});

/**
 * The papers that pass the filters, a byte a paper; null for all.
 * @param {import("./search-index.js").Index} index
 * @param {Filters} filters
 */
export async function allowedBy(index, { topics, tags, authors, categories, from, to }) {
  const keys = [
    topics.map((topic) => `topic:${topic}`),
    ...tags.map((tag) => [`tag:${tag}`]),
    ...authors.map((author) => [`author:${authorKey(author)}`]),
    ...categories.map((category) => [`category:${categoryKey(category)}`]),
  ].filter((group) => group.length > 0);
  if (keys.length === 0 && from === null && to === null) return null;
  const allowed = new Uint8Array(index.papers);
  const [first, end] = index.span(from ?? "", to ?? "\uffff");
  allowed.fill(1, first, end);
  const postings = await index.postings("f", keys.flat());
  for (const group of keys) {
    for (const key of group) {
      for (const { papers } of postings.get(key) ?? []) {
        for (const paper of papers) if (allowed[paper]) allowed[paper] |= 2;
      }
    }
    for (let paper = first; paper < end; paper++) allowed[paper] = allowed[paper] === 3 ? 1 : 0;
  }
  return allowed;
}

/**
 * Which of some keys ("author:ada lovelace") each of some papers has.
 * @param {import("./search-index.js").Index} index
 * @param {number[]} papers
 * @param {string[]} keys
 */
export async function havingKeys(index, papers, keys) {
  const postings = await index.postings("f", keys);
  return papers.map((paper) => keys.filter((key) => postings.get(key)?.some(({ papers }) => papers.includes(paper))));
}

/**
 * Counts of some papers (newest first) by month: [["2025-06", 12], ...], newest first.
 * @param {import("./search-index.js").Index} index
 * @param {number[]} papers
 */
export function months({ days }, papers) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  let day = days.length - 1;
  for (const paper of papers) {
    while (days[day].start > paper) day--;
    const month = days[day].date.slice(0, 7);
    counts.set(month, (counts.get(month) ?? 0) + 1);
  }
  return [...counts];
}

/**
 * Counts of some papers by topic or tag: [[slug, count], ...], most first.
 * @param {import("./search-index.js").Index} index
 * @param {number[]} papers
 * @param {string} kind
 * @returns {Promise<[string, number][]>}
 */
export async function countsOf(index, papers, kind) {
  if (kind === "topic") return topicCounts(await index.topics(), papers);
  const keys = await index.keysFrom("f", `${kind}:`);
  const counting = new Uint8Array(index.papers);
  for (const paper of papers) counting[paper] = 1;
  const postings = await index.postings("f", keys);
  return keys
    .map((key) => {
      let count = 0;
      for (const { papers } of postings.get(key) ?? []) for (const paper of papers) count += counting[paper];
      return /** @type {[string, number]} */ ([key.slice(kind.length + 1), count]);
    })
    .filter(([, count]) => count > 0)
    .sort(mostFirst);
}

/**
 * @param {[slug: string, count: number]} a
 * @param {[slug: string, count: number]} b
 */
const mostFirst = (a, b) => b[1] - a[1] || byCodeUnits(a[0], b[0]);

/**
 * @param {{ slugs: string[], of: Uint16Array, start: number }[]} generations
 * @param {number[]} papers newest first
 */
function topicCounts(generations, papers) {
  /** @type {Map<string, number>} */
  const found = new Map();
  let at = generations.length - 1;
  for (const paper of papers) {
    while (at > 0 && generations[at].start > paper) at--;
    const { slugs, of, start } = generations[at];
    const place = of[paper - start];
    if (place) found.set(slugs[place - 1], (found.get(slugs[place - 1]) ?? 0) + 1);
  }
  return [...found].sort(mostFirst);
}
