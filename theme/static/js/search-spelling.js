// Spelling correction: the written form that a word which is nowhere probably means. Swapped
// neighbours are one edit (optimal string alignment: Damerau, "A technique for computer detection and
// correction of spelling errors", 1964). A form with another prefix is none: "unlearning" doesn't mean
// learning. plugins/broadsheet/search/query/correction.py does the same in Python.

import { listOf } from "./search-index.js";

export const SHORTEST = 4; // the least letters of a word that is corrected
const LONGEST_JOINED = 60; // letters of a word that is taken apart
const SHORT = 5; // words of so many letters may differ by one edit, longer ones by two

/**
 * The form that a folded word most probably means, or null: of those with the same first letter, else, if
 * none is near, of common ones. One that begins with the word is best, which may be unfinished, then the
 * nearest, then one with the same first letter, then the commonest, then by the alphabet. Where the word itself `isThere`, if
 * rarely, only a common form one edit away is meant.
 * @param {string} word
 * @param {(name: string) => Promise<[form: string, common: number][][]>} spellings the forms of a
 *   list, with the bit length of their occurrences, in lists
 * @param {boolean} isThere
 */
export async function nearest(word, spellings, isThere) {
  const size = Array.from(word).length;
  const most = isThere || size <= SHORT ? 1 : 2;
  const letters = lettersOf(word);
  for (const name of isThere ? [""] : [listOf(word), ""]) {
    /** @type {[distance: number, otherStart: number, common: number, form: string] | null} */
    let best = null;
    for (const [form, common] of (await spellings(name)).flat()) {
      const begins = !isThere && form.startsWith(word);
      if (form === word) continue;
      if (!begins && (Math.abs(form.length - word.length) > most || bits(letters ^ lettersOf(form)) > 2 * most)) continue;
      const distance = begins ? 0 : edits(word, form);
      if (!begins && (distance > most || hasOtherPrefix(word, form, distance))) continue;
      /** @type {[number, number, number, string]} */
      const found = [distance, Number(form[0] !== word[0]), -common, form];
      if (best === null || inTurn(found, best) < 0) best = found;
    }
    if (best) return best[3];
  }
  return null;
}

/**
 * Whether two words differ by a prefix alone, which negates or turns what they mean.
 * @param {string} a
 * @param {string} b
 * @param {number} distance
 */
function hasOtherPrefix(a, b, distance) {
  const [short, long] = a.length > b.length ? [b, a] : [a, b];
  return long === `a${short}` || (distance === 2 && [short, short.slice(2)].includes(long.slice(2)));
}

/**
 * The common words that a folded word was run together of ("diffusionmodels"), with hyphens between them,
 * longest first; undefined where it is of no such words. If `misspelt`, one of two may be, by an edit
 * ("difusionmodels").
 * @param {string} word
 * @param {import("./search-index.js").Index} index
 * @param {boolean} [misspelt]
 */
export async function takenApart(word, index, misspelt = false) {
  if (word.length > LONGEST_JOINED) return undefined;
  const common = new Set((await index.spellings("")).flat().map(([form]) => form));
  /** @type {(string | undefined)[]} */
  const rest = [];
  for (let start = word.length - 1; start >= 0; start--) {
    if (start && common.has(word.slice(start))) rest[start] = word.slice(start);
    for (let end = word.length - 1; end > start && !rest[start]; end--) {
      if (rest[end] && common.has(word.slice(start, end))) rest[start] = `${word.slice(start, end)}-${rest[end]}`;
    }
  }
  for (let end = SHORTEST; misspelt && end <= word.length - SHORTEST; end++) {
    const pair = [word.slice(0, end), word.slice(end)];
    for (const i of [0, 1]) {
      const known = i ? common.has(pair[0]) && pair[0] : rest[end];
      const meant = known && pair[i].length > SHORTEST && (await nearest(pair[i], (name) => index.spellings(name), true));
      if (meant) return i ? `${known}-${meant}` : `${meant}-${known}`;
    }
  }
  return rest[0];
}

/**
 * Negative where a row comes before another one, entry by entry.
 * @param {(number | string)[]} a
 * @param {(number | string)[]} b
 */
export function inTurn(a, b) {
  const place = a.findIndex((one, i) => one !== b[i]);
  return place < 0 ? 0 : a[place] < b[place] ? -1 : 1;
}

/**
 * The letters of a word as a set of bits: an edit changes at most two of them.
 * @param {string} word
 */
function lettersOf(word) {
  let found = 0;
  for (let i = 0; i < word.length; i++) found |= 1 << (word.charCodeAt(i) & 31);
  return found;
}

/** @param {number} set */
function bits(set) {
  let count = 0;
  for (let left = set; left; left &= left - 1) count++;
  return count;
}

/**
 * The edit distance between two words: letters inserted, deleted, replaced or swapped with their
 * neighbours.
 * @param {string} a
 * @param {string} b
 */
export function edits(a, b) {
  let rows = [[], [], Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    rows = [rows[1], rows[2], [i]];
    const [twoBack, back, row] = rows;
    for (let j = 1; j <= b.length; j++) {
      row[j] = Math.min(back[j] + 1, row[j - 1] + 1, back[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        row[j] = Math.min(row[j], twoBack[j - 2] + 1);
      }
    }
  }
  return rows[2][b.length];
}
