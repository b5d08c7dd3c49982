// Words and their terms, as lunr.py makes them for the index. lunr.js stems a few words otherwise
// ("survey" is "survei" in lunr.py, and stays in lunr.js). plugins/broadsheet/search/analysis/words.py does
// the same in Python.

export const WORD = /[^ \t\n\r\f\v\u00a0-]+/g;
export const TRIM = /^[^\p{L}\p{N}_]*([\p{L}\p{N}_]+)[^\p{L}\p{N}_]*$/u;

/**
 * A lower-case word without the punctuation around it; as it is, where punctuation is in it.
 * @param {string} word
 */
export const trimmedWord = (word) => TRIM.exec(word)?.[1] ?? word;

/** @type {Map<string, string>} */
const knownTerms = new Map();

/**
 * The term under which the index holds a word.
 * @param {string} word
 */
export function termOf(word) {
  const lower = word.toLowerCase();
  let term = knownTerms.get(lower);
  if (term === undefined) {
    term = stem(trimmedWord(lower));
    if (knownTerms.size > 50000) knownTerms.clear();
    knownTerms.set(lower, term);
  }
  return term;
}

// Lunr's stop words, which no index holds.
const STOP_WORDS = new Set(
  (
    "a able about across after all almost also am among an and any are as at be because been but by " +
    "can cannot could dear did do does either else ever every for from get got had has have he her " +
    "hers him his how however i if in into is it its just least let like likely may me might most " +
    "must my neither no nor not of off often on only or other our own rather said say says she " +
    "should since so some than that the their them then there these they this tis to too twas us " +
    "wants was we were what when where which while who whom why will with would yet you your"
  ).split(" "),
);

/**
 * Whether a word is one of Lunr's stop words.
 * @param {string} word
 */
export const isStopWord = (word) => STOP_WORDS.has(trimmedWord(word.toLowerCase()));

// ---- Porter's stemmer (1980), as lunr.py implements it -----------------------------------------

/** @type {Record<string, string[][]>} */
const STEP2 = {
  a: [["ational", "ate"], ["tional", "tion"]],
  c: [["enci", "ence"], ["anci", "ance"]],
  e: [["izer", "ize"]],
  l: [["bli", "ble"], ["alli", "al"], ["entli", "ent"], ["eli", "e"], ["ousli", "ous"]],
  o: [["ization", "ize"], ["ation", "ate"], ["ator", "ate"]],
  s: [["alism", "al"], ["iveness", "ive"], ["fulness", "ful"], ["ousness", "ous"]],
  t: [["aliti", "al"], ["iviti", "ive"], ["biliti", "ble"]],
  g: [["logi", "log"]],
};
/** @type {Record<string, string[][]>} */
const STEP3 = {
  e: [["icate", "ic"], ["ative", ""], ["alize", "al"]],
  i: [["iciti", "ic"]],
  l: [["ical", "ic"], ["ful", ""]],
  s: [["ness", ""]],
};
/** @type {Record<string, string[]>} */
const STEP4 = {
  a: ["al"], c: ["ance", "ence"], e: ["er"], i: ["ic"], l: ["able", "ible"],
  n: ["ant", "ement", "ment", "ent"], o: ["ion", "ou"], s: ["ism"], t: ["ate", "iti"],
  u: ["ous"], v: ["ive"], z: ["ize"],
};

/** @param {string} text */
export function stem(text) {
  // Letters beyond UTF-16's first plane count as one, as they do in Python.
  let word = Array.from(text);
  if (word.length < 3) return text;
  let last = word.length - 1; // the index of the word's last letter
  let before = 0; // the index of the last letter before the ending that was found

  /**
   * The letter at a place, counted from the end where the place is negative.
   * @param {number} i
   */
  const at = (i) => word.at(i) ?? "";
  /**
   * @param {number} i
   * @returns {boolean}
   */
  const consonant = (i) => {
    const letter = at(i);
    if ("aeiou".includes(letter)) return false;
    if (letter !== "y") return true;
    return i === 0 ? true : !consonant(i - 1);
  };
  const measure = () => {
    let count = 0;
    let i = 0;
    while (i <= before && consonant(i)) i++;
    for (;;) {
      while (i <= before && !consonant(i)) i++;
      if (i > before) return count;
      count++;
      while (i <= before && consonant(i)) i++;
      if (i > before) return count;
    }
  };
  const hasVowel = () => {
    for (let i = 0; i <= before; i++) if (!consonant(i)) return true;
    return false;
  };
  /** @param {number} i */
  const doubled = (i) => i >= 1 && word[i] === word[i - 1] && consonant(i);
  /** @param {number} i */
  const shortEnd = (i) =>
    i >= 2 && consonant(i) && !consonant(i - 1) && consonant(i - 2) && !"wxy".includes(word[i]);
  /** @param {string} ending */
  const ends = (ending) => {
    const start = last - ending.length + 1;
    if (start < 0) return false;
    for (let i = 0; i < ending.length; i++) if (word[start + i] !== ending[i]) return false;
    before = start - 1;
    return true;
  };
  /** @param {string} ending */
  const become = (ending) => {
    word = word.slice(0, before + 1).concat([...ending], word.slice(before + ending.length + 1));
    last = before + ending.length;
  };
  /**
   * @param {Record<string, string[][]>} table
   * @param {number} i
   */
  const replace = (table, i) => {
    for (const [ending, other] of table[at(i)] ?? []) {
      if (ends(ending)) {
        if (measure() > 0) become(other);
        return;
      }
    }
  };

  if (word[last] === "s") {
    if (ends("sses")) last -= 2;
    else if (ends("ies")) become("i");
    else if (word[last - 1] !== "s") last -= 1;
  }
  if (ends("eed")) {
    if (measure() > 0) last -= 1;
  } else if ((ends("ed") || ends("ing")) && hasVowel()) {
    last = before;
    if (ends("at")) become("ate");
    else if (ends("bl")) become("ble");
    else if (ends("iz")) become("ize");
    else if (doubled(last)) {
      last -= 1;
      if ("lsz".includes(word[last])) last += 1;
    } else if (measure() === 1 && shortEnd(last)) become("e");
  }
  if (ends("y") && hasVowel()) word[last] = "i";
  replace(STEP2, last - 1);
  replace(STEP3, last);
  for (const ending of STEP4[at(last - 1)] ?? []) {
    if (!ends(ending)) continue;
    if (ending === "ion" && !"st".includes(at(before))) continue;
    if (measure() > 1) last = before;
    break;
  }
  before = last;
  if (word[last] === "e") {
    const count = measure();
    if (count > 1 || (count === 1 && !shortEnd(last - 1))) last -= 1;
  }
  if (word[last] === "l" && doubled(last) && measure() > 1) last -= 1;
  return word.slice(0, last + 1).join("");
}

// The terms of stop words, which Lunr's clauses hold.
export const STOP_TERMS = new Set([...STOP_WORDS].map((word) => stem(word)));
