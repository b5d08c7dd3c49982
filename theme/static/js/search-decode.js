// What the bytes of the index's files mean. docs/search-index.md describes the format; the Python
// package broadsheet.search writes it.

import { DERIVED } from "./search-fold.js";
import { Outdated } from "./search-files.js";

export const FIELDS = ["title", "abstract", "tags", "topic", "authors"];

const MOST_SHARED = 90; // characters that a key takes over from the one before

/** @param {string} text */
export function frontDecoded(text) {
  if (text === "") return [];
  let before = "";
  return text.split("\n").map((line) => {
    const shared = line.charCodeAt(0) - 33;
    if (!(shared >= 0 && shared <= MOST_SHARED)) throw new Outdated("a list of the index is damaged");
    before = before.slice(0, shared) + line.slice(1);
    return before;
  });
}

// Reads a shard's bytes: variable-length numbers (LEB128), and raw bytes.
export class Cursor {
  /**
   * @param {Uint8Array} bytes
   * @param {number} at
   */
  constructor(bytes, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  // At most 32 bits.
  number() {
    let value = 0;
    for (let power = 1; power < 2 ** 35; power *= 128) {
      const byte = this.bytes[this.at++];
      value += (byte & 127) * power;
      if (byte < 128) return value;
      if (byte === undefined) break;
    }
    throw new Outdated("a number of the index is damaged");
  }

  /** @param {number} count */
  numbers(count) {
    this.need(count);
    return Array.from({ length: count }, () => this.number());
  }

  /** @param {number} count */
  take(count) {
    this.need(count);
    this.at += count;
    return this.bytes.subarray(this.at - count, this.at);
  }

  // Skips so many variable-length numbers; gives the place of the first.
  /** @param {number} count */
  skip(count) {
    const { at } = this;
    this.need(count);
    for (let left = count; left > 0; this.at++) {
      if (this.at === this.bytes.length) throw new Outdated("a part of the index is cut off");
      if (this.bytes[this.at] < 128) left--;
    }
    return at;
  }

  /**
   * Refuses a count of what takes a byte each, or more, where there are fewer bytes.
   * @param {number} count
   */
  need(count) {
    if (count > this.bytes.length - this.at) throw new Outdated("a part of the index is cut off");
  }

  text() {
    return new TextDecoder().decode(this.take(this.number()));
  }
}

/**
 * A file of topics: the slugs of a generation's topics, and of each paper its topic's place among them
 * from 1, 0 for none.
 * @param {Uint8Array} bytes
 * @param {number} papers
 */
export function topicRuns(bytes, papers) {
  const cursor = new Cursor(bytes);
  const slugs = frontDecoded(cursor.text());
  const count = cursor.number();
  const places = cursor.numbers(count);
  const of = new Uint16Array(papers);
  let start = 0;
  for (const place of places) {
    const end = start + cursor.number();
    of.fill(place, start, end);
    start = end;
  }
  return { slugs, of };
}

/**
 * A shard as a Map from each of its keys to a function that decodes the key's postings.
 * @param {Uint8Array} bytes
 * @param {boolean} hasCodes true for terms, false for facets
 * @param {number} start the generation's first paper
 * @param {number} size how many papers it has
 * @returns {Map<string, () => Postings>}
 */
export function decodeShard(bytes, hasCodes, start, size) {
  const cursor = new Cursor(bytes);
  const kind = cursor.take(1)[0];
  if (kind !== LISTED) return decodeCommon(cursor, kind === WITH_DERIVED, hasCodes, start, size);
  const keys = frontDecoded(cursor.text());
  const counts = cursor.numbers(keys.length);
  const gaps = counts.map((count) => cursor.skip(count));
  const codes = counts.map((count) => cursor.take(hasCodes ? count : 0));
  const escapes = codes.map((own) => decodeEscapes(own, cursor));
  if (cursor.at !== bytes.length) throw new Outdated("a shard of the index is cut off");
  return new Map(
    keys.map((key, i) => [
      key,
      () => {
        const papers = stepped(new Cursor(bytes, gaps[i]), counts[i], start, size);
        return postingsOf({ papers, codes: numbered(codes[i]), escapes: escapes[i] });
      },
    ]),
  );
}

/**
 * The shard of a common key, and of its derived term where that stands behind it.
 * @param {Cursor} cursor behind the shard's first byte
 * @param {boolean} hasDerived
 * @param {boolean} hasCodes
 * @param {number} start
 * @param {number} size
 */
function decodeCommon(cursor, hasDerived, hasCodes, start, size) {
  /** @type {Postings | undefined} */
  let part;
  /** @type {Postings | undefined} */
  let derived;
  const key = cursor.text();
  const own = () => (part ??= decodeAlone(cursor, hasCodes, start, size));
  /** @type {Map<string, () => Postings>} */
  const found = new Map([[key, own]]);
  if (hasDerived) {
    found.set(key + DERIVED, () => {
      own();
      derived ??= decodeDerived(cursor, start, size);
      return derived;
    });
  }
  return found;
}

/**
 * A derived term's postings behind those of a common key.
 * @param {Cursor} cursor
 * @param {number} start
 * @param {number} size
 */
function decodeDerived(cursor, start, size) {
  const count = cursor.number();
  const papers = stepped(cursor, count, start, size);
  const codes = cursor.take(count);
  return postingsOf({ papers, codes: numbered(codes), escapes: decodeEscapes(codes, cursor) });
}

/**
 * Papers, from the steps from one to the next.
 * @param {Cursor} cursor
 * @param {number} count
 * @param {number} start the generation's first paper
 * @param {number} size how many papers it has
 */
function stepped(cursor, count, start, size) {
  cursor.need(count);
  const papers = new Int32Array(count);
  let paper = start;
  for (let i = 0; i < count; i++) papers[i] = paper += cursor.number();
  if (count > 0 && paper >= start + size) throw new Outdated("a shard of the index is damaged");
  return papers;
}

const LISTED = 0; // the first byte of a shard of several keys
const WITH_DERIVED = 2; // ... of a common key with its derived term
const ESCAPE = 255; // in a file: frequencies that fit no code
export const LOW_WEIGHT = 256; // in `codes`: one of the codes of low weight, not known yet
export const ESCAPED = 257; // in `codes`: from here on, places in `escapes`

/**
 * @param {Pick<Postings, "papers" | "codes" | "escapes">} read
 * @returns {Postings}
 */
const postingsOf = (read) => ({ ...read, lowWeight: null, deferred: "", times: [], weights: [] });

/**
 * @param {Uint8Array} codes
 * @param {Cursor} cursor
 */
const decodeEscapes = (codes, cursor) =>
  Array.from(codes.filter((code) => code === ESCAPE), () => cursor.numbers(FIELDS.length));

/** @param {Uint8Array} codes */
function numbered(codes) {
  let next = ESCAPED;
  return Uint32Array.from(codes, (code) => (code === ESCAPE ? next++ : code));
}

/**
 * A common key's postings, from its count on.
 * @param {Cursor} cursor
 * @param {boolean} hasCodes
 * @param {number} start
 * @param {number} size
 */
function decodeAlone(cursor, hasCodes, start, size) {
  const count = cursor.number();
  if (count > size) throw new Outdated("a shard of the index is damaged");
  const papers = new Int32Array(count);
  let next = 0;
  eachBit(cursor, size, (is, i) => {
    if (is) papers[next++] = start + i;
  });
  const part = postingsOf({ papers, codes: new Uint32Array(hasCodes ? count : 0), escapes: [] });
  if (!hasCodes) return part;
  let others = 0;
  eachBit(cursor, count, (is, i) => {
    others += is;
    if (!is) part.codes[i] = LOW_WEIGHT;
  });
  const own = cursor.take(others);
  part.escapes = decodeEscapes(own, cursor);
  next = 0;
  const codes = numbered(own);
  for (let i = 0; i < count; i++) if (part.codes[i] !== LOW_WEIGHT) part.codes[i] = codes[next++];
  const tabled = cursor.number();
  cursor.need(tabled);
  /** @type {[number, number][]} */
  const lowWeight = Array.from({ length: tabled }, () => [cursor.take(1)[0], cursor.number()]);
  part.lowWeight = lowWeight;
  if (cursor.take(1)[0]) return part;
  return resolved(part, lowWeight, lowWeight.length !== 1 ? cursor.take(count - others) : null);
}

/**
 * @param {Cursor} cursor
 * @param {number} count
 * @param {(bit: number, i: number) => void} act
 */
function eachBit(cursor, count, act) {
  const bytes = cursor.take((count + 7) >> 3);
  for (let i = 0; i < count; i++) act((bytes[i >> 3] >> (i & 7)) & 1, i);
}

/**
 * Postings with their codes of low weight filled in.
 * @param {Postings} part
 * @param {[number, number][]} lowWeight
 * @param {Uint8Array | null} codes null where there is only one such code
 */
export function resolved(part, lowWeight, codes) {
  let next = 0;
  part.codes.forEach((code, i) => {
    if (code === LOW_WEIGHT) part.codes[i] = codes ? codes[next++] : lowWeight[0][0];
  });
  part.lowWeight = null;
  return part;
}

/**
 * A card of a file: a paper's address, title, topic, authors and their number, abstract, tags,
 * identifiers.
 * @param {any} cards
 * @param {number} place
 */
export function cardOf(cards, place) {
  const card = cards?.[place];
  const isCard = [3, 6, 7].every((part) => Array.isArray(card?.[part])) && [0, 1, 2, 5].every((part) => typeof card[part] === "string");
  // A card leads to a paper's page here and to nothing else.
  if (!isCard || !/^papers\/[\w.-]+\/$/.test(card[0])) throw new Outdated("a card of the index is damaged");
  return card;
}
