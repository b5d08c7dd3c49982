// How often a term stands in each field of a paper, and what Lunr makes of it.
// plugins/broadsheet/search/index/codes.py and fields.py tell the same in Python.

import { ESCAPED, FIELDS, LOW_WEIGHT } from "./search-decode.js";

/**
 * The term's frequency in title, abstract, tags, topic and authors.
 * @param {number} code
 */
export function timesOf(code) {
  if (code < 128) return [(code >> 3) & 3, code & 7, (code >> 5) & 1, code >> 6, 0];
  if (code < 192) return [(code >> 3) & 3, (code & 7) + 8, 0, (code >> 5) & 1, 0];
  return [0, 0, 0, 0, code - 191];
}

/**
 * A term with its papers and, for each code that they have, its weight in each field by BM25, as
 * lunr.py's builder computes it (see plugins/broadsheet/search/analysis/fields.py).
 * @param {string} term
 * @param {Postings[]} parts
 * @param {{ count: number, k1: number, b: number, fields: Record<string, number> }} settings
 * @returns {Term}
 */
export function weigh(term, parts, { count, k1, b, fields }) {
  let holders = 0; // as Lunr counts them: once for each field that holds the term
  for (const part of parts) {
    const seen = new Uint32Array(ESCAPED + part.escapes.length);
    for (const code of part.codes) seen[code]++;
    for (const [code, papers] of part.lowWeight ?? []) seen[code] = papers;
    part.times = [];
    seen.forEach((papers, code) => {
      if (papers === 0 || code === LOW_WEIGHT) return;
      const times = code < LOW_WEIGHT ? timesOf(code) : part.escapes[code - ESCAPED];
      part.times[code] = times;
      holders += papers * times.filter((often) => often > 0).length;
    });
  }
  const rarity = Math.log(1 + Math.abs((count - holders + 0.5) / (holders + 0.5)));
  for (const part of parts) {
    part.weights = part.times.map((times) =>
      times.map((often, field) =>
        often === 0
          ? 0
          : rounded(((rarity * ((k1 + 1) * often)) / (k1 * (1 - b) + often)) * fields[FIELDS[field]]),
      ),
    );
  }
  return { term, parts, rarity };
}

/**
 * Python's round(number, 3): to the nearest, decided by the number's exact value.
 * @param {number} number
 */
function rounded(number) {
  const thousands = number * 1000;
  const down = Math.floor(thousands);
  if (Math.abs(thousands - down - 0.5) < 1e-6) return Number(number.toFixed(3));
  return Math.round(thousands) / 1000;
}
