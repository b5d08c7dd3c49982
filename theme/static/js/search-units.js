// Units: what plain words of a query stand for in the index.
//
// A unit is a word, a hyphenated word, or a word and the small number behind it ("SAM 2"). A paper has
// a unit in one of several ways: all words of one way are in it, each as one of its terms. A term is the
// typed word's own, or derived from it (search-fold.js). Of few words, neighbours are one word too: "zebra
// logic" is ZebraLogic. plugins/broadsheet/search/query/units.py makes the
// same of the same words.

import { EXPONENT } from "./search-closeness.js";
import { FIELDS } from "./search-decode.js";
import { DERIVED, MOST_PARTS, alternatives, fold, isSmallNumber, partsOf } from "./search-fold.js";
import { WORD, isStopWord, stem, termOf } from "./search-stem.js";

const MOST = 20; // units of a query; further words are left aside
const MOST_JOINED = 5; // units of a query whose neighbours are joined
const JOINED_AT_ONCE = 3; // neighbours that are one word
const LONGEST_COMPOUND = 60; // characters of a word whose parts are joined
const BEHIND = /[.,;:!?)\]”’"']+$/;

/**
 * Whether a word, without the punctuation around it, is a stop word.
 * @param {string} word
 */
export const isCommon = (word) => isStopWord(word) || isStopWord(fold(word)[0]);

/**
 * The unit of a typed word and of the small `number` behind it; null for stop words and for what has no
 * letter or digit.
 * @param {string} typed
 * @param {string} [number]
 * @param {string[]} [fields]
 * @returns {Unit | null}
 */
export function unitOf(typed, number = "", fields = FIELDS) {
  const text = typed.replace(EXPONENT, "");
  const every = number ? [...partsOf(text), number] : partsOf(text);
  const meant = every.filter((part) => !isCommon(part));
  if (!meant.some((part) => /[\p{L}\p{N}]/u.test(part))) return null;
  const first = meant.map((part) => {
    const [typed, folded] = alternatives(part);
    return { typed, folded };
  });
  const ways = [first];
  const own = [...new Set((text.toLowerCase().match(WORD) ?? []).filter((word) => !isCommon(word)).map(termOf))];
  const known = new Set(first.flatMap(({ typed }) => typed));
  if (own.length && !number && known.size && !own.every((term) => known.has(term))) {
    ways.push(own.map((term) => ({ typed: [term], folded: [] })));
  }
  if (every.length > 1 && every.length <= MOST_PARTS && Array.from(text).length <= LONGEST_COMPOUND) {
    const terms = fold(every.join("")).map(stem);
    ways.push([{ typed: [], folded: [...new Set(terms.flatMap((term) => [term, term + DERIVED]))] }]);
  }
  return { text: number ? `${text} ${number}` : text, parts: meant, ways, fields };
}

/**
 * The units of plain words, each once, in order; those of few words with `joining` are held as one word
 * with their neighbours too.
 * @param {string[]} typed
 * @param {string[]} [fields]
 */
export function unitsOf(typed, fields = FIELDS, joining = false) {
  /** @type {Map<string, Unit>} */
  const units = new Map();
  /** @type {(Unit | string | null)[]} */
  const row = []; // the units, and stop words; null where others were typed
  for (let place = 0; place < typed.length && units.size < MOST; ) {
    const word = typed[place++];
    let number = (typed[place] ?? "").replace(BEHIND, "");
    if (isSmallNumber(number) && /^\p{L}+$/u.test(word) && !isCommon(word.toLowerCase())) place++;
    else number = "";
    const unit = unitOf(word, number, fields);
    const isNew = unit && !units.has(keyOf(unit));
    row.push(unit ? isNew ? unit : null : partsOf(word).join("") || null);
    if (isNew) units.set(keyOf(unit), unit);
  }
  for (let size = 2; joining && units.size <= MOST_JOINED && size <= JOINED_AT_ONCE; size++) {
    for (let first = 0; first + size <= row.length; first++) {
      // Stop words are joined within a run alone ("learn to sing" is LearnToSing).
      const run = row.slice(first, first + size);
      if (run.includes(null) || typeof run[0] === "string" || typeof run[size - 1] === "string") continue;
      const word = run.map((one) => (typeof one === "object" ? one?.text.replace(" ", "") : one)).join("");
      if (Array.from(word).length > LONGEST_COMPOUND || !/\p{L}/u.test(word)) continue;
      const folded = fold(word).flatMap((form) => alternatives(form).flat());
      for (const one of run) if (typeof one === "object") one?.ways.push([{ typed: [], folded, joined: true }]);
    }
  }
  return [...units.values()];
}

/**
 * What sets units apart.
 * @param {Unit} unit
 */
export const keyOf = ({ ways, fields }) => JSON.stringify([ways, fields]);
