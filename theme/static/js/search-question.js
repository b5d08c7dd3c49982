// A reader's text as a question: an identifier, Lunr's syntax, or plain words.
// plugins/broadsheet/search/query/question.py reads the same in Python.

import { FIELDS } from "./search-decode.js";
import { identifierOf, stripped } from "./search-identifiers.js";
import { piecesOf, readQuery, spanOf } from "./search-query.js";
import { keyOf, unitsOf } from "./search-units.js";

const GREEK =
  "alpha|beta|gamma|delta|epsilon|zeta|eta|theta|iota|kappa|lambda|lamda|mu|nu|xi|omicron|pi|rho|" +
  "sigma|tau|upsilon|phi|chi|psi|omega";
// What looks like Lunr's marks and isn't: an exponent (π^3, x^2), a name with a star (A*).
const POWER = new RegExp(`(?<![\\p{L}\\p{N}_])(?:[\\p{L}\\p{N}]|[0-9]+|${GREEK})\\^[0-9]+`, "giu");
const STARRED = /(?<![\p{L}\p{N}_])\p{L}\*(?![\p{L}\p{N}])/gu;
const FIELD = new RegExp(`^-?(?:${FIELDS.join("|")}):.`, "i");
const MARK = /(?<!\\)(?:\*(?!:$)|(?<=[\p{L}\p{N}_])[~^][0-9]+$)/u; // at a word's end, and not a title's "GS^3:"
const TEX_COMMAND = /\\[A-Za-z]+\s*\{/g;
const ET_AL = /(?<!\S)et\.?\s+al(?:\.|(?![\p{L}\p{N}_]))/giu;
// A reference's key as Google Scholar makes them: surname, year, the title's first word; the short ones have none.
const BIBTEX_KEY = /^ *(?:(?:@|\\cite)[a-z]{0,15}\{)?([a-z\u00c0-\u024f]{2,40})((?:19|20)[0-9]{2})([a-z\u00c0-\u024f]{0,40})[},]* *$/iu;
const ORDINAL = /^([0-9]{1,2})(?:st|nd|rd|th)?$/;
const MONTHS = "january february march april may june july august september october november december".split(" ");
const QUOTED = /"[^"]*"|(?<!\S)(\S*:)?[“„«]([^“”„«»"]*)[“”»]/gu; // a phrase in quotes as a phone or a text has them
const PUNCTUATION = ",.;:?!()[]’'“”";

/**
 * What a text asks for. `years` are those in which the digest has days: such a word is a filter. `days` are
 * its last day and the one before, for "yesterday" and "last week". Throws BadQuery.
 * @param {string} typed
 * @param {Set<number>} years
 * @param {string[]} days
 * @param {(query: string) => Promise<Lunr.Clause[]>} parse reads Lunr's syntax; throws where that is refused
 * @param {boolean} [always] whether words are in Lunr's syntax in any case
 * @returns {Promise<Asking>}
 */
export async function readQuestion(typed, years, days, parse, always = false) {
  const quoted = typed.replace(QUOTED, (whole, form = "", phrase) => (phrase === undefined ? whole : `${form}"${phrase}"`));
  const text = quoted.replace(BIBTEX_KEY, (whole, name, year, word) => (word ? `${name} ${year} ${word}` : whole));
  const cites = text !== quoted || text.search(ET_AL) >= 0; // begins with the first author's surname
  const { lunr, phrases, filters } = readQuery(text);
  /** @type {Asking} */
  const asked = {
    filters, phrases, text: "", whole: "", identifier: null, clauses: null, units: [], required: [], excluded: [], year: null, yearWords: [],
    cites,
  };
  if (always) return { ...asked, clauses: await parse(lunr) };
  const identifier = identifierOf(text);
  if (identifier) return { ...asked, text: text.trim(), identifier };
  const own = piecesOf(text).filter(([, form, quoted]) => form === "" && quoted === undefined);
  if (own.some(([sign, , , bare = ""]) => isLunrs(sign, bare))) {
    try {
      return { ...asked, clauses: await parse(lunr) };
    } catch (problem) {
      // A reader never sees a parser's error: the same words are plain.
      if (/** @type {{ name?: string }} */ (problem).name !== "QueryParseError") throw problem;
    }
  }
  return plainQuestion(text, years, days, asked);
}

/**
 * A text that finds nothing with its words apart: a reference's key of a surname and a year ("lovelace1843") as a
 * reference, and words that "_" joins. Names may look so ("imagenet2012").
 * @param {string} text
 */
export const wordsApart = (text) => text.replace(BIBTEX_KEY, "$1 et al $2").replaceAll("_", " ");

/**
 * Whether a word has a mark of Lunr's own.
 * @param {string} sign
 * @param {string} word
 */
function isLunrs(sign, word) {
  if (sign === "+" && hasAlnum(word)) return true;
  return FIELD.test(word) || MARK.test(word.replace(POWER, "").replace(STARRED, ""));
}

/** @param {string} text */
const hasAlnum = (text) => /[\p{L}\p{N}]/u.test(text);

/**
 * A text as plain words.
 * @param {string} text
 * @param {Set<number>} years
 * @param {string[]} days
 * @param {Asking} asked its filters and phrases
 * @returns {Asking}
 */
function plainQuestion(text, years, days, asked) {
  /** @type {string[]} */
  const words = [];
  /** @type {string[]} */
  const shown = [];
  /** @type {string[]} */
  const excluded = [];
  /** @type {string[]} */
  const authors = [];
  for (const [sign, form, quoted, bare = ""] of piecesOf(text)) {
    if (form.toLowerCase() === "author" && quoted === undefined) authors.push(bare);
    else if (form) continue;
    else if (quoted !== undefined) shown.push(quoted);
    else if (sign === "-" && hasAlnum(bare)) excluded.push(bare);
    else {
      words.push(bare);
      shown.push(bare);
    }
  }
  const kept = withoutTex(words.join(" ")).split(/\s+/);
  const whole = spaced(withoutTex(shown.join(" ")));
  const [year, named] = spanIn(kept, years, days);
  const left = whole.split(" ");
  for (const word of named) for (const all of [kept, left]) if (all.includes(word)) all.splice(all.indexOf(word), 1);
  return {
    ...asked,
    text: left.join(" "),
    whole,
    units: unitsOf(kept, FIELDS, true),
    required: [
      ...unitsOf(authors, ["authors"]),
      ...asked.phrases.flatMap((phrase) => unitsOf(phrase.split(/\s+/))),
    ],
    excluded: unitsOf(excluded),
    year,
    yearWords: named,
  };
}

/** @param {string} text */
const spaced = (text) => text.trim().replace(/\s+/g, " ");

/**
 * A pasted title without TeX's signs, without marks that no word needs, and without the "et al." of a
 * reference.
 * @param {string} text
 */
const withoutTex = (text) => text.replace(ET_AL, " ").replace(TEX_COMMAND, "{").replace(/[${}]/g, "").replaceAll("\\", " ");

/**
 * The year, month, week or day of some years that one word names, and the words for it: a month's name may
 * stand beside a year, and a day beside the month. Where several do, none is meant. Else what is named as
 * seen on the last of some days.
 * @param {string[]} words
 * @param {Set<number>} years
 * @param {string[]} days
 * @returns {[span: string | number | null, words: string[]]}
 */
function spanIn(words, years, days) {
  const bare = words.map((word) => stripped(word, PUNCTUATION, PUNCTUATION).toLowerCase().replaceAll("/", "-"));
  const found = bare.filter((word) => years.has(Number(word.slice(0, 4))) && spanOf(word));
  if (found.length !== 1) return recentIn(words, bare, days);
  const [span] = found;
  const place = bare.indexOf(span);
  if (span.length > 4) return [span.toUpperCase(), [words[place]]];
  if (place > 1) {
    const [first, second] = bare.slice(place - 2);
    let month = monthOf(first);
    let number = ORDINAL.exec(second);
    if (!number && (place === 2 || /\D/.test(first))) [month, number] = [monthOf(second), ORDINAL.exec(first)];
    const day = number?.[1].padStart(2, "0");
    const named = month ? `${span}-${month}-${day}` : first === "week" ? `${span}-W${day}` : "";
    if (spanOf(named)) return [named, words.slice(place - 2, place + 1)];
  }
  for (const beside of [place - 1, place + 1]) {
    const month = monthOf(bare[beside] ?? "");
    if (month) return [`${span}-${month}`, words.slice(Math.min(place, beside)).slice(0, 2)];
  }
  return [Number(span), [words[place]]];
}

/**
 * The number of the month that a word names, whole or in short; "" for none.
 * @param {string} name
 */
function monthOf(name) {
  const place = name.length > 2 ? MONTHS.findIndex((one) => one.startsWith(name)) + 1 : 0;
  return place ? String(place).padStart(2, "0") : "";
}

/**
 * The day, week, month or year that words name as seen on the last of some days, and the words: "today",
 * "yesterday" (the other of them), "this week", "last month".
 * @param {string[]} words
 * @param {string[]} bare
 * @param {string[]} days
 * @returns {[span: string | number | null, words: string[]]}
 */
function recentIn(words, bare, days) {
  for (let i = 0; i < bare.length && days.length; i++) {
    const day = days[days.length - 1 - ["today", "yesterday"].indexOf(bare[i])];
    if (day) return [day, [words[i]]];
    const [, which, length] = /^(this|last) (week|month|year)$/.exec(`${bare[i]} ${bare[i + 1]}`) ?? [];
    if (which) return [recent(days[days.length - 1], Number(which === "last"), length), words.slice(i, i + 2)];
  }
  return [null, []];
}

/**
 * This week, month or year, or the one before.
 * @param {string} today
 * @param {number} before
 * @param {string} length
 */
function recent(today, before, length) {
  const day = new Date(today);
  if (length === "month") {
    if (before) day.setUTCDate(0);
    return day.toISOString().slice(0, 7);
  }
  if (length === "week") day.setUTCDate(day.getUTCDate() - ((day.getUTCDay() + 6) % 7) + 3 - 7 * before); // its Thursday
  const year = day.getUTCFullYear();
  if (length === "year") return year - before;
  return `${year}-W${String(Math.floor((Number(day) - Date.UTC(year, 0)) / 604800000) + 1).padStart(2, "0")}`;
}

/**
 * A question whose year is a word like the others.
 * @param {Asking} asked
 * @returns {Asking}
 */
export const asWord = (asked) => ({
  ...asked, year: null, yearWords: [], units: [...asked.units, ...unitsOf(asked.yearWords)], text: asked.whole,
});

/**
 * A question whose phrases are words like the others.
 * @param {Asking} asked
 * @returns {Asking}
 */
export function withoutPhrases(asked) {
  const units = asked.phrases.flatMap((phrase) => unitsOf(phrase.split(/\s+/)));
  const keys = new Set(units.map(keyOf));
  return {
    ...asked, phrases: [], units: [...units, ...asked.units], required: asked.required.filter((unit) => !keys.has(keyOf(unit))),
  };
}

/**
 * Whether a question has filters, a year or excluded words, which ask for papers by themselves.
 * @param {Asking} asked
 */
export const narrows = ({ filters: { topics, tags, authors, categories, from, to }, year, excluded }) =>
  topics.length + tags.length + authors.length + categories.length + excluded.length > 0 ||
  from !== null || to !== null || year !== null;

/**
 * Whether a question has words, and all are stop words.
 * @param {Asking} asked
 */
export const onlyCommon = ({ text, identifier, clauses, units, required, year }) =>
  text !== "" && identifier === null && clauses === null && units.length + required.length === 0 && year === null;
