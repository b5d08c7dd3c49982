// Words of interests in texts, read as the search reads them: without accents, by their stems.

import { fold, parts } from "./search-fold.js";
import { stem } from "./search-stem.js";

/** @type {Map<string, Set<string>>} */
const remembered = new Map();

/**
 * The stems of a word's forms: "Müllers" is mueller and muller.
 * @param {string} word
 */
function stems(word) {
  let found = remembered.get(word);
  if (!found) {
    found = new Set(fold(word).map(stem));
    if (remembered.size > 50_000) remembered.clear();
    remembered.set(word, found);
  }
  return found;
}

/** @param {string} text */
const split = (text) => text.split(/\s+/).flatMap(parts);

/**
 * Finds those interests whose words a text holds, one after the other.
 * @param {Interest[]} interests
 * @returns {(text: string) => Interest[]}
 */
export function finder(interests) {
  /** @type {Map<string, [Interest, Set<string>[]][]>} */
  const byFirst = new Map();
  for (const one of interests) {
    const sought = split(one.key).map(stems);
    for (const first of sought[0] ?? []) byFirst.set(first, [...(byFirst.get(first) ?? []), [one, sought]]);
  }
  return (text) => {
    const read = split(text).map(stems);
    /** @type {Set<Interest>} */
    const found = new Set();
    read.forEach((forms, at) => {
      for (const form of forms) {
        for (const [one, sought] of byFirst.get(form) ?? []) {
          if (sought.every((word, i) => [...word].some((other) => read[at + i]?.has(other)))) found.add(one);
        }
      }
    });
    return [...found];
  };
}
