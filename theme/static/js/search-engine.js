// Answers queries on the published index: plain words (search-groups.js), Lunr's syntax
// (search-rank.js), identifiers. docs/search-index.md tells how they are read and ranked.

import { corrected } from "./search-correction.js";
import { fold } from "./search-fold.js";
import { Groups, holdingPhrases, inOrder } from "./search-groups.js";
import { byCodeUnits } from "./search-index.js";
import { namedPapers } from "./search-names.js";
import { allowedBy, countsOf, merged, months } from "./search-narrowing.js";
import { mend, parseQuery, planned } from "./search-plan.js";
import { clipped, escaped, readQuery } from "./search-query.js";
import { asWord, narrows, onlyCommon, readQuestion, withoutPhrases, wordsApart } from "./search-question.js";
import { answered, matching } from "./search-rank.js";
import { nearest } from "./search-spelling.js";
import { STOP_TERMS, termOf } from "./search-stem.js";
import { bestSentence, marked } from "./search-text.js";

// The most shards (about 7 kB each) that a query fetches without asking the reader.
const MANY_SHARDS = 60;
// Papers whose texts are searched for a phrase at a time.
const PHRASE_LOOKS = 120;
// Beside so many words, a year that a title has too is a word of the title.
const TITLE_WORDS = 4;

export class Engine {
  /**
   * @param {Lunr.Library | { load: () => Promise<Lunr.Library> }} lunr lunr.js, or what loads it: only queries in
   *   its syntax need it
   * @param {import("./search-index.js").Index} index
   */
  constructor(lunr, index) {
    this.lunr = lunr;
    this.index = index;
    /** @type {number[]} */
    this.last = []; // the papers that the last query found
    /** @type {Set<string> | undefined} */
    this.known = undefined; // the terms of common words
    this.years = new Set(index.days.map(({ date }) => Number(date.slice(0, 4))));
  }

  async library() {
    return "load" in this.lunr ? this.lunr.load() : this.lunr;
  }

  /**
   * The outcome for a reader's text, chosen filters and `extra` text. With `typing`, the last word
   * may be unfinished: if its postings aren't loaded, {waiting} tells for how many milliseconds to
   * wait for more typing. With `patient`, the reader has agreed to a costly search; with `verbatim`, no
   * spelling is corrected; without `years`, a year is a word; with `lunr`, all words are in Lunr's syntax;
   * with `quick`, the texts of only the first few papers decide on their order.
   * @param {Question} question
   * @returns {Promise<Found>}
   */
  async find(question) {
    const {
      text: typed, chosen, extra = "", limit, typing = false, patient = false, order = "best", verbatim = false, years = true,
      lunr = false, quick = false,
    } = question;
    const text = clipped(typed);
    const parsed = async (/** @type {string} */ query) => parseQuery(await this.library(), query);
    const days = years && !verbatim ? this.index.days.slice(-2).map(({ date }) => date) : [];
    const asked = await readQuestion(text, years ? this.years : new Set(), days, parsed, lunr);
    if (asked.identifier) return this.identified(asked.identifier, limit);
    const filters = merged(merged(asked.filters, readQuery(clipped(extra)).filters), {
      categories: [], from: null, to: null, ...chosen,
    });
    const nothing = { ...asked, filters };
    if (!asked.text && !asked.clauses?.length && !asked.phrases.length && !asked.required.length && !narrows(nothing)) {
      return { empty: true };
    }
    const waiting = typing && (await this.unfinished(text));
    if (waiting) return { waiting };
    const allowed = allowedBy(this.index, filters);
    const means = {
      index: this.index, shards: patient ? Infinity : MANY_SHARDS, looks: patient ? Infinity : PHRASE_LOOKS,
    };
    if (asked.clauses) return this.byLunr(means, asked, await allowed, order, limit);
    if (onlyCommon(asked)) return this.byName(asked, await allowed, limit);
    const found = await this.byWords(means, asked, await allowed, { order, limit, verbatim, quick });
    const again = verbatim || found.total || found.some?.total ? text : wordsApart(text);
    return again === text ? found : this.find({ ...question, text: again });
  }

  /**
   * Papers that have the words.
   * @param {import("./search-groups.js").Means} means
   * @param {Asking} first
   * @param {Uint8Array | null} filtered
   * @param {{ order: Order, limit: number, verbatim: boolean, quick: boolean }} how
   * @returns {Promise<Found>}
   */
  async byWords(means, first, filtered, { order, limit, verbatim, quick }) {
    const [asked, corrections] = verbatim ? [first, []] : await corrected(means, first);
    let groups = await Groups.of(means, asked, filtered);
    if (asked.year !== null && asked.units.length > 0 && (groups.all.length === 0 || asked.units.length >= TITLE_WORDS)) {
      // The year may belong to the words: it stands with many of them in a title, or no paper of that
      // year has them.
      const other = await Groups.of(means, asWord(asked), filtered);
      if (groups.all.length === 0 ? other.all.length > 0 : other.inTitle) groups = other;
    }
    const surnames = groups.surnames();
    if (surnames.length) groups = await Groups.of(means, { ...groups.asked, units: surnames }, filtered, true);
    let { matches, ...answer } = await groups.answer(order, limit, quick);
    if (!verbatim && asked.phrases.length > 0 && answer.hits.length === 0 && (answer.looked ?? 0) >= matches.length) {
      // No paper has the phrases: their words are searched for.
      const nowhere = asked.phrases.map((phrase) => `"${phrase}"`);
      groups = await Groups.of(means, withoutPhrases(groups.asked), filtered);
      ({ matches, ...answer } = await groups.answer(order, limit, quick));
      answer.nowhere.unshift(...nowhere);
    }
    this.last = matches;
    return {
      ...answer, corrected: corrections, year: groups.asked.year, identifier: null, common: [], lunr: false,
      months: months(this.index, matches),
    };
  }

  /**
   * Papers that match a query in Lunr's syntax.
   * @param {import("./search-groups.js").Means} means
   * @param {Asking} asked
   * @param {Uint8Array | null} allowed
   * @param {Order} order
   * @param {number} limit
   * @returns {Promise<Found>}
   */
  async byLunr(means, { clauses: own, phrases }, allowed, order, limit) {
    const { index } = this;
    const lunr = await this.library();
    const clauses = mend(own ?? []);
    for (const phrase of phrases) {
      for (const clause of mend(parseQuery(lunr, escaped(phrase)))) {
        clause.presence = lunr.Query.presence.REQUIRED;
        if (!STOP_TERMS.has(clause.term)) clauses.push(clause);
      }
    }
    const plan = await planned(lunr, index, clauses, means.shards);
    const matches = matching(plan, index.papers, allowed);
    this.last = matches;
    const ranked = await inOrder(index, plan, matches, order, phrases.length ? means.looks : limit, null);
    const checked = phrases.length ? await holdingPhrases(index, ranked, phrases, limit) : { hits: ranked, looked: undefined };
    /** @param {(term: string) => boolean} which */
    const nowhere = (which) =>
      plan.clauses.filter(({ clause, terms }) => terms.length === 0 && which(clause.term)).map(({ clause }) => clause.typed ?? clause.term);
    return {
      ...nothingElse(),
      lunr: true,
      total: matches.length,
      hits: order === "best" ? answered(lunr, plan, papersOf(checked.hits)) : checked.hits,
      looked: checked.looked,
      months: months(index, matches),
      weights: plan.terms.map(({ term, rarity }) => [term, rarity]),
      nowhere: nowhere((term) => !STOP_TERMS.has(term)),
      common: nowhere((term) => STOP_TERMS.has(term)),
    };
  }

  /**
   * The papers of the author whose name consists of stop words.
   * @param {Asking} asked
   * @param {Uint8Array | null} allowed
   * @param {number} limit
   * @returns {Promise<Found>}
   */
  async byName({ text }, allowed, limit) {
    const papers = (await namedPapers(this.index, text)).filter((paper) => allowed === null || allowed[paper]);
    return { ...this.listed(papers, limit), common: papers.length ? [] : text.split(" ") };
  }

  /**
   * The paper with an identifier.
   * @param {Identifier} identifier
   * @param {number} limit
   * @returns {Promise<Found>}
   */
  async identified(identifier, limit) {
    const postings = await this.index.postings("i", [identifier.key]);
    const papers = (postings.get(identifier.key) ?? []).flatMap(({ papers }) => [...papers]).reverse();
    return { ...this.listed(papers, limit), identifier };
  }

  /**
   * Papers, newest first, that no score is needed for.
   * @param {number[]} papers
   * @param {number} limit
   * @returns {Outcome}
   */
  listed(papers, limit) {
    this.last = papers;
    return {
      ...nothingElse(),
      total: papers.length,
      hits: papers.slice(0, limit).map((paper) => ({ paper, score: 0 })),
      months: months(this.index, papers),
    };
  }

  /**
   * The milliseconds to wait until the last word of a text counts as finished; 0 for none.
   * @param {string} text
   */
  async unfinished(text) {
    const last = /\S+$/.exec(text);
    if (!last) return 0;
    const term = termOf(last[0].replace(/^[+-]?(?:\w+:)?/, ""));
    if (this.index.shardOf(term).every((path) => this.index.has(path))) return 0;
    await this.common();
    return this.known?.has(term) ? 120 : 300;
  }

  // The words to complete and suggest, loaded when first asked for.
  async common() {
    const words = await this.index.words();
    this.known ??= new Set([...words.keys()].map(termOf));
    return words;
  }

  /**
   * Counts of the last query's papers by topic or tag: [[slug, count], ...], most first.
   * @param {string} kind
   */
  counts(kind) {
    return countsOf(this.index, this.last, kind);
  }

  /**
   * How many parts of the index counting by tag has to load.
   * @param {string} kind
   */
  counting(kind) {
    return this.index.facetsFrom(`${kind}:`);
  }

  /**
   * A paper as it is shown: its card with title and best sentence in marked pieces.
   * @param {number} paper
   * @param {[string, number][]} weights
   * @returns {Promise<Shown>}
   */
  async shown(paper, weights) {
    const worth = new Map(weights);
    const { title, abstract, identifiers, ...rest } = await this.index.card(paper);
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
   * The written word nearest to a misspelt one ("did you mean"), or null: of a query in Lunr's syntax,
   * which nothing corrects.
   * @param {string} word
   */
  async meant(word) {
    return nearest(fold(word)[0], (name) => this.index.spellings(name), false);
  }
}

/** @param {Hit[]} hits */
const papersOf = (hits) => hits.map(({ paper }) => paper);

/**
 * An outcome without papers.
 * @returns {Outcome}
 */
const nothingElse = () => ({
  total: 0, hits: [], some: { total: 0, hits: [] }, corrected: [], year: null, identifier: null, months: [], weights: [],
  nowhere: [], common: [], lunr: false,
});
