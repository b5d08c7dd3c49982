// How close a paper's texts are to a query: its title, a phrase, an author's name. Texts are compared
// by their folded words: without accents, case and punctuation, across hyphens.
// plugins/broadsheet/search/query/closeness.py does the same in Python.

import { fold, partsOf } from "./search-fold.js";

export const EXPONENT = /(?<=[\p{L}\p{N}])\^(?=[0-9])/gu;
const SPACES = /[^\S\ufeff]+/; // U+FEFF has no width

/** @type {Map<string, string>} */
const knownTexts = new Map();

/**
 * The folded words of a text, a space before and after each; "" where it has none.
 * @param {string} text
 */
export function foldedText(text) {
  let whole = knownTexts.get(text);
  if (whole === undefined) {
    const kept = text
      .replace(EXPONENT, "")
      .split(SPACES)
      .map((word) => partsOf(word).map((part) => fold(part)[0]).join(" "))
      .filter(Boolean);
    whole = kept.length ? ` ${kept.join(" ")} ` : "";
    if (knownTexts.size > 1000) knownTexts.clear();
    knownTexts.set(text, whole);
  }
  return whole;
}

/**
 * Whether a text holds a phrase, word by word.
 * @param {string} text
 * @param {string} phrase
 */
export const holdsPhrase = (text, phrase) => foldedText(text).includes(foldedText(phrase));

/**
 * How close a query is to a paper: 0 its title is the query, 1 the title begins with it or the query is
 * its part before or after a colon, 2 the query stands in the title or is an author's name (in either
 * order), 3 else. Words may be run together: "SAM2" is "SAM 2".
 * @param {string} query
 * @param {string} title
 * @param {string[]} authors
 */
export function closeness(query, title, authors) {
  const asked = runTogether(query);
  if (!asked) return 3;
  const place = placeIn(foldedText(title).split(" ").filter(Boolean), asked);
  if (place === 0) return runTogether(title) === asked ? 0 : 1;
  const colon = title.indexOf(":");
  const [before, after] = colon < 0 ? [title, ""] : [title.slice(0, colon), title.slice(colon + 1)];
  if (runTogether(before) === asked || runTogether(after) === asked) return 1;
  if (place !== null) return 2;
  const names = wordsOf(query);
  return authors.some((author) => isName(names, wordsOf(author))) ? 2 : 3;
}

/** @param {string} text */
export const wordsOf = (text) => foldedText(text).trim().split(" ");

/**
 * Whether words are a name's, in any order. Letters beside words are initials: of a name that may have
 * more words ("Lovelace, A." is "Ada King Lovelace").
 * @param {string[]} asked
 * @param {string[]} name
 */
function isName(asked, name) {
  const names = asked.filter((word) => !isLetter(word));
  const initials = asked.filter(isLetter);
  if (names.length === 0 || initials.length === 0) return [...asked].sort().join(" ") === [...name].sort().join(" ");
  const left = [...name];
  for (const word of [...names, ...initials]) {
    const place = left.findIndex((own) => own === word || (isLetter(word) && own.startsWith(word)));
    if (place < 0) return false;
    left.splice(place, 1);
  }
  return true;
}

/** @param {string} word */
export const isLetter = (word) => Array.from(word).length === 1;

/** @param {string} text */
const runTogether = (text) => foldedText(text).replaceAll(" ", "");

/**
 * Where whole words of a text, run together, are what is asked; null for nowhere.
 * @param {string[]} words
 * @param {string} asked
 */
function placeIn(words, asked) {
  const whole = words.join("");
  const ends = new Set();
  let end = 0;
  for (const word of words) {
    end += word.length;
    ends.add(end);
  }
  for (let place = whole.indexOf(asked); place >= 0; place = whole.indexOf(asked, place + 1)) {
    if ((place === 0 || ends.has(place)) && ends.has(place + asked.length)) return place;
  }
  return null;
}

/**
 * Whether a query's words stand together in one of some texts, or each of its compounds (hyphenated
 * words; at least one) does.
 * @param {string} query
 * @param {string[]} compounds
 * @param {string[]} texts
 */
export function isNear(query, compounds, texts) {
  const held = texts.map(foldedText);
  /** @param {string} phrase */
  const inOne = (phrase) => held.some((text) => text.includes(foldedText(phrase)));
  return inOne(query) || (compounds.length > 0 && compounds.every(inOne));
}
