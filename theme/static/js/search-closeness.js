// How close a paper's texts are to a query: its title, a phrase, an author's name. Texts are compared
// by their folded words: without accents, case and punctuation, across hyphens.
// plugins/broadsheet/search/closeness.py does the same in Python.

import { fold, parts } from "./search-fold.js";

const POWER = /(?<=[\p{L}\p{N}])\^(?=[0-9])/gu;
const SPACES = /[^\S\ufeff]+/; // U+FEFF has no width

/** @type {Map<string, string>} */
const remembered = new Map();

/**
 * The folded words of a text, a space before and after each; "" where it has none.
 * @param {string} text
 */
export function folded(text) {
  let whole = remembered.get(text);
  if (whole === undefined) {
    const kept = text
      .replace(POWER, "")
      .split(SPACES)
      .map((word) => parts(word).map((part) => fold(part)[0]).join(" "))
      .filter(Boolean);
    whole = kept.length ? ` ${kept.join(" ")} ` : "";
    if (remembered.size > 1000) remembered.clear();
    remembered.set(text, whole);
  }
  return whole;
}

/**
 * Whether a text holds a phrase, word by word.
 * @param {string} text
 * @param {string} phrase
 */
export const holdsPhrase = (text, phrase) => folded(text).includes(folded(phrase));

/**
 * How close a query is to a paper: 0 its title is the query, 1 the title begins with it or the query is
 * its part before or after a colon, 2 the query stands in the title or is an author's name (in either
 * order), 3 else.
 * @param {string} query
 * @param {string} title
 * @param {string[]} authors
 */
export function closeness(query, title, authors) {
  const asked = folded(query);
  if (!asked) return 3;
  const whole = folded(title);
  if (whole === asked) return 0;
  const colon = title.indexOf(":");
  const [before, after] = colon < 0 ? [title, ""] : [title.slice(0, colon), title.slice(colon + 1)];
  if (whole.startsWith(asked) || folded(before) === asked || folded(after) === asked) return 1;
  if (whole.includes(asked)) return 2;
  const names = sorted(asked);
  return authors.some((author) => sorted(folded(author)) === names) ? 2 : 3;
}

/** @param {string} words */
const sorted = (words) => words.trim().split(" ").sort().join(" ");

/**
 * Whether a query's words stand together in one of some texts, or each of its compounds (hyphenated
 * words; at least one) does.
 * @param {string} query
 * @param {string[]} compounds
 * @param {string[]} texts
 */
export function isNear(query, compounds, texts) {
  const held = texts.map(folded);
  /** @param {string} phrase */
  const inOne = (phrase) => held.some((text) => text.includes(folded(phrase)));
  return inOne(query) || (compounds.length > 0 && compounds.every(inOne));
}
