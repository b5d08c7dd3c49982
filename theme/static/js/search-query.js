// The query language: Lunr's syntax, phrases in quotes, and filters.
// plugins/broadsheet/search/query/language.py reads the same in Python.

import { FIELDS } from "./search-decode.js";

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

const FORM = /(^|\s)([+-]?)(?:(in|tag|category|author|since|until|on):(\s*))?(?:"([^"]*)"?|(\S+))/giu;

const LONGEST = 4000; // characters of a question; an abstract has half as many

/**
 * The beginning of a text that is read as a question: LONGEST characters, up to a space.
 * @param {string} text
 */
export function clipped(text) {
  const letters = Array.from(text.slice(0, 2 * LONGEST + 2));
  if (letters.length <= LONGEST) return text;
  const whole = letters.slice(0, LONGEST).join("");
  const words = whole.slice(0, Math.max(0, whole.lastIndexOf(" ")));
  return /[^ ]/.test(words) ? words : whole;
}

const SPANS = ["since", "until", "on"];

/**
 * @typedef {[sign: string, form: string, quoted: string | undefined, bare: string | undefined]} Piece
 */

/**
 * A text's words, phrases and filters: sign, the filter's name, quoted value, bare value. "on: Kites", as
 * a title may have it, are two words; "on:kites" is a filter, if a wrong one.
 * @param {string} text
 */
export function piecesOf(text) {
  /** @type {Piece[]} */
  const found = [];
  for (const [, , sign, form = "", space, quoted, bare] of text.matchAll(FORM)) {
    if (space && bare !== undefined && SPANS.includes(form.toLowerCase()) && !spanOf(bare)) {
      found.push([sign, "", undefined, form], ["", "", undefined, bare]);
    } else found.push([sign, form, quoted, bare]);
  }
  return found;
}

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
  for (const [sign, form, quoted, bare = ""] of piecesOf(text)) {
    const value = (quoted ?? bare).trim();
    const name = form.toLowerCase();
    if (name === "") {
      if (quoted === undefined) words.push(plainWord(sign + bare));
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
    else narrowBy(filters, name, value);
  }
  return { lunr: words.join(" "), phrases, filters };
}

/**
 * A word as Lunr's parser takes it. A colon at the end of what isn't a field is dropped as
 * punctuation, as in a pasted title; so is a sign alone, which is a word still being typed.
 * @param {string} word
 */
function plainWord(word) {
  if (/^[+-]+$/.test(word)) return "";
  const end = /^([+-]?)([^:]+):$/.exec(word);
  return end && !FIELDS.includes(end[2].toLowerCase()) ? end[1] + end[2] : word;
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
export const categoryKey = (name) => name.toLowerCase().trim().replace(/\s+/g, " ").replace(/\.\*$/, "");

/** @param {string} name */
export const authorKey = (name) => name.toLowerCase().split(/\s+/).filter(Boolean).join(" ");

/**
 * @param {Filters} filters
 * @param {string} name
 * @param {string} value
 */
function narrowBy(filters, name, value) {
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
