// Words of interests in texts, read as the search reads them: without accents, by their stems.

import { fold, partsOf } from "./search-fold.js";
import { stem } from "./search-stem.js";

const PLAIN = /^\(?([a-z]+)[.,:;)]?$/i;
/** @type {Map<string, string[][]>} */
const remembered = new Map(); // a page of 442 abstracts has 90,000 words, of which 12,000 differ

/**
 * A text's words, each as the stems of its forms: "Müllers" is mueller and muller.
 * @param {string} text
 */
function stems(text) {
  return text.split(/\s+/).flatMap((word) => {
    let found = remembered.get(word);
    if (!found) {
      const plain = PLAIN.exec(word)?.[1];
      found = plain ? [[stem(plain.toLowerCase())]] : partsOf(word).map((part) => [...new Set(fold(part).map(stem))]);
      if (remembered.size > 50_000) remembered.clear();
      remembered.set(word, found);
    }
    return found;
  });
}

/**
 * Finds those interests whose words a text holds, one after the other.
 * @param {Interest[]} interests
 * @returns {(text: string) => Interest[]}
 */
export function finder(interests) {
  /** @type {Map<string, [Interest, string[][]][]>} */
  const byFirst = new Map();
  for (const one of interests) {
    const sought = stems(one.key);
    for (const first of sought[0] ?? []) byFirst.set(first, [...(byFirst.get(first) ?? []), [one, sought]]);
  }
  return (text) => {
    const read = stems(text);
    /** @type {Set<Interest>} */
    const found = new Set();
    read.forEach((forms, at) => {
      for (const form of forms) {
        for (const [one, sought] of byFirst.get(form) ?? []) {
          if (sought.every((word, i) => word.some((other) => read[at + i]?.includes(other)))) found.add(one);
        }
      }
    });
    return [...found];
  };
}
