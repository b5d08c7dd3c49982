// Which papers hold a unit of plain words, and where. plugins/broadsheet/search/query/holding.py tells the
// same in Python.

import { FIELDS, LOW_WEIGHT } from "./search-decode.js";
import { timesOf } from "./search-weights.js";

// What a byte a paper says of a unit: it is there, and as it is typed, and all of it in one field.
export const THERE = 1;
export const TYPED = 2;
export const IN_TITLE = 4;
export const BY_AUTHORS = 8;
const STRONG = FIELDS.map((field) => (field === "title" ? IN_TITLE : field === "authors" ? BY_AUTHORS : 0));

/**
 * The postings of some terms whose codes of low weight must be known to tell where the terms are.
 * @param {Term[]} terms
 */
export const unclear = (terms) =>
  terms
    .flatMap(({ parts }) => parts)
    .filter(({ lowWeight }) => new Set(lowWeight?.map(([code]) => fieldsTold(timesOf(code), FIELDS))).size > 1);

/**
 * What holding a term so often in each field tells; 0 where none of `fields` holds it.
 * @param {number[]} times
 * @param {string[]} fields
 */
function fieldsTold(times, fields) {
  let told = 0;
  times.forEach((often, i) => {
    if (often > 0 && fields.includes(FIELDS[i])) told |= THERE | STRONG[i];
  });
  return told;
}

/**
 * A byte a paper on how each holds a unit, 0 where it doesn't.
 * @param {Unit} unit
 * @param {Map<string, Term>} terms
 * @param {number} count how many papers there are
 */
export function holdingOf(unit, terms, count) {
  const found = new Uint8Array(count);
  for (const way of unit.ways) {
    const all = way.map((word) => holdingWord(word, unit.fields, terms, count));
    const [first, ...rest] = all;
    for (const other of rest) for (let paper = 0; paper < count; paper++) first[paper] &= other[paper];
    for (let paper = 0; paper < count; paper++) if (first[paper] & THERE) found[paper] |= first[paper];
  }
  return found;
}

/**
 * @param {UnitWord} word
 * @param {string[]} fields
 * @param {Map<string, Term>} terms
 * @param {number} count
 */
function holdingWord({ typed, folded }, fields, terms, count) {
  const found = new Uint8Array(count);
  /** @type {[term: string, more: number][]} */
  const all = [
    ...typed.map((term) => /** @type {[string, number]} */ ([term, TYPED])),
    ...folded.map((term) => /** @type {[string, number]} */ ([term, 0])),
  ];
  for (const [term, more] of all) {
    for (const { papers, codes, times, lowWeight } of terms.get(term)?.parts ?? []) {
      const told = times.map((own) => fieldsTold(own, fields)).map((one) => one && one | more);
      if (lowWeight) told[LOW_WEIGHT] = told[lowWeight[0][0]];
      for (let i = 0; i < papers.length; i++) found[papers[i]] |= told[codes[i]];
    }
  }
  return found;
}
