// Ranking by Lunr's score.
//
// Lunr's score of a paper is a sum over the query's terms. `matching` and `bounds` go through the
// postings, `best` selects the first papers (top-k with upper bounds, as in MaxScore: Turtle and Flood,
// 1995). A query in Lunr's syntax is then answered by lunr.js itself (`answered`), on an index of the
// query's terms and these papers alone, which gives the same papers with the same scores in the same
// order as an index of everything.

import { FIELDS, LOW_WEIGHT } from "./search-decode.js";
import { PRESENCE } from "./search-plan.js";

/**
 * The papers that match a plan's clauses as Lunr matches them, newest first. `allowed` (a byte a
 * paper, or null) is a filter.
 * @param {Plan} plan
 * @param {number} count how many papers there are
 * @param {Uint8Array | null} allowed
 */
export function matching({ clauses, terms }, count, allowed) {
  const byTerm = new Map(terms.map((one) => [one.term, one]));
  const negated = clauses.every(({ clause }) => clause.presence === PRESENCE.PROHIBITED);
  const state = new Uint8Array(count); // 0 no match, 1 a match, 2 prohibited
  const met = new Uint32Array(count); // how many of the required clauses so far
  let required = 0;
  if (negated) state.fill(1);
  for (const { clause, terms: own } of clauses) {
    const inFields = FIELDS.map((field) => clause.fields.includes(field));
    const prohibited = clause.presence === PRESENCE.PROHIBITED;
    const needed = clause.presence === PRESENCE.REQUIRED;
    for (const term of own) {
      for (const part of byTerm.get(term)?.parts ?? []) {
        const within = part.times.map((times) => times.some((often, i) => often > 0 && inFields[i]));
        const { papers, codes, lowWeight } = part;
        if (lowWeight) within[LOW_WEIGHT] = true;
        for (let i = 0; i < papers.length; i++) {
          if (!within[codes[i]]) continue;
          const paper = papers[i];
          if (prohibited) state[paper] = 2;
          else {
            if (state[paper] === 0) state[paper] = 1;
            if (needed && met[paper] === required) met[paper] = required + 1;
          }
        }
      }
    }
    if (needed) required++;
  }
  const matches = [];
  for (let paper = count - 1; paper >= 0; paper--) {
    if (state[paper] === 1 && met[paper] === required && (allowed === null || allowed[paper])) {
      matches.push(paper);
    }
  }
  return matches;
}

/**
 * The scores of all papers, at least, and how much more they may be.
 * @param {Plan} plan
 * @param {number} count how many papers there are
 */
function bounds({ clauses, terms }, count) {
  const scores = new Float64Array(count);
  const spread = new Float64Array(count);
  /** @type {Map<string, number>[]} */
  const boosts = FIELDS.map(() => new Map());
  for (const { clause, terms: own } of clauses) {
    if (clause.presence === PRESENCE.PROHIBITED) continue;
    FIELDS.forEach((field, i) => {
      if (!clause.fields.includes(field)) return;
      for (const term of own) boosts[i].set(term, (boosts[i].get(term) ?? 0) + clause.boost);
    });
  }
  const lengths = boosts.map((own) =>
    Math.sqrt([...own.values()].reduce((sum, boost) => sum + boost * boost, 0)),
  );
  for (const { term, parts } of terms) {
    const shares = boosts.map((own, i) => (own.get(term) ?? 0) / lengths[i] || 0);
    if (!shares.some((share) => share !== 0)) continue;
    for (const { papers, codes, weights, lowWeight } of parts) {
      /** @type {number[]} */
      const worth = [];
      weights.forEach((own, code) => {
        worth[code] = own.reduce((sum, weight, i) => sum + weight * shares[i], 0);
      });
      if (lowWeight) {
        const worths = lowWeight.map(([code]) => worth[code]);
        worth[LOW_WEIGHT] = Math.min(...worths);
        const more = Math.max(...worths) - worth[LOW_WEIGHT];
        for (let i = 0; i < papers.length; i++) if (codes[i] === LOW_WEIGHT) spread[papers[i]] += more;
      }
      for (let i = 0; i < papers.length; i++) scores[papers[i]] += worth[codes[i]];
    }
  }
  return { scores, spread };
}

/**
 * The first `limit` of some papers, with their scores: of lower tiers first (`tiers` has a number a paper, or is null),
 * then the best, then the newest. Fetches codes of low weight of papers whose upper bound of scores
 * lets them be among the first.
 * @param {import("./search-index.js").Index} index
 * @param {Plan} plan
 * @param {number[]} matches
 * @param {number} limit
 * @param {Uint8Array | null} [tiers]
 * @returns {Promise<Hit[]>}
 */
export async function bestPapers(index, plan, matches, limit, tiers = null) {
  const whole = tiers ? tierWithin(matches, tiers, limit) : { sure: [], last: matches, left: limit };
  for (;;) {
    const { scores, spread } = bounds(plan, index.papers);
    const least = leastOfBest(whole.last, scores, whole.left);
    const able = whole.sure.concat(whole.last.filter((paper) => scores[paper] + spread[paper] >= least));
    const isAble = new Uint8Array(index.papers);
    for (const paper of able) isAble[paper] = 1;
    const unresolved = plan.terms
      .flatMap(({ parts }) => parts)
      .filter(({ lowWeight, papers, codes }) => lowWeight && papers.some((paper, i) => isAble[paper] && codes[i] === LOW_WEIGHT));
    if (unresolved.length === 0) {
      able.sort((a, b) => (tiers ? tiers[a] - tiers[b] : 0) || comparable(scores[b]) - comparable(scores[a]) || b - a);
      return able.slice(0, limit).map((paper) => ({ paper, score: scores[paper] }));
    }
    await index.resolve(unresolved);
  }
}

/**
 * The papers of tiers that are all among the first `limit` (`sure`), those of the tier that isn't
 * (`last`), and how many of these are wanted (`left`).
 * @param {number[]} matches
 * @param {Uint8Array} tiers
 * @param {number} limit
 */
function tierWithin(matches, tiers, limit) {
  const sizes = new Uint32Array(256);
  for (const paper of matches) sizes[tiers[paper]]++;
  let tier = 0;
  let left = limit;
  while (tier < 255 && sizes[tier] < left) left -= sizes[tier++];
  return {
    sure: matches.filter((paper) => tiers[paper] < tier),
    last: matches.filter((paper) => tiers[paper] === tier),
    left,
  };
}

/**
 * Lunr's results for the selected papers, best first, newest first among equals.
 * @param {Lunr.Library} lunr
 * @param {Plan} plan
 * @param {number[]} papers
 * @returns {Hit[]}
 */
export function answered(lunr, { clauses, terms }, papers) {
  const negated = clauses.every(({ clause }) => clause.presence === PRESENCE.PROHIBITED);
  /** @type {Map<number, number[][]>} */
  const wanted = new Map(papers.map((paper) => [paper, FIELDS.map(() => [])]));
  const invertedIndex = terms.map(({ term, parts }, position) => {
    /** @type {Record<string, object>[]} */
    const holding = FIELDS.map(() => ({}));
    for (const { papers: holders, codes, weights } of parts) {
      for (const paper of sharedPapers(holders, papers, wanted)) {
        const vectors = wanted.get(holders[paper]);
        weights[codes[paper]].forEach((weight, i) => {
          if (weight === 0) return;
          holding[i][holders[paper]] = {};
          vectors?.[i].push(position, weight);
        });
      }
    }
    const byField = Object.fromEntries(FIELDS.map((field, i) => [field, holding[i]]));
    return [term, { _index: position, ...byField }];
  });
  /** @type {[string, number[]][]} */
  const fieldVectors = [];
  for (const [paper, vectors] of wanted) {
    vectors.forEach((vector, i) => {
      if (vector.length || negated) fieldVectors.push([`${FIELDS[i]}/${paper}`, vector]);
    });
  }
  const partial = lunr.Index.load({
    version: lunr.version,
    fields: FIELDS,
    fieldVectors,
    invertedIndex,
    pipeline: ["stemmer"],
  });
  const results = partial.query((query) => {
    for (const { clause } of clauses) query.clause({ ...clause });
  });
  return results
    .map(({ ref, score }) => ({ paper: Number(ref), score }))
    .sort((a, b) => comparable(b.score) - comparable(a.score) || b.paper - a.paper);
}

/**
 * A score rounded so that sums in different orders are equal.
 * @param {number} score
 */
export const comparable = (score) => Math.round(score * 1e9);

/**
 * The lowest score of the best `limit` papers, less a margin for sums in another order. A copy in a
 * typed array is sorted, since that needs no callback.
 * @param {number[]} papers
 * @param {Float64Array} scores
 * @param {number} limit
 */
function leastOfBest(papers, scores, limit) {
  if (papers.length <= limit) return -Infinity;
  const sorted = Float64Array.from(papers, (paper) => scores[paper]).sort();
  return sorted[sorted.length - limit] - 1e-8;
}

/**
 * The places in `holders` (ascending) of the wanted papers: by binary search or by a scan, whichever
 * is shorter.
 * @param {Int32Array} holders
 * @param {number[]} papers
 * @param {Map<number, unknown>} wanted
 */
function* sharedPapers(holders, papers, wanted) {
  if (holders.length < papers.length * 8) {
    for (let i = 0; i < holders.length; i++) if (wanted.has(holders[i])) yield i;
    return;
  }
  for (const paper of papers) {
    let low = 0;
    let high = holders.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (holders[middle] < paper) low = middle + 1;
      else high = middle;
    }
    if (holders[low] === paper) yield low;
  }
}
