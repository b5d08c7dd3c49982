// What a query needs of the index: its clauses' terms, expanded as Lunr expands them, and their
// postings.

import { accepted } from "./search-automaton.js";
import { FIELDS } from "./search-decode.js";
import { DERIVED } from "./search-fold.js";
import { byCodeUnits } from "./search-index.js";
import { termOf } from "./search-stem.js";
import { weigh } from "./search-weights.js";

// How a clause is present, as lunr.js counts it.
export const PRESENCE = { OPTIONAL: 1, REQUIRED: 2, PROHIBITED: 3 };

// The search would fetch much data: `shards` is the number of files.
export class Costly extends Error {
  /** @param {number} shards */
  constructor(shards) {
    super(`this search needs ${shards} parts of the index`);
    this.shards = shards;
  }
}

const MOST_EDITS = 2; // more would match nearly every word
const LONGEST_FUZZY = 60; // letters of a fuzzy word, whose automaton takes time by the square of them

/**
 * Lunr's clauses for a query in its syntax. Throws lunr.QueryParseError.
 * @param {Lunr.Library} lunr
 * @param {string} text
 */
export function parseQuery(lunr, text) {
  const query = new lunr.Query(FIELDS);
  new lunr.QueryParser(text, query).parse();
  for (const { term, editDistance = 0 } of query.clauses) {
    if (editDistance > MOST_EDITS || (editDistance > 0 && Array.from(term).length > LONGEST_FUZZY)) {
      throw new lunr.QueryParseError(`too many words would match ${term.slice(0, LONGEST_FUZZY)}~${editDistance}`, 0, text.length);
    }
  }
  return query.clauses;
}

/**
 * Replaces each clause's word by its term as lunr.py makes it: lunr.js's stemmer alone would miss
 * "survey", and "attention," with its comma.
 * @param {Lunr.Clause[]} clauses
 */
export function mend(clauses) {
  for (const clause of clauses) {
    clause.typed = clause.term;
    if (!clause.usePipeline) continue;
    clause.term = termOf(clause.term);
    clause.usePipeline = false;
  }
  return clauses;
}

/**
 * Expands a query's clauses and fetches their postings. `limit` is the most shards that may be
 * fetched for wildcards; more throw Costly.
 * @param {Lunr.Library} lunr
 * @param {import("./search-index.js").Index} index
 * @param {Lunr.Clause[]} clauses
 */
export async function planned(lunr, index, clauses, limit = Infinity) {
  const pipeline = new lunr.Pipeline();
  pipeline.add(lunr.stemmer);
  const expanded = await Promise.all(
    clauses.map(async (clause) => {
      const [term] = clause.usePipeline ? pipeline.runString(clause.term) : [clause.term];
      if (term === undefined) return [];
      const distance = clause.editDistance;
      if (term.endsWith(DERIVED)) return [];
      if (distance === undefined && !term.includes("*")) return [term];
      const [prefix] = term.split("*");
      /** @type {string[][]} */
      let lists;
      if (distance === undefined && prefix) {
        const missing = index.shardsFrom(prefix);
        if (missing > limit) throw new Costly(missing);
        lists = [(await index.keysFrom("t", prefix)).filter((key) => !key.endsWith(DERIVED))];
        if (term === `${prefix}*`) return lists[0];
      } else if (distance === undefined) {
        lists = await index.vocabulary(term.replaceAll("*", "").length, Infinity);
      } else {
        lists = await index.vocabulary(term.length - distance, term.length + distance);
      }
      const pattern = lunr.TokenSet.fromClause({ ...clause, term });
      const found = new Set(lists.flatMap((words) => accepted(pattern, words)));
      return [...found].sort(byCodeUnits);
    }),
  );
  return gathered(index, clauses, expanded, limit);
}

/**
 * A plan for the clauses of plain words, each of which is a term as it is. `limit` as above.
 * @param {import("./search-index.js").Index} index
 * @param {Unit[]} units
 */
export function plannedUnits(index, units, limit = Infinity) {
  /** @type {Map<string, Lunr.Clause>} */
  const clauses = new Map();
  for (const { ways, fields } of units) {
    for (const { typed, folded } of ways.flat()) {
      for (const term of folded) add(term, fields, 0.5);
      for (const term of typed) add(term, fields, 1);
    }
  }
  /**
   * Each term once, at its greatest boost.
   * @param {string} term
   * @param {string[]} fields
   * @param {number} boost
   */
  function add(term, fields, boost) {
    if (term.includes("*")) return; // would be a wildcard
    const key = `${fields} ${term}`;
    if ((clauses.get(key)?.boost ?? 0) >= boost) return;
    clauses.set(key, { term, fields, boost, usePipeline: false, presence: PRESENCE.OPTIONAL });
  }
  const all = [...clauses.values()];
  return gathered(index, all, all.map(({ term }) => [term]), limit);
}

/**
 * @param {import("./search-index.js").Index} index
 * @param {Lunr.Clause[]} clauses
 * @param {string[][]} expanded the terms that each clause stands for
 * @param {number} limit
 * @returns {Promise<Plan>}
 */
async function gathered(index, clauses, expanded, limit) {
  const terms = [...new Set(expanded.flat())].sort(byCodeUnits);
  if (limit !== Infinity) {
    const missing = new Set(terms.flatMap((term) => index.shardOf(term)).filter((path) => !index.has(path)));
    if (missing.size > limit) throw new Costly(missing.size);
  }
  const postings = await index.postings("t", terms);
  // Codes tell which fields hold a term.
  const narrow = clauses.flatMap(({ fields }, i) => (fields.length < FIELDS.length ? expanded[i] : []));
  await index.resolve(narrow.flatMap((term) => postings.get(term) ?? []).filter(({ lowWeight }) => lowWeight));
  return {
    clauses: clauses.map((clause, i) => ({
      clause,
      terms: expanded[i].filter((term) => postings.has(term)),
    })),
    terms: terms.flatMap((term) => {
      const parts = postings.get(term);
      return parts ? [weigh(term, parts, index.settings)] : [];
    }),
  };
}
