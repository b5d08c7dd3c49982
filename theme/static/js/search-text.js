// What a result shows of a text: pieces marked, the sentence that tells most.

import { alternatives, partsOf } from "./search-fold.js";
import { WORD, termOf } from "./search-stem.js";

/**
 * The first of a word's terms that `terms` has: its own, or one of its folded forms (the name of a Greek
 * letter is one).
 * @param {string} word
 * @param {Map<string, number>} terms
 */
function termIn(word, terms) {
  const own = termOf(word);
  if (terms.has(own)) return own;
  for (const part of partsOf(word)) {
    for (const term of alternatives(part).flat()) if (terms.has(term)) return term;
  }
  return null;
}

/**
 * Pieces of a text in order, marked where they are words of one of the terms.
 * @param {string} text
 * @param {Map<string, number>} terms
 */
export function marked(text, terms) {
  /** @type {Pieces} */
  const pieces = [];
  let done = 0;
  for (const { 0: word, index } of text.matchAll(WORD)) {
    if (termIn(word, terms) === null) continue;
    const bare = /[\p{L}\p{N}_].*[\p{L}\p{N}_]|[\p{L}\p{N}_]/u.exec(word);
    const start = index + (bare ? bare.index : 0);
    const end = start + (bare ? bare[0].length : word.length);
    if (start > done) pieces.push([text.slice(done, start), false]);
    pieces.push([text.slice(start, end), true]);
    done = end;
  }
  if (done < text.length) pieces.push([text.slice(done), false]);
  return pieces;
}

const SENTENCE = /[^.!?]*(?:[.!?]+(?!\s+\p{Lu}|\s*$)[^.!?]*)*[.!?]*\s*/gu;

/** @param {string} text */
export function sentences(text) {
  return (text.match(SENTENCE) ?? []).map((one) => one.trim()).filter(Boolean);
}

/**
 * The sentence with the largest sum of weights, each term counted once; the first of equal ones.
 * @param {string} text
 * @param {Map<string, number>} weights
 */
export function bestSentence(text, weights) {
  let best = "";
  let most = -1;
  for (const sentence of sentences(text)) {
    const found = new Set();
    for (const [word] of sentence.matchAll(WORD)) {
      const term = termIn(word, weights);
      if (term !== null) found.add(term);
    }
    let worth = 0;
    for (const term of found) worth += weights.get(term) ?? 0;
    if (worth > most) [best, most] = [sentence, worth];
  }
  return best;
}
