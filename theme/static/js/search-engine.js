// Answers queries with lunr.js on a partial index, in a worker where workers are available.
//
// Lunr's score of a paper is a sum over the query's terms. So an index of these terms alone, and of
// the papers that can be among the best, gives the same papers with the same scores in the same order
// as the full index. `plan` expands the query's terms and fetches their postings, `rank` selects the
// papers (top-k with upper bounds, as in MaxScore: Turtle and Flood, 1995), `answer` has lunr.js
// search an index of them.

// Modules are loaded with the page's version, so that all are of one version.
const version = new URL(import.meta.url).search;
const inWorker = typeof WorkerGlobalScope !== "undefined" && globalThis instanceof WorkerGlobalScope;
const base = new URL("../../search/", import.meta.url);
// What every search needs is requested as soon as the worker starts.
/** @type {Promise<Lunr.Library> | null} */
let lunrSoon = inWorker ? loadLunr() : null;
/** @type {Promise<Response> | null} */
let manifestSoon = inWorker && base.protocol !== "file:" ? fetch(new URL("manifest.json", base), { cache: "no-cache" }) : null;
lunrSoon?.catch(() => {});
manifestSoon?.catch(() => {});

/** @type {[typeof import("./search-words.js"), typeof import("./search-index.js")]} */
const [words, files] = await Promise.all([
  import(`./search-words.js${version}`),
  import(`./search-index.js${version}`),
]);
const { STOP_WORDS, authorKey, bestSentence, categoryKey, edits, escaped, holdsPhrase, marked, readQuery, termOf } =
  words;
const { FIELDS, Index, LOW_WEIGHT, accepted, byCodeUnits, weigh } = files;

// The most shards (about 7 kB each) that a wildcard fetches without asking the reader.
const MANY_SHARDS = 60;
// Papers whose texts are searched for a phrase at a time.
const PHRASE_LOOKS = 120;

// The search would fetch much data: `shards` is the number of files.
export class Costly extends Error {
  /** @param {number} shards */
  constructor(shards) {
    super(`this search needs ${shards} parts of the index`);
    this.shards = shards;
  }
}

/**
 * @typedef {{ clauses: { clause: Lunr.Clause, terms: string[] }[], terms: Term[] }} Plan what a query
 *   needs: its clauses with the terms that each stands for, and all terms' postings
 */

export class Engine {
  /**
   * @param {Lunr.Library} lunr
   * @param {import("./search-index.js").Index} index
   */
  constructor(lunr, index) {
    this.lunr = lunr;
    this.index = index;
    /** @type {number[]} */
    this.last = []; // the papers that the last query found
    /** @type {Set<string> | undefined} */
    this.known = undefined; // the terms of common words
  }

  /**
   * Lunr's clauses for a query in its syntax. Throws lunr.QueryParseError.
   * @param {string} text
   */
  parse(text) {
    const query = new this.lunr.Query(FIELDS);
    new this.lunr.QueryParser(text, query).parse();
    return query.clauses;
  }

  /**
   * Replaces each clause's word by its term as lunr.py makes it: lunr.js's stemmer alone would miss
   * "survey", and "attention," with its comma.
   * @param {Lunr.Clause[]} clauses
   */
  mend(clauses) {
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
   * @param {Lunr.Clause[]} clauses
   * @returns {Promise<Plan>}
   */
  async plan(clauses, { limit = Infinity } = {}) {
    const { lunr, index } = this;
    const pipeline = new lunr.Pipeline();
    pipeline.add(lunr.stemmer);
    const expanded = await Promise.all(
      clauses.map(async (clause) => {
        const [term] = clause.usePipeline ? pipeline.runString(clause.term) : [clause.term];
        if (term === undefined) return [];
        const distance = clause.editDistance;
        if (distance === undefined && !term.includes("*")) return [term];
        const [prefix] = term.split("*");
        /** @type {string[][]} */
        let lists;
        if (distance === undefined && prefix) {
          const missing = index.shardsFrom(prefix);
          if (missing > limit) throw new Costly(missing);
          lists = [await index.keysFrom("t", prefix)];
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

  /**
   * The papers that match, best first and newest first among equals: {total, matches, papers}, of
   * which the first `limit` are found. `allowed` (a byte a paper, or null) is a filter.
   * @param {Plan} plan
   * @param {number} limit
   * @param {Uint8Array | null} allowed
   */
  async rank(plan, limit, allowed) {
    for (;;) {
      const ranked = this.ranked(plan, limit, allowed);
      if (ranked.unresolved.length === 0) return ranked;
      await this.index.resolve(ranked.unresolved);
    }
  }

  /**
   * The same, or the postings whose codes of low weight must be fetched first (`unresolved`): those of
   * papers whose upper bound of scores lets them be among the first.
   * @param {Plan} plan
   * @param {number} limit
   * @param {Uint8Array | null} allowed
   */
  ranked({ clauses, terms }, limit, allowed) {
    const { papers: count } = this.index;
    const byTerm = new Map(terms.map((one) => [one.term, one]));
    const negated = clauses.every(({ clause }) => clause.presence === this.lunr.Query.presence.PROHIBITED);
    const state = new Uint8Array(count); // 0 no match, 1 a match, 2 prohibited
    const met = new Uint32Array(count); // how many of the required clauses so far
    const scores = new Float64Array(count); // at least
    const spread = new Float64Array(count); // how much more they may be
    let required = 0;
    if (negated) state.fill(1);

    /** @type {Map<string, number>[]} */
    const boosts = FIELDS.map(() => new Map());
    for (const { clause, terms: own } of clauses) {
      const inFields = FIELDS.map((field) => clause.fields.includes(field));
      const prohibited = clause.presence === this.lunr.Query.presence.PROHIBITED;
      const needed = clause.presence === this.lunr.Query.presence.REQUIRED;
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
        if (prohibited) continue;
        inFields.forEach((is, i) => {
          if (is) boosts[i].set(term, (boosts[i].get(term) ?? 0) + clause.boost);
        });
      }
      if (needed) required++;
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

    const matches = [];
    for (let paper = count - 1; paper >= 0; paper--) {
      if (state[paper] === 1 && met[paper] === required && (allowed === null || allowed[paper])) {
        matches.push(paper);
      }
    }
    const least = leastOfBest(matches, scores, limit);
    const able = matches.filter((paper) => scores[paper] + spread[paper] >= least);
    const isAble = new Uint8Array(count);
    for (const paper of able) isAble[paper] = 1;
    const unresolved = terms
      .flatMap(({ parts }) => parts)
      .filter(({ lowWeight, papers, codes }) => lowWeight && papers.some((paper, i) => isAble[paper] && codes[i] === LOW_WEIGHT));
    /**
     * @param {number} a
     * @param {number} b
     */
    const order = (a, b) => comparable(scores[b]) - comparable(scores[a]) || b - a;
    const papers = unresolved.length ? [] : able.sort(order).slice(0, limit);
    return { total: matches.length, matches, papers, unresolved };
  }

  /**
   * Lunr's results for the selected papers, best first, newest first among equals.
   * @param {Plan} plan
   * @param {number[]} papers
   * @returns {Hit[]}
   */
  answer({ clauses, terms }, papers) {
    const { lunr } = this;
    const negated = clauses.every(({ clause }) => clause.presence === lunr.Query.presence.PROHIBITED);
    /** @type {Map<number, number[][]>} */
    const wanted = new Map(papers.map((paper) => [paper, FIELDS.map(() => [])]));
    const invertedIndex = terms.map(({ term, parts }, position) => {
      /** @type {Record<string, object>[]} */
      const holding = FIELDS.map(() => ({}));
      for (const { papers: holders, codes, weights } of parts) {
        for (const paper of shared(holders, papers, wanted)) {
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
      .map(({ ref, score, matchData }) => ({
        paper: Number(ref),
        score,
        terms: Object.keys(matchData.metadata),
      }))
      .sort((a, b) => comparable(b.score) - comparable(a.score) || b.paper - a.paper);
  }

  /**
   * Lunr's results for a query in Lunr's syntax, as a full index would give them.
   * @param {string} text
   */
  async search(text, limit = Infinity) {
    const plan = await this.plan(this.parse(text));
    const { total, papers } = await this.rank(plan, limit, null);
    return { total, hits: this.answer(plan, papers) };
  }

  // ---- what the page asks for ------------------------------------------------------------------

  /**
   * The outcome for a reader's text, chosen filters and `extra` text. With `typing`, the last word
   * may be unfinished: if its postings aren't loaded, {waiting} tells for how many milliseconds to
   * wait for more typing. With `patient`, the reader has agreed to a costly search.
   * @param {Question} question
   * @returns {Promise<Found>}
   */
  async find({ text, chosen, extra = "", limit, typing = false, patient = false }) {
    const { lunr: query, phrases, filters } = readQuery(text);
    const clauses = this.mend(this.parse(query));
    const waiting = typing && (await this.unfinished(text, clauses.at(-1)));
    if (waiting) return { waiting };
    for (const phrase of phrases) {
      for (const clause of this.mend(this.parse(escaped(phrase)))) {
        clause.presence = this.lunr.Query.presence.REQUIRED;
        if (!STOP_WORDS.has(clause.term)) clauses.push(clause);
      }
    }
    const all = merged(merged(filters, readQuery(extra).filters), { categories: [], from: null, to: null, ...chosen });
    const filtered = isNarrow(all);
    if (clauses.length === 0 && !filtered && phrases.length === 0) return { empty: true };
    const [plan, allowed] = await Promise.all([
      this.plan(clauses, { limit: patient ? Infinity : MANY_SHARDS }),
      this.allowed(all),
    ]);
    const looks = patient ? Infinity : PHRASE_LOOKS;
    const { total, matches, papers } = await this.rank(plan, phrases.length ? looks : limit, allowed);
    this.last = matches;
    /** @param {typeof plan.clauses} clauses */
    const typed = (clauses) => clauses.map(({ clause }) => clause.typed ?? clause.term);
    /** @type {Omit<Outcome, "hits">} */
    const outcome = {
      total,
      months: this.months(matches),
      weights: plan.terms.map(({ term, rarity }) => [term, rarity]),
      nowhere: typed(
        plan.clauses.filter(({ clause, terms }) => terms.length === 0 && !STOP_WORDS.has(clause.term)),
      ),
      common: typed(
        plan.clauses.filter(({ clause, terms }) => terms.length === 0 && STOP_WORDS.has(clause.term)),
      ),
    };
    if (phrases.length === 0) return { ...outcome, hits: this.answer(plan, papers) };
    const checked = await this.holding(papers, phrases, limit);
    return { ...outcome, ...checked, hits: this.answer(plan, checked.papers) };
  }

  /**
   * The milliseconds to wait until a word counts as finished; 0 for none.
   * @param {string} text
   * @param {Lunr.Clause | undefined} clause
   */
  async unfinished(text, clause) {
    if (!clause || /\s$/.test(text)) return 0;
    if (this.index.shardOf(clause.term).every((path) => this.index.has(path))) return 0;
    await this.common();
    return this.known?.has(clause.term) ? 120 : 300;
  }

  // The words to complete and suggest, loaded when first asked for.
  async common() {
    const words = await this.index.words();
    this.known ??= new Set([...words.keys()].map(termOf));
    return words;
  }

  /**
   * The first papers that hold all the phrases, in title or abstract: {papers, looked}.
   * @param {number[]} papers
   * @param {string[]} phrases
   * @param {number} limit
   */
  async holding(papers, phrases, limit) {
    /** @type {number[]} */
    const found = [];
    let looked = 0;
    while (looked < papers.length && found.length < limit) {
      const batch = papers.slice(looked, looked + 24);
      const cards = await Promise.all(batch.map((paper) => this.index.card(paper)));
      cards.forEach(({ title, abstract }, i) => {
        /** @param {string} phrase */
        const holds = (phrase) => holdsPhrase(title, phrase) || holdsPhrase(abstract, phrase);
        if (phrases.every(holds) && found.length < limit) found.push(batch[i]);
      });
      looked += batch.length;
    }
    return { papers: found, looked };
  }

  /**
   * The papers that pass the filters, a byte a paper; null for all.
   * @param {Filters} filters
   */
  async allowed({ topics, tags, authors, categories, from, to }) {
    const keys = [
      topics.map((topic) => `topic:${topic}`),
      ...tags.map((tag) => [`tag:${tag}`]),
      ...authors.map((author) => [`author:${authorKey(author)}`]),
      ...categories.map((category) => [`category:${categoryKey(category)}`]),
    ].filter((group) => group.length > 0);
    if (keys.length === 0 && from === null && to === null) return null;
    const allowed = new Uint8Array(this.index.papers);
    const [first, end] = this.index.span(from ?? "", to ?? "\uffff");
    allowed.fill(1, first, end);
    const postings = await this.index.postings("f", keys.flat());
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
   * Counts of some papers (newest first) by month: [["2025-06", 12], ...], newest first.
   * @param {number[]} papers
   */
  months(papers) {
    /** @type {Map<string, number>} */
    const counts = new Map();
    let day = this.index.days.length - 1;
    for (const paper of papers) {
      while (this.index.days[day].start > paper) day--;
      const month = this.index.days[day].date.slice(0, 7);
      counts.set(month, (counts.get(month) ?? 0) + 1);
    }
    return [...counts];
  }

  /**
   * Counts of the last query's papers by topic or tag: [[slug, count], ...], most first.
   * @param {string} kind
   * @returns {Promise<[string, number][]>}
   */
  async counts(kind) {
    const keys = await this.index.keysFrom("f", `${kind}:`);
    const inLast = new Uint8Array(this.index.papers);
    for (const paper of this.last) inLast[paper] = 1;
    const postings = await this.index.postings("f", keys);
    return keys
      .map((key) => {
        let count = 0;
        for (const { papers } of postings.get(key) ?? []) for (const paper of papers) count += inLast[paper];
        return /** @type {[string, number]} */ ([key.slice(kind.length + 1), count]);
      })
      .filter(([, count]) => count > 0)
      .sort((a, b) => b[1] - a[1] || byCodeUnits(a[0], b[0]));
  }

  /**
   * A paper as it is shown: its card with title and best sentence in marked pieces.
   * @param {number} paper
   * @param {[string, number][]} weights
   * @returns {Promise<Shown>}
   */
  async shown(paper, weights) {
    const worth = new Map(weights);
    const { title, abstract, ...rest } = await this.index.card(paper);
    const sentence = bestSentence(abstract, worth);
    return { ...rest, title: marked(title, worth), sentence: marked(sentence, worth) };
  }

  /**
   * Words that begin with what is typed, commonest first.
   * @param {string} start
   */
  async complete(start, limit = 6) {
    const words = await this.common();
    const typed = start.toLowerCase();
    return [...words]
      .filter(([word]) => word.startsWith(typed) && word !== typed)
      .sort((a, b) => b[1] - a[1] || a[0].length - b[0].length || byCodeUnits(a[0], b[0]))
      .slice(0, limit)
      .map(([word]) => word);
  }

  /**
   * The common word nearest to a misspelt one ("did you mean"), or null.
   * @param {string} word
   */
  async meant(word) {
    /** @type {string | null} */
    let found = null;
    let least = word.length < 5 ? 1.5 : 2.5;
    for (const [other, common] of await this.common()) {
      if (Math.abs(other.length - word.length) > 2 || other === word) continue;
      const distance = edits(word, other) - common / 100;
      if (distance < least) [found, least] = [other, distance];
    }
    return found;
  }
}

/**
 * @param {Filters} a
 * @param {Filters} b
 * @returns {Filters}
 */
const merged = (a, b) => ({
  topics: [...a.topics, ...b.topics],
  tags: [...a.tags, ...b.tags],
  authors: [...a.authors, ...b.authors],
  categories: [...a.categories, ...b.categories],
  from: [a.from, b.from].filter(Boolean).sort().at(-1) ?? null,
  to: [a.to, b.to].filter(Boolean).sort()[0] ?? null,
});

/** @param {Filters} filters */
const isNarrow = ({ topics, tags, authors, categories, from, to }) =>
  topics.length + tags.length + authors.length + categories.length > 0 || from !== null || to !== null;

/**
 * A score rounded so that sums in different orders are equal.
 * @param {number} score
 */
const comparable = (score) => Math.round(score * 1e9);

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
function* shared(holders, papers, wanted) {
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

// ---- messages between page and worker ----------------------------------------------------------

// lunr.js is a UMD script: it passes itself to a global `define`, the only way to load it in a module
// without eval.
async function loadLunr() {
  const before = globalThis.define;
  /** @type {Lunr.Library | undefined} */
  let lunr;
  /** @param {() => Lunr.Library} make */
  const offered = (make) => {
    lunr = make();
  };
  globalThis.define = Object.assign(offered, { amd: true });
  try {
    await import(`./vendor/lunr.js${version}`);
  } finally {
    globalThis.define = before;
  }
  if (!lunr) throw new Error("vendor/lunr.js offers no library");
  return lunr;
}

// Answers the page's messages: {ask, ...} gives {value} or {problem: {name, message, shards}}.
/** @returns {Service} */
export function service() {
  /** @type {Promise<Engine> | null} */
  let starting = null;
  const start = async () => {
    const soon = Promise.all([lunrSoon ?? loadLunr(), Index.open(base, manifestSoon)]);
    lunrSoon = manifestSoon = null;
    const [lunr, index] = await soon;
    return new Engine(lunr, index);
  };
  /** @type {{ [Kind in keyof Asked]: (engine: Engine, message: Asked[Kind][0]) => Asked[Kind][1] | Promise<Asked[Kind][1]> }} */
  const answers = {
    start: ({ index }) => ({
      papers: index.papers,
      topics: index.manifest.topics,
      from: index.days[0]?.date,
      to: index.days.at(-1)?.date,
    }),
    find: (engine, message) => engine.find(message),
    card: (engine, { paper, weights }) => engine.shown(paper, weights),
    counts: (engine, { kind }) => engine.counts(kind),
    complete: (engine, { start }) => engine.complete(start),
    meant: (engine, { words }) => Promise.all(words.map((word) => engine.meant(word))),
  };
  return async ({ ask, ...message }) => {
    try {
      starting ??= start();
      const answer = /** @type {Record<string, (engine: Engine, message: object) => unknown>} */ (answers)[ask];
      return { value: await answer(await starting, message) };
    } catch (error) {
      if (ask === "start") starting = null;
      return { problem: reported(error) };
    }
  };
}

/**
 * @param {unknown} error
 * @returns {Reported}
 */
function reported(error) {
  // lunr's QueryParseError is not an Error.
  const { name, message, said, values, shards } = /** @type {Partial<Reported>} */ (error);
  const kind = name === "QueryParseError" ? name : /** @type {object} */ (error).constructor.name;
  return { name: kind, message: message ?? String(error), said, values, shards };
}

if (inWorker) {
  const answer = service();
  addEventListener("message", async ({ data: { id, ...message } }) => {
    postMessage({ id, ...(await answer(message)) });
  });
  postMessage({ ready: true });
}
