// The groups of papers that plain words find: those that have every word, and those that have some.
//
// Within a group papers go by Lunr's score, but papers that have all words in the title (or by the
// authors), and as typed, come before; the first of these are ordered anew by their texts.
// plugins/broadsheet/search/query/answer.py gives the same papers in the same order.

import { closeness, holdsPhrase, isLetter, isNear, wordsOf } from "./search-closeness.js";
import { BY_AUTHORS, IN_TITLE, THERE, TYPED, holdingOf, unclear } from "./search-holding.js";
import { partsOf } from "./search-fold.js";
import { plannedUnits } from "./search-plan.js";
import { namedInShort, namedPapers } from "./search-names.js";
import { spanOf } from "./search-query.js";
import { narrows } from "./search-question.js";
import { bestPapers, comparable } from "./search-rank.js";
import { inTurn } from "./search-spelling.js";
import { isCommon, keyOf } from "./search-units.js";

const FEW = 10; // where fewer papers have all words, those with some are asked for too
const WINDOW = 20; // first papers that are ordered anew by their texts
const QUICK = 5; // ... while one types: those in view
const LONGEST_NAME = 4; // words of a text that may be an author's name
const INITIALS = 3; // letters of a word that may be initials
const MANY_NAMED = 4; // where so many papers have all words by their authors, the name itself is looked up
const BATCH = 24; // cards that are looked at for a phrase at a time

/**
 * @typedef {{ index: import("./search-index.js").Index, shards: number, looks: number }} Means what looks things up: `shards` is the most that may be fetched for a query, `looks` the most
 *   papers whose texts are searched for a phrase
 */

export class Groups {
  /**
   * @param {Means} means
   * @param {Asking} asked
   * @param {Uint8Array | null} filtered the papers that pass the filters, a byte a paper, or null for all
   * @param {boolean} [inShort] whether the units are surnames that stand beside initials
   */
  static async of(means, asked, filtered, inShort = false) {
    const { index, shards } = means;
    const units = [...new Map([...asked.required, ...asked.units].map((unit) => [keyOf(unit), unit])).values()];
    const [plan, { terms: others }] = await Promise.all([
      plannedUnits(index, units, shards),
      plannedUnits(index, asked.excluded, shards),
    ]);
    await index.resolve(unclear(plan.terms));
    const terms = new Map([...others, ...plan.terms].map((term) => [term.term, term]));
    const groups = new Groups(means, asked, units, plan);
    groups.held = units.map((unit) => holdingOf(unit, terms, index.papers));
    groups.allowed = allowedPapers(index, asked, filtered, asked.excluded.map((unit) => holdingOf(unit, terms, index.papers)));
    await groups.collect(filtered !== null, inShort);
    return groups;
  }

  /**
   * @param {Means} means
   * @param {Asking} asked
   * @param {Unit[]} units
   * @param {Plan} plan
   */
  constructor(means, asked, units, plan) {
    this.means = means;
    this.asked = asked;
    this.units = units;
    this.plan = plan;
    /** @type {Uint8Array[]} */
    this.held = []; // how each paper holds each unit (see search-holding.js)
    this.allowed = new Uint8Array(0);
    this.isNamed = this.allowed; // the papers of the author who is meant
    /** @type {number[]} */
    this.all = []; // the papers that have every unit, newest first
    this.tiers = new Uint8Array(means.index.papers);
    this.derived = new Uint8Array(means.index.papers); // how many units a paper has otherwise than typed
  }

  /**
   * Finds the papers that have every unit, and their tiers: of an author that is meant, with all units
   * in the title or by the authors, with each in one of these, others; in each, fewer folded units first.
   * @param {boolean} filtered
   * @param {boolean} inShort
   */
  async collect(filtered, inShort) {
    const { allowed, asked, derived, held, means: { index, shards }, tiers, units } = this;
    if (units.length === 0 && !filtered && !narrows(asked)) return;
    this.all = this.having(THERE);
    const named = await this.named();
    this.isNamed = named;
    if (inShort && this.all.length > WINDOW) { // fewer are ordered by their texts
      for (const paper of await namedInShort(index, asked.text, shards)) named[paper] = allowed[paper];
    }
    if (this.all.length < FEW && !asked.phrases.length) {
      this.all = [...new Set([...this.all, ...(await this.nameInShort())])].sort((a, b) => b - a);
    }
    for (const paper of this.all) {
      const isStrong = held.reduce((all, one) => all & one[paper], IN_TITLE | BY_AUTHORS);
      const isEither = held.every((one) => one[paper] & (IN_TITLE | BY_AUTHORS));
      derived[paper] = held.filter((one) => (one[paper] & (THERE | TYPED)) === THERE).length;
      tiers[paper] = 64 * (named[paper] ? 0 : isStrong ? 1 : isEither ? 2 : 3) + Math.min(derived[paper], 63);
    }
  }

  /**
   * The papers, newest first, that have all of some units in a way.
   * @param {number} way
   * @param {Uint8Array[]} held
   */
  having(way, held = this.held) {
    const found = [];
    for (let paper = this.allowed.length - 1; paper >= 0; paper--) {
      if (this.allowed[paper] && held.every((one) => one[paper] & way)) found.push(paper);
    }
    return found;
  }

  /**
   * The papers of the author whom a short text names in full ("Bo An", "An, Bo"), a byte a paper. Only
   * looked up where some papers have all words by their authors, as the name's have.
   */
  async named() {
    const { allowed, asked: { text }, means: { index } } = this;
    const found = new Uint8Array(index.papers);
    const words = text.split(" ").flatMap(partsOf);
    if (words.length < 2 || words.length > LONGEST_NAME) return found;
    if (this.having(BY_AUTHORS).length < (words.some(isCommon) ? 1 : MANY_NAMED)) return found;
    for (const paper of await namedPapers(index, text)) found[paper] = allowed[paper];
    return found;
  }

  /**
   * The papers of authors that all words name, the first name in short ("Alex Rush"): where the other
   * words are by authors, and nobody is named so in full. Where no paper has all words, a short word may be
   * initials, of which the first counts ("Lovelace AK", as PubMed has names).
   */
  async nameInShort() {
    const { all, allowed, asked: { required, text }, held, means: { index, shards }, units } = this;
    const last = units.length - 1;
    if (required.length || last < 1 || last >= LONGEST_NAME) return [];
    if (!units.every(({ parts }) => parts.length === 1 && /^\p{L}{2,}$/u.test(parts[0]))) return [];
    const words = units.map(({ parts }) => parts[0]);
    /** @type {[without: number, name: string][]} */
    const names = [[text.includes(",") ? last : 0, text]];
    for (const place of all.length ? [] : [last, 0]) {
      const [first] = words[place];
      if (words[place].length <= INITIALS) names.push([place, `${first} ${words.toSpliced(place, 1).join(" ")}`]);
    }
    for (const [without, name] of names) {
      if (!this.having(BY_AUTHORS, held.toSpliced(without, 1)).length || (await namedPapers(index, text)).length) continue;
      const papers = (await namedInShort(index, name, shards)).filter((paper) => allowed[paper]);
      if (papers.length) return papers;
    }
    return [];
  }

  /**
   * The names beside the initials of an author ("Hinton, G."), where some papers have them among their
   * authors and no title has all; none for other questions.
   * @returns {Unit[]}
   */
  surnames() {
    const { asked: { required, text, units }, held } = this;
    const names = units.filter(({ parts }) => !parts.every((part) => /^\p{L}(?:\.\p{L})*$/u.test(part)));
    const areWords = names.every(({ parts }) => parts.length === 1 && /^\p{L}+$/u.test(parts[0]));
    if (required.length || !areWords || !names.length || units.length > LONGEST_NAME || this.inTitle) return [];
    if (names.length === units.length && !wordsOf(text).some(isLetter)) return []; // "a" is no unit
    return this.having(BY_AUTHORS, held.filter((_, i) => names.includes(this.units[i]))).length ? names : [];
  }

  // Whether some paper has all units in its title.
  get inTitle() {
    return this.all.some((paper) => this.held.every((held) => held[paper] & IN_TITLE));
  }

  /**
   * The first `limit` papers of both groups.
   * @param {Order} order
   * @param {number} limit
   * @param {boolean} quick
   */
  async answer(order, limit, quick) {
    const { plan, tiers } = this;
    const window = quick ? QUICK : WINDOW;
    const first = await this.first(this.all, order, Math.max(limit, WINDOW), tiers);
    let hits = first.hits;
    if (order === "best") {
      const byText = await this.byText(hits.slice(0, window));
      hits = [...byText, ...hits.slice(window)];
    }
    const total = first.looked === undefined ? this.all.length : hits.length;
    const some = total < FEW ? this.some() : [];
    const others = await this.first(some, order, limit, null);
    return {
      total: this.all.length,
      matches: this.all,
      hits: hits.slice(0, limit),
      looked: first.looked,
      some: { total: some.length, hits: others.hits },
      weights: plan.terms.map(({ term, rarity }) => /** @type {[string, number]} */ ([term, rarity])),
      nowhere: this.units.filter((_, i) => !this.held[i].some((one) => one & THERE)).map(({ text }) => text),
    };
  }

  /**
   * The first of some papers (newest first) in an order, as hits: those that hold the phrases, for which
   * the texts of `looked` papers were searched.
   * @param {number[]} papers
   * @param {Order} order
   * @param {number} limit
   * @param {Uint8Array | null} tiers
   * @returns {Promise<{ hits: Hit[], looked?: number }>}
   */
  async first(papers, order, limit, tiers) {
    const { means: { index, looks }, plan, asked: { phrases } } = this;
    const wanted = phrases.length ? looks : limit;
    const hits = await inOrder(index, plan, papers, order, wanted, tiers);
    return phrases.length === 0 ? { hits } : holdingPhrases(index, hits, phrases, limit);
  }

  // The papers that have some units, but not all; the required ones all have.
  some() {
    const required = new Set(this.asked.required.map(keyOf));
    const needed = this.held.filter((_, i) => required.has(keyOf(this.units[i])));
    const optional = this.held.filter((_, i) => !required.has(keyOf(this.units[i])));
    const inAll = new Set(this.all);
    return this.having(THERE, needed).filter((paper) => !inAll.has(paper) && optional.some((held) => held[paper] & THERE));
  }

  /**
   * Hits ordered by how close their papers' texts are to the query.
   * @param {Hit[]} hits
   */
  async byText(hits) {
    const { asked: { cites, text }, derived, isNamed, means: { index }, tiers, units } = this;
    const compounds = units.filter((unit) => unit.parts.length > 1 || unit.text.includes("-")).map((unit) => unit.text);
    const cards = await Promise.all(hits.map(({ paper }) => index.card(paper)));
    const keys = new Map(
      hits.map((hit, i) => {
        const { title, abstract, authors } = cards[i];
        const { paper, score } = hit;
        const [first] = wordsOf(text);
        const isBy = cites && first && authors.length > 0 && wordsOf(authors[0]).includes(first);
        const close = isBy ? -1 : closeness(text, title, authors);
        return [
          hit,
          [
            isNamed[paper] ? Math.min(close, 2) : close,
            Number(!title.toLowerCase().includes(text.toLowerCase())), // signs count: REINFORCE++
            derived[paper], Number(!isNear(text, compounds, [title, abstract])), tiers[paper], -comparable(score), -paper,
          ],
        ];
      }),
    );
    return hits.slice().sort((a, b) => inTurn(keys.get(a) ?? [], keys.get(b) ?? []));
  }
}

/**
 * The papers that pass the filters and the year, and hold no excluded unit, a byte a paper.
 * @param {import("./search-index.js").Index} index
 * @param {Asking} asked
 * @param {Uint8Array | null} filtered
 * @param {Uint8Array[]} excluded
 */
function allowedPapers(index, { year }, filtered, excluded) {
  const found = filtered ? filtered.slice() : new Uint8Array(index.papers).fill(1);
  if (year !== null) {
    const [from, to] = spanOf(String(year)) ?? ["", ""];
    const [first, end] = index.span(from, to);
    found.fill(0, 0, first).fill(0, end);
  }
  for (const held of excluded) for (let paper = 0; paper < found.length; paper++) if (held[paper]) found[paper] = 0;
  return found;
}

/**
 * The first `limit` of some papers (newest first) in an order.
 * @param {import("./search-index.js").Index} index
 * @param {Plan} plan
 * @param {number[]} papers
 * @param {Order} order
 * @param {number} limit
 * @param {Uint8Array | null} tiers
 * @returns {Promise<Hit[]>}
 */
export async function inOrder(index, plan, papers, order, limit, tiers) {
  if (papers.length > 0 && order === "best") return bestPapers(index, plan, papers, limit, tiers);
  let first = papers;
  if (papers.length > 0 && order === "votes") {
    const votes = await index.votes();
    first = papers.slice().sort((a, b) => votes[b] - votes[a] || b - a);
  }
  return first.slice(0, limit).map((paper) => ({ paper, score: 0 }));
}

/**
 * The first papers that hold all the phrases, in title or abstract, and how many were looked at.
 * @param {import("./search-index.js").Index} index
 * @param {Hit[]} hits
 * @param {string[]} phrases
 * @param {number} limit
 */
export async function holdingPhrases(index, hits, phrases, limit) {
  /** @type {Hit[]} */
  const found = [];
  let looked = 0;
  while (looked < hits.length && found.length < limit) {
    const batch = hits.slice(looked, looked + BATCH);
    const cards = await Promise.all(batch.map(({ paper }) => index.card(paper)));
    cards.forEach(({ title, abstract }, i) => {
      /** @param {string} phrase */
      const holds = (phrase) => holdsPhrase(title, phrase) || holdsPhrase(abstract, phrase);
      if (phrases.every(holds) && found.length < limit) found.push(batch[i]);
    });
    looked += batch.length;
  }
  return { hits: found, looked };
}
