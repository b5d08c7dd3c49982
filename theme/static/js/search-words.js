// The query language, and tokenizing and stemming as lunr.py does for the index. lunr.js stems a few
// words otherwise ("survey" is "survei" in lunr.py, and stays in lunr.js). Pure functions.
// plugins/broadsheet/search/query.py and words.py do the same in Python.
//
//   readQuery(text)           a reader's text in parts: Lunr's query, filters and phrases
//   termOf(word)              the term under which the index holds a word
//   marked(text, terms)       the text in pieces, [piece, matched], by whether a piece is one of the terms
//   bestSentence(text, terms) the sentence with the largest sum of the terms' weights
//   holdsPhrase(text, phrase) whether a text holds a phrase, word by word

const WORD = /[^ \t\n\r\f\v\u00a0-]+/g;
const TRIM = /^[^\p{L}\p{N}_]*([\p{L}\p{N}_]+)[^\p{L}\p{N}_]*$/u;

/** @type {Map<string, string>} */
const remembered = new Map();

/** @param {string} word */
export function termOf(word) {
  const lower = word.toLowerCase();
  let term = remembered.get(lower);
  if (term === undefined) {
    const trimmed = TRIM.exec(lower);
    term = stem(trimmed ? trimmed[1] : lower);
    if (remembered.size > 50000) remembered.clear();
    remembered.set(lower, term);
  }
  return term;
}

const GREEK =
  "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma sigma " +
  "tau upsilon phi chi psi omega";
const NAMES = GREEK.split(" ");

/**
 * The first of a word's terms that `terms` has: its own, or the name of a Greek letter in it.
 * @param {string} word
 * @param {Map<string, number>} terms
 */
function termIn(word, terms) {
  const own = termOf(word);
  if (terms.has(own)) return own;
  for (const [letter] of word.matchAll(/[\u0370-\u03ff\u{1d6a8}-\u{1d7cb}]/gu)) {
    const name = NAMES[letter.normalize("NFKC").toLowerCase().charCodeAt(0) - 945];
    if (name && terms.has(termOf(name))) return termOf(name);
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

/**
 * Words as they are compared in phrases: lower case, without punctuation around them.
 * @param {string} text
 */
export function plainWords(text) {
  return (text.toLowerCase().match(WORD) ?? [])
    .map((word) => TRIM.exec(word)?.[1] ?? word)
    .filter((word) => /[\p{L}\p{N}]/u.test(word));
}

/**
 * @param {string} text
 * @param {string} phrase
 */
export function holdsPhrase(text, phrase) {
  const words = plainWords(phrase);
  return words.length === 0 || ` ${plainWords(text).join(" ")} `.includes(` ${words.join(" ")} `);
}

/**
 * The edit distance between two words (Damerau-Levenshtein, optimal string alignment): letters
 * inserted, deleted, replaced or transposed.
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

// The terms of Lunr's stop words, which no index holds and phrases leave out.
export const STOP_WORDS = new Set(
  (
    "a abl about across after all almost also am among an and ani ar as at be becaus been but by can " +
    "cannot could dear did do doe either els ever everi for from get got had ha have he her him hi how " +
    "howev i if in into is it just least let like may me might most must my neither no nor not of off " +
    "often on onli or other our own rather said sai she should sinc so some than that the their them " +
    "then there these thei thi ti to too twa us want wa we were what when where which while who whom " +
    "why will with would yet you your"
  ).split(" "),
);

// ---- the query language ------------------------------------------------------------------------

// Thrown with a message for the reader.
export class BadQuery extends Error {
  /**
   * @param {string} said
   * @param {Record<string, string>} [values] what stands for %(name)s
   */
  constructor(said, values = {}) {
    super(said.replace(/%\((\w+)\)s/g, (_, name) => values[name]));
    this.said = said; // the page says it in its own language
    this.values = values;
  }
}

const FORM = /(^|\s)([+-]?)(?:(in|tag|category|author|since|until|on):\s*)?(?:"([^"]*)"?|(\S+))/giu;

/**
 * A reader's text in parts, {lunr, phrases, filters}: Lunr's query, the phrases that papers must
 * hold, and the filters.
 * @param {string} text
 */
export function readQuery(text) {
  const words = [];
  const phrases = [];
  /** @type {Filters} */
  const filters = { topics: [], tags: [], authors: [], categories: [], from: null, to: null };
  for (const [, , sign, form, quoted, bare] of text.matchAll(FORM)) {
    const value = (quoted ?? bare).trim();
    const name = form?.toLowerCase();
    if (name === undefined) {
      if (quoted === undefined) words.push(plain(sign + bare));
      else if (value) {
        if (sign === "-") throw new BadQuery("A phrase in quotes can't be excluded with “-”.");
        phrases.push(value);
      }
    } else if (value === "") {
      // Still being typed.
    } else if (sign === "-") {
      throw new BadQuery("“%(name)s:” can't be negated with “-”.", { name: form });
    } else if (name === "in") filters.topics.push(slug(value));
    else if (name === "tag") filters.tags.push(slug(value));
    else if (name === "category") filters.categories.push(value);
    else if (name === "author" && quoted === undefined) words.push(`+authors:${bare}`);
    else if (name === "author") filters.authors.push(value);
    else narrow(filters, name, value);
  }
  return { lunr: words.join(" "), phrases, filters };
}

const KNOWN = new Set(["title", "abstract", "tags", "topic", "authors"]);

/**
 * A word as Lunr's parser takes it. A colon at the end of what isn't a field is dropped as
 * punctuation, as in a pasted title; so is a sign alone, which is a word still being typed.
 * @param {string} word
 */
function plain(word) {
  if (/^[+-]+$/.test(word)) return "";
  const end = /^([+-]?)([^:]+):$/.exec(word);
  return end && !KNOWN.has(end[2].toLowerCase()) ? end[1] + end[2] : word;
}

/**
 * A phrase's words as a query of plain words.
 * @param {string} text
 */
export const escaped = (text) => text.replace(/[\\:~^*+"]/g, " ").replace(/(^|\s)-/g, " ");

/** @param {string} name */
const slug = (name) => name.toLowerCase().replace(/\s+/g, "-");

/**
 * A category as categories are compared; all of an archive (math.*) is the archive's name.
 * @param {string} name
 */
export const categoryKey = (name) => name.toLowerCase().trim().replace(/\.\*$/, "");

/** @param {string} name */
export const authorKey = (name) => name.toLowerCase().split(/\s+/).filter(Boolean).join(" ");

/**
 * @param {Filters} filters
 * @param {string} name
 * @param {string} value
 */
function narrow(filters, name, value) {
  const span = spanOf(value);
  if (!span) {
    throw new BadQuery(
      "“%(name)s:” needs a year, a month, a week or a day: 2025, 2025-06, 2025-W23 or 2025-06-14. Found “%(value)s”.",
      { name, value },
    );
  }
  const [from, to] = span;
  if (name !== "until" && (filters.from === null || from > filters.from)) filters.from = from;
  if (name !== "since" && (filters.to === null || to < filters.to)) filters.to = to;
}

const DAY = 86400000;
/** @param {number} time */
const iso = (time) => new Date(time).toISOString().slice(0, 10);

/**
 * The first and last day of a year, month, ISO 8601 week or day; null for another text.
 * @param {string} text
 */
export function spanOf(text) {
  const parts = /^(\d{4})(?:-(?:W(\d{2})|(\d{2})(?:-(\d{2}))?))?$/i.exec(text);
  if (!parts) return null;
  const [year, week, month, day] = parts.slice(1).map((part) => (part === undefined ? Number.NaN : Number(part)));
  if (!Number.isNaN(week)) {
    const fourth = Date.UTC(year, 0, 4);
    const monday = fourth - ((new Date(fourth).getUTCDay() + 6) % 7) * DAY + (week - 1) * DAY * 7;
    const thursday = new Date(monday + 3 * DAY);
    if (week < 1 || thursday.getUTCFullYear() !== year) return null;
    return [iso(monday), iso(monday + 6 * DAY)];
  }
  if (Number.isNaN(month)) return [`${parts[1]}-01-01`, `${parts[1]}-12-31`];
  if (month < 1 || month > 12) return null;
  const length = new Date(Date.UTC(year, month, 0)).getUTCDate();
  if (Number.isNaN(day)) return [`${text}-01`, `${text}-${length}`];
  return day >= 1 && day <= length ? [text, text] : null;
}

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
